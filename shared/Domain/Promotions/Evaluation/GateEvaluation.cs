using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Evaluation;

/// <summary>The result of one evaluation of a promotion.</summary>
/// <param name="Board">Every gate's verdict, overrides applied.</param>
/// <param name="Expected">What it is expected to sell.</param>
/// <param name="Short">What is short, item by item and region by region.</param>
/// <param name="ShortRegions">Regions whose stock does not cover their demand.</param>
public sealed record Evaluated(
    GateBoard Board,
    ExpectedItems Expected,
    IReadOnlyList<RegionItem> Short,
    IReadOnlyList<RegionId> ShortRegions
);

/// <summary>Judges all gates on one set of facts, side by side.</summary>
public static class GateEvaluation
{
    private const string Catalog = "the catalog",
        Sales = "the forecast from daily sales";

    public static Evaluated Judge(PromotionFacts facts)
    {
        var expected = new ExpectedItems(facts);
        var regions = RegionStock
            .Of(facts, expected)
            .Where(static item => item.ToOrder > Quantity.Zero || item.FromWarehouses > Quantity.Zero)
            .ToList();
        var reports = new ReportIndex(facts);
        Func<GateVerdict>[] gates =
        [
            () => Eligibility(facts, expected),
            () => Window(facts),
            () => Conflicts(facts),
            () => PriceFloor(facts, expected),
            () => Margin(facts, expected),
            () => FundingOf(facts, expected, reports),
            () => Stock(facts, expected),
            () => SupplierCapacity(facts, regions, reports),
            () => FreshnessGate.Judge(new FreshnessInput(facts.Now, facts.Stock)),
            () => Replenishment(facts, regions),
            () => Allocation(facts, regions, reports),
            () => Stores(facts, reports),
            () => Channels(facts, reports),
            () => Approval(facts, expected),
        ];
        var verdicts = new GateVerdict[gates.Length];
        // Side by side: the two that look at every figure take as long as all others together.
        Parallel.For(0, gates.Length, i => verdicts[i] = gates[i]());
        for (var i = 0; i < verdicts.Length; i++)
            verdicts[i] = GateOverride.Apply(
                verdicts[i],
                facts.Overrides.Where(o => o.Gate == verdicts[i].Gate).OrderBy(static o => o.GivenAt).LastOrDefault(),
                facts.Now
            );
        return new Evaluated(
            new GateBoard(facts.Promotion, facts.Terms.Number, facts.Now, verdicts),
            expected,
            [.. regions.Where(static item => item.ToOrder > Quantity.Zero)],
            StockGate.ShortRegions(StockOf(facts, expected))
        );
    }

    private static GateVerdict Eligibility(PromotionFacts facts, ExpectedItems expected) =>
        EligibilityGate.Judge(
            new(
                facts.Now,
                [.. facts.Items.Select((item, i) => new EligibleItem(item.Sku, Standing(facts, item, expected.IsPriced(i))))],
                facts.Now,
                Catalog
            )
        );

    private static ItemStanding Standing(PromotionFacts facts, ItemFact item, bool priced) =>
        facts.Policy.RecalledItems.Contains(item.Sku) ? ItemStanding.Recalled
        : !item.Known ? ItemStanding.Missing
        : !item.Active ? ItemStanding.Inactive
        : facts.Policy.ExcludedItems.Contains(item.Sku)
        || (item.Category is { } category && facts.Policy.ExcludedCategories.Contains(category))
            ? ItemStanding.Excluded
        : priced ? ItemStanding.Active
        : ItemStanding.Unpriced;

    private static GateVerdict Window(PromotionFacts facts) =>
        WindowGate.Judge(
            new(
                facts.Now,
                facts.Terms.Start,
                facts.Terms.End,
                [.. facts.Channels.Select(static c => new ChannelLead(c.Channel, c.LeadTime, c.AnnouncedAt))],
                [.. facts.Policy.Blackouts]
            )
        );

    private static GateVerdict Conflicts(PromotionFacts facts) =>
        ConflictsGate.Judge(new(facts.Now, ScopeOf(facts.Promotion, facts.Terms), [.. facts.Others]));

    /// <summary>Where a promotion applies.</summary>
    public static PromotionScope ScopeOf(PromotionId promotion, PromotionTerms terms) =>
        new(
            promotion,
            [.. terms.Items],
            [.. terms.Request.Channels],
            [.. terms.Request.Regions.Select(static r => r.Region)],
            terms.Start,
            terms.End,
            terms.Request.Stacking switch
            {
                Stacking.Exclusive => StackingRule.Exclusive,
                Stacking.BestOf => StackingRule.BestOf,
                _ => StackingRule.Stackable,
            },
            terms.Request.Priority
        );

    private static GateVerdict PriceFloor(PromotionFacts facts, ExpectedItems expected) =>
        PriceFloorGate.Judge(
            new([
                .. facts
                    .Items.Index()
                    .Where(item => expected.IsPriced(item.Index))
                    .Select(indexed =>
                    {
                        var (i, item) = indexed;
                        var (floor, source) =
                            facts.Policy.Floors.TryGetValue(item.Sku, out var agreed) ? (agreed, "the list of floors")
                            : facts.Policy.FloorPercentOfCost is { } share && item.UnitCost is { } cost
                                ? (cost.Amount * share / 100, "the policy's least share of the cost")
                            : ((decimal?)null, "the policy, without a floor");
                        return new FlooredPrice(
                            item.Sku,
                            expected.Effective[i],
                            floor is { } amount ? new Money(amount, facts.Currency) : null,
                            source
                        );
                    }),
            ])
        );

    private static GateVerdict Margin(PromotionFacts facts, ExpectedItems expected)
    {
        var units = expected.TotalUnits;
        var perUnit = units.Value == 0 ? 0 : Funding.Total(facts.Terms.Request.Funding, units, facts.Currency).Amount / units.Value;
        // An item without a regular price is for the eligibility gate, which nobody can override: a margin on a price of nothing would
        // send people looking for funding.
        var items = facts
            .Items.Index()
            .Where(item => expected.IsPriced(item.Index))
            .Select(item => new MarginItem(
                item.Item.Sku,
                expected.Effective[item.Index],
                item.Item.UnitCost,
                new Money(perUnit, facts.Currency),
                expected.Units[item.Index],
                facts.Policy.MinimumItemMarginPercent
            ));
        return MarginGate.Judge(new(facts.Now, facts.Currency, [.. items], facts.Policy.MinimumMarginPercent, facts.Now, Catalog));
    }

    private static GateVerdict FundingOf(PromotionFacts facts, ExpectedItems expected, ReportIndex reports)
    {
        var total = expected.TotalUnits.Value;
        var terms = new List<FundingTerm>();
        foreach (var agreement in facts.Terms.Request.Funding)
        {
            var said = reports.Find<FundingConfirmed>("funding", agreement.Supplier.Value, agreement.Reference);
            // An agreement is about all items together; each is held to its share of the units.
            for (var i = 0; i < facts.Items.Length; i++)
            {
                if (expected.Units[i] == Quantity.Zero)
                    continue;
                var share = expected.Units[i].Value / total;
                var confirmed = Lower(said?.Said.Units?.Value, agreement.CapUnits?.Value) ?? total;
                terms.Add(
                    new FundingTerm(
                        agreement.Supplier,
                        facts.Items[i].Sku,
                        expected.Units[i],
                        agreement.PerUnit,
                        said?.At,
                        new(decimal.Round(confirmed * share, 3)),
                        agreement.CapMoney is { } cap ? cap * share : null,
                        said is null ? agreement.Reference : said.Version.Source
                    )
                );
            }
        }
        return FundingGate.Judge(new(facts.Now, facts.Terms.Start, [.. terms], facts.Policy.FundingRedBefore));

        static decimal? Lower(decimal? a, decimal? b) => a is { } x && b is { } y ? Math.Min(x, y) : a ?? b;
    }

    private static GateVerdict Stock(PromotionFacts facts, ExpectedItems expected) => StockGate.Judge(StockOf(facts, expected));

    private static StockInput StockOf(PromotionFacts facts, ExpectedItems expected) =>
        new(
            facts.Now,
            facts.Terms.Start,
            facts.Terms.End,
            facts.Stock,
            [
                .. facts.Terms.Request.Regions.Select(
                    (region, r) =>
                        new RegionNeed(
                            region.Region,
                            expected.P90[r],
                            facts.Policy.ShelfTime,
                            facts.Policy.ShortRegion,
                            facts.BasisOf(r),
                            facts.ForecastAt(r)
                        )
                ),
            ],
            [.. facts.Inbound],
            facts.Policy.MinimumCoverPercent
        );

    private static GateVerdict SupplierCapacity(PromotionFacts facts, List<RegionItem> regions, ReportIndex reports)
    {
        var terms =
            from item in regions
            where item.Short > Quantity.Zero && facts.Policy.ShortRegion.Policy == ShortRegionPolicy.Replenish
            group item by item.Item into sku
            let fact = facts.Items[sku.Key]
            let supplier = fact.Supplier ?? new SupplierId("unknown supplier")
            let said = reports.Find<CapacityConfirmed>("capacity", supplier.Value, fact.Sku.Value)
            let ordered = facts.Orders.Where(o => o.Sku == fact.Sku).Select(static o => (DateTimeOffset?)o.ApprovedAt).Min()
            select new CapacityTerm(
                supplier,
                fact.Sku,
                sku.Aggregate(Quantity.Zero, static (sum, item) => sum + item.Short),
                said?.Said.Capacity,
                facts.Policy.SupplierLeadTime,
                facts.Terms.End - facts.Policy.ShelfTime,
                ordered,
                said?.At,
                said?.Version.Source ?? "nobody"
            );
        return SupplierCapacityGate.Judge(new(facts.Now, [.. terms]));
    }

    private static GateVerdict Replenishment(PromotionFacts facts, List<RegionItem> regions)
    {
        var lines =
            from item in regions
            // Where policy handles a short region in another way, nothing is ordered for it.
            where
                item.ToOrder > Quantity.Zero && facts.Policy.ShortRegion is not { Handles: true, Policy: not ShortRegionPolicy.Replenish }
            let region = facts.Terms.Request.Regions[item.Region].Region
            let sku = facts.Items[item.Item].Sku
            let orders = facts.Orders.Where(o => o.Sku == sku && o.Region == region).ToList()
            // What a supplier confirmed of one of these orders is in them; only deliveries under other orders come on top.
            let elsewhere = orders.Count == 0
                ? item.Inbound
                : Quantity.Max(
                    Quantity.Zero,
                    item.Inbound - RegionStock.Delivered(facts, sku, region, [.. orders.Select(static o => o.Number)])
                )
            let ordered = orders.Aggregate(elsewhere, static (sum, order) => sum + order.Units)
            select new ReplenishmentLine(
                sku,
                region,
                item.ToOrder,
                Quantity.Max(ordered, item.Inbound),
                item.Inbound,
                orders.Count > 0 ? orders.Max(static o => o.ApprovedAt) : null,
                "purchase orders"
            );
        return ReplenishmentGate.Judge(new(facts.Now, [.. lines]));
    }

    private static GateVerdict Allocation(PromotionFacts facts, List<RegionItem> regions, ReportIndex reports)
    {
        var announced = facts.Channels.Any(static c => c.AnnouncedAt is not null);
        var lines =
            from item in regions
            where item.FromWarehouses > Quantity.Zero
            let region = facts.Terms.Request.Regions[item.Region].Region
            let sku = facts.Items[item.Item].Sku
            let said = reports.Find<AllocationReported>("allocated", sku.Value, region.Value)
            select new AllocationLine(
                sku,
                region,
                item.FromWarehouses,
                announced ? item.FromWarehouses : Quantity.Zero,
                said?.Said.Allocated ?? Quantity.Zero,
                said?.At,
                said?.Version.Source ?? "the warehouses"
            );
        return AllocationGate.Judge(new(facts.Now, [.. lines]));
    }

    private static GateVerdict Stores(PromotionFacts facts, ReportIndex reports)
    {
        var due = facts.Terms.Start - facts.Policy.StoreTaskLead;
        // Stores that were told late can't be late: they have until the start.
        if (facts.Channels.Select(static c => c.AnnouncedAt).Min() is not { } told || told > due)
            due = facts.Terms.Start;
        var tasks = facts
            .Terms.Request.Regions.SelectMany(static region => region.Stores)
            .SelectMany(store =>
                facts.Policy.StoreTasks.Select(task =>
                {
                    var said = reports.Find<StoreTaskReported>("task", store.Value, task);
                    return new StoreTask(store, task, due, said is { Said.Done: true } ? said.At : null);
                })
            );
        return StoresGate.Judge(new(facts.Now, [.. tasks], facts.Now, "the stores"));
    }

    private static GateVerdict Channels(PromotionFacts facts, ReportIndex reports)
    {
        // A channel that need not say that it is ready is ready when it has taken the announcement.
        var channels = facts.Channels.Select(channel =>
            channel.Needs is { } needs
                ? reports.FindFrom<ChannelReadyReported>(channel.AnswersFrom, "ready", channel.Channel.Value) is { } said
                    ? new ChannelReadiness(
                        channel.Channel,
                        needs,
                        said.Said.Answer,
                        said.At,
                        channel.ReadyMaxAge,
                        said.Version.Source,
                        said.Said.Detail
                    )
                    : new ChannelReadiness(channel.Channel, needs, ChannelAnswer.None, null, channel.ReadyMaxAge, channel.AnswersFrom.Value)
                : new ChannelReadiness(
                    channel.Channel,
                    "received the announcement",
                    channel.AnnouncedAt is null ? ChannelAnswer.None : ChannelAnswer.Ready,
                    channel.AnnouncedAt,
                    TimeSpan.MaxValue,
                    channel.AnswersFrom.Value
                )
        );
        return ChannelsGate.Judge(new(facts.Now, [.. channels]));
    }

    private static GateVerdict Approval(PromotionFacts facts, ExpectedItems expected) =>
        ApprovalGate.Judge(
            new(
                facts.Now,
                facts.RequestedBy,
                facts.Terms.Number,
                expected.Size(),
                facts.Policy.MatrixOf(facts.Currency),
                [.. facts.Approvals],
                facts.Held
            )
        );
}
