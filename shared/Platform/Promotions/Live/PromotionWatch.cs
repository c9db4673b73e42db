using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>Reads a live promotion's sales and prices and evaluates them.</summary>
public sealed class PromotionWatch(
    PromotionStore store,
    PromotionFactsReader reader,
    SalesReader sales,
    StateTables tables,
    MonitorLimits limits,
    ActionPolicy actions
)
{
    private const int ReadsAtOnce = 16;

    public ActionPolicy Policy => actions;

    /// <param name="record">A promotion that is live.</param>
    /// <param name="since">The last look.</param>
    /// <param name="now">This one.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<(AvailabilitySample Sample, IReadOnlyList<Anomaly> Found)> LookAsync(
        PromotionRecord record,
        DateTimeOffset since,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var facts = await reader.ReadAsync(record, cancellationToken);
        var expected = new ExpectedItems(facts);
        var regions = facts.Terms.Request.Regions;
        var places = regions.SelectMany(static r => r.Stores.Concat(r.Warehouses)).ToHashSet();
        var sold = await sales.ReadAsync(
            facts.Terms.Items.ToHashSet(),
            places,
            record.LiveAt ?? since,
            now,
            facts.Currency,
            cancellationToken
        );
        var lately =
            since <= (record.LiveAt ?? since)
                ? sold
                : await sales.ReadAsync(facts.Terms.Items.ToHashSet(), places, since, now, facts.Currency, cancellationToken);
        var paces = regions.Select((region, r) => SalesOf(facts, expected, sold, region, r, record, now)).ToList();
        var found = new List<Anomaly?>();
        for (var r = 0; r < paces.Count; r++)
            found.Add(PaceWatch.Judge(InputOf(facts, expected, paces, r, now), limits));
        found.AddRange(Stock(facts, expected, lately));
        found.AddRange(await PricesAsync(record, now, cancellationToken));
        var ranged = facts.Stock.Figures.Where(static f => f.Ranged).ToList();
        return (
            new AvailabilitySample(now, ranged.Count(static f => f.Available > Quantity.Zero), ranged.Count),
            [.. found.OfType<Anomaly>()]
        );
    }

    private static RegionSales SalesOf(
        PromotionFacts facts,
        ExpectedItems expected,
        SpanSales sold,
        PromotionRegion region,
        int r,
        PromotionRecord record,
        DateTimeOffset now
    )
    {
        var places = region.Stores.Concat(region.Warehouses).ToHashSet();
        var (planned, price, margin, known) = (0m, 0m, 0m, true);
        for (var i = 0; i < facts.Items.Length; i++)
        {
            var units = expected.UnitsIn(r, i);
            planned += units;
            price += expected.Effective[i].Amount * units;
            if (facts.Items[i].UnitCost is { } cost && cost.Currency == facts.Currency)
                margin += (expected.Effective[i] - cost).Amount * units;
            else
                known = false;
        }
        return new RegionSales(
            region.Region,
            now,
            new UtcWindow(record.LiveAt ?? record.Start, record.End),
            new(sold.Cells.Where(c => places.Contains(c.Location)).Sum(static c => c.Units.Value)),
            new(planned),
            new(StockOf(facts, places)),
            new Money(planned == 0 ? 0 : price / planned, facts.Currency),
            known && planned > 0 ? new Money(margin / planned, facts.Currency) : null
        );
    }

    private static decimal StockOf(PromotionFacts facts, HashSet<LocationId> places)
    {
        var sum = 0m;
        for (var i = 0; i < facts.Items.Length; i++)
        {
            var figures = facts.Stock.Of(i);
            for (var l = 0; l < figures.Length; l++)
                if (places.Contains(facts.Stock.Locations[l].Location))
                    sum += Math.Max(0, figures[l].Available.Value);
        }
        return sum;
    }

    private PaceInput InputOf(PromotionFacts facts, ExpectedItems expected, List<RegionSales> paces, int r, DateTimeOffset now)
    {
        var donors = paces
            .Index()
            .Where(p => p.Index != r)
            .Select(p => new StockDonor(
                p.Item.Region,
                null,
                p.Item.Stock,
                SellThrough.Of(p.Item) is var pace ? new(Math.Max(0, pace.Forecast.Value - pace.Sold.Value)) : Quantity.Zero
            ));
        return new PaceInput(
            paces[r],
            facts.Channels.FirstOrDefault(c => facts.Terms.Request.Channels.Contains(c.Channel))?.Channel,
            DiscountRoom(facts, expected)
        )
        {
            Donors = [.. donors],
        };
    }

    // How far every item is above the least margin, in points of its regular price.
    private static decimal DiscountRoom(PromotionFacts facts, ExpectedItems expected)
    {
        var room = decimal.MaxValue;
        for (var i = 0; i < facts.Items.Length; i++)
        {
            if (facts.Items[i].UnitCost is not { } cost || cost.Currency != facts.Currency || expected.Regular[i].Amount <= 0)
                return 0;
            var floor = cost.Amount / (1 - Math.Clamp(facts.Policy.MinimumMarginPercent, 0, 99) / 100);
            room = Math.Min(room, (expected.Effective[i].Amount - floor) / expected.Regular[i].Amount * 100);
        }
        return Math.Max(0, decimal.Floor(room));
    }

    private IEnumerable<Anomaly?> Stock(PromotionFacts facts, ExpectedItems expected, SpanSales lately)
    {
        var cells = lately.Cells.ToDictionary(static c => (c.Sku, c.Location), static c => c.Units);
        for (var i = 0; i < facts.Items.Length; i++)
        for (var l = 0; l < facts.Stock.Locations.Length; l++)
            if (
                facts.Stock.Figures[i * facts.Stock.Locations.Length + l] is { Ranged: true } figure
                && cells.TryGetValue((facts.Items[i].Sku, facts.Stock.Locations[l].Location), out var units)
            )
                yield return StockWatch.Judge(
                    new StockCheck(
                        facts.Items[i].Sku,
                        facts.Stock.Locations[l].Location,
                        figure.Available,
                        null,
                        units,
                        expected.Effective[i]
                    ),
                    limits
                );
    }

    private async Task<List<Anomaly?>> PricesAsync(PromotionRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (record.Plan == 0 || record.LiveAt is not { } told)
            return [];
        var plan = await store.PlanAsync(record.Id, record.Plan, cancellationToken);
        var prices = plan.Channels.SelectMany(static c => c.Prices.Select(p => (c.Channel, Price: p))).ToLookup(static p => p.Price.Sku);
        var found = new List<Anomaly?>();
        await Parallel.ForEachAsync(
            prices,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (item, cancellation) =>
            {
                await foreach (
                    var row in tables.Catalog.QueryAsync<TableEntity>(
                        RowKeys.Under(tables.PartitionOf(item.Key), "shown", item.Key.Value),
                        cancellationToken: cancellation
                    )
                )
                {
                    var fact = CatalogForms.ObservedPrice.Read(row);
                    var (channel, region) = (fact.Said.SalesChannel, fact.Said.Region is { } name ? new RegionId(name) : (RegionId?)null);
                    var lines = item.Where(p => p.Channel == channel).Select(static p => p.Price).ToList();
                    if ((lines.Find(p => p.Region == region) ?? lines.Find(static p => p.Region is null)) is not { } line)
                        continue;
                    var judged = PriceWatch.Judge(
                        new PriceSighting(
                            item.Key,
                            channel,
                            region,
                            line.Price,
                            new Money(fact.Said.Price, fact.Said.Currency),
                            fact.At,
                            told,
                            now
                        ),
                        limits
                    );
                    lock (found)
                        found.Add(judged);
                }
            }
        );
        return found;
    }
}
