using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Promotions.Settlement;

/// <summary>Reads the input of a promotion's settlement.</summary>
public sealed class SettlementReader(
    PromotionStore store,
    PromotionFactsReader reader,
    PromotionMonitor monitor,
    SalesReader sales,
    InventoryReader inventory,
    CatalogReader catalog,
    BudgetLedger budget,
    ExceptionLog exceptions,
    TimeProvider time
)
{
    // Neighbours show which way a category went; the thousandth of them shows nothing more.
    private const int MostNeighbours = 300,
        BaselineDays = 28;

    public async Task<SettlementInput> ReadAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var facts = await reader.ReadAsync(record, cancellationToken);
        var request = facts.Terms.Request;
        var actual = new UtcWindow(record.LiveAt ?? record.Start, record.RestoredAt ?? record.EndedAt ?? time.GetUtcNow());
        var places = PlacesOf(request);
        var sold = await sales.ReadAsync(
            facts.Terms.Items.ToHashSet(),
            places.Keys,
            actual.Start,
            actual.End,
            facts.Currency,
            cancellationToken,
            ReturnsUntil(actual)
        );
        var plan = await store.PlanAsync(record.Id, record.Plan, cancellationToken);
        var account = (await budget.StateAsync(record.Id, cancellationToken))?.Account;
        var daily = facts.Baselines.Sum(static b => b.Mean);
        return new SettlementInput
        {
            Promotion = record.Id,
            Name = record.Name,
            Currency = facts.Currency,
            Planned = new UtcWindow(facts.Terms.Start, facts.Terms.End),
            Actual = actual,
            SettledAt = time.GetUtcNow(),
            Sales = SalesOf(facts, plan, sold, places, actual),
            Funding = request.Funding,
            Paid =
            [
                .. facts
                    .Reports.Select(static r => r.Said)
                    .OfType<ClaimPaid>()
                    .Where(p => p.Currency == facts.Currency)
                    .Select(static p => new PaidClaim(p.Supplier, p.Reference, new Money(p.Amount, p.Currency))),
            ],
            Neighbours = await NeighboursAsync(facts, places.Keys, actual, cancellationToken),
            Samples = await monitor.SamplesAsync(record.Id, cancellationToken),
            Days =
            [
                .. sold.Days.Select(day => new SettledDay(day.Day, day.Units, new(decimal.Round(daily * ShareOf(day.Day, actual), 3)))),
            ],
            Budget = request.Budget is { } bounds && account is not null ? new BudgetUse(bounds, account.Redemptions, account.Given) : null,
            Customers = sold.Customers,
            Timeline = record.Timeline,
            Exceptions =
            [
                .. (await exceptions.AboutAsync(PromotionStore.SubjectOf(record.Id), cancellationToken)).Select(
                    static e => new SettledException(e.FirstSeenAt, e.Type, e.Subject, e.Failure, e.ResolvedAt)
                ),
            ],
        };
    }

    private DateTimeOffset ReturnsUntil(UtcWindow actual) =>
        time.GetUtcNow() is var now && now < actual.End + SettlementCorrections.For ? now : actual.End + SettlementCorrections.For;

    // A place of two regions sells once: it is counted for the first that names it.
    private static Dictionary<LocationId, int> PlacesOf(PromotionRequest request)
    {
        var places = new Dictionary<LocationId, int>();
        foreach (var (r, region) in request.Regions.Index())
        foreach (var place in region.Stores.Concat(region.Warehouses))
            places.TryAdd(place, r);
        return places;
    }

    private static List<SettledSales> SalesOf(
        PromotionFacts facts,
        LaunchPlan plan,
        SpanSales sold,
        Dictionary<LocationId, int> places,
        UtcWindow actual
    )
    {
        var (regions, expected) = (facts.Terms.Request.Regions, new ExpectedItems(facts));
        var cells = sold.Cells.ToLookup(cell => (cell.Sku, Region: places[cell.Location]));
        var prices = plan
            .Channels.Where(c => facts.Terms.Request.Channels.Contains(c.Channel))
            .SelectMany(static c => c.Prices)
            .ToLookup(static p => p.Sku);
        var (days, share) = (
            (decimal)actual.Length.TotalDays,
            facts.Window > TimeSpan.Zero ? Math.Min(1, (decimal)(actual.Length / facts.Window)) : 1
        );
        var settled = new List<SettledSales>(facts.Items.Length * regions.Count);
        for (var i = 0; i < facts.Items.Length; i++)
        for (var r = 0; r < regions.Count; r++)
        {
            var (item, zero) = (facts.Items[i], Money.Zero(facts.Currency));
            var own = cells[(item.Sku, r)].ToList();
            var regular =
                (
                    prices[item.Sku].FirstOrDefault(p => p.Region == regions[r].Region)
                    ?? prices[item.Sku].FirstOrDefault(static p => p.Region is null)
                )?.Prior
                ?? expected.Regular[i];
            settled.Add(
                new SettledSales
                {
                    Sku = item.Sku,
                    Region = regions[r].Region,
                    Units = new(own.Sum(static c => c.Units.Value)),
                    Revenue = own.Aggregate(zero, static (sum, c) => sum + c.Net),
                    Returned = new(own.Sum(static c => c.Returned.Value)),
                    Refunded = own.Aggregate(zero, static (sum, c) => sum + c.ReturnedNet),
                    Baseline = new(decimal.Round(facts.Baselines[r * facts.Items.Length + i].Mean * days, 3)),
                    Planned = new(decimal.Round(expected.UnitsIn(r, i) * share, 3)),
                    Regular = regular,
                    UnitCost = item.UnitCost is { } cost && cost.Currency == facts.Currency ? cost : null,
                }
            );
        }
        return settled;
    }

    private async Task<List<NeighbourSales>> NeighboursAsync(
        PromotionFacts facts,
        IReadOnlyCollection<LocationId> places,
        UtcWindow actual,
        CancellationToken cancellationToken
    )
    {
        var categories = facts.Items.Select(static i => i.Category).OfType<string>().ToHashSet(StringComparer.Ordinal);
        if (categories.Count == 0)
            return [];
        var own = facts.Terms.Items.ToHashSet();
        var beside = (await catalog.InCategoriesAsync(categories, cancellationToken))
            .Where(p => !own.Contains(p.Sku))
            .OrderBy(static p => p.Sku.Value, StringComparer.Ordinal)
            .Take(MostNeighbours)
            .ToList();
        var sold = (
            await sales.ReadAsync(beside.ConvertAll(static p => p.Sku), places, actual.Start, actual.End, facts.Currency, cancellationToken)
        ).Cells.ToLookup(static c => c.Sku);
        var last = DateOnly.FromDateTime(actual.Start.UtcDateTime).AddDays(-1);
        var found = new List<NeighbourSales>();
        foreach (var product in beside)
        {
            var before = await inventory.SalesAsync(product.Sku, last.AddDays(1 - BaselineDays), last, cancellationToken);
            var mean =
                before
                    .Where(s => places.Contains(s.Location))
                    .SelectMany(static s => s.Days)
                    .Sum(static d => d.Sold.Value - d.Cancelled.Value) / BaselineDays;
            var (units, money) = (sold[product.Sku].Sum(static c => c.Units.Value), sold[product.Sku].Sum(static c => c.Net.Amount));
            // The margin per sold unit is applied to the unsold ones.
            var margin =
                units > 0 && product is { UnitCost: { } cost, Currency: { } currency } && currency == facts.Currency
                    ? new Money(money / units - cost, facts.Currency)
                    : (Money?)null;
            found.Add(
                new NeighbourSales(
                    product.Sku,
                    product.Category!,
                    new(units),
                    new(decimal.Round(Math.Max(0, mean) * (decimal)actual.Length.TotalDays, 3)),
                    margin
                )
            );
        }
        return found;
    }

    private static decimal ShareOf(DateOnly day, UtcWindow window)
    {
        var (start, end) = (
            new DateTimeOffset(day, TimeOnly.MinValue, TimeSpan.Zero),
            new DateTimeOffset(day.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero)
        );
        var (from, to) = (start > window.Start ? start : window.Start, end < window.End ? end : window.End);
        return to > from ? (decimal)(to - from).TotalDays : 0;
    }
}
