using System.Collections.Concurrent;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions;

/// <summary>Reads the facts of a promotion's gates.</summary>
public sealed class PromotionFactsReader(
    StateTables tables,
    PromotionStore store,
    PromotionRows rows,
    OpenPromotions open,
    OutboundChannels channels,
    PromotionPolicy policy,
    InventoryReader inventory,
    TimeProvider time,
    ForecastReader? forecasts = null
)
{
    private const int ReadsAtOnce = 32,
        BaselineDays = 28;

    private sealed record Supply(ItemFact Item, List<PlacedStock> Positions, List<SupplierConfirmed> Inbound);

    // Yesterday's sales don't change today, and reading a month of ledger for every look would cost more than all the rest.
    private readonly ConcurrentDictionary<(PromotionId, int), (DateOnly Day, SalesBaseline[] Baselines)> baselines = new();

    public async Task<PromotionFacts> ReadAsync(PromotionRecord record, CancellationToken cancellationToken) =>
        await ReadAsync(record, await store.TermsAsync(record.Id, record.Terms, cancellationToken), cancellationToken);

    /// <param name="record">The promotion.</param>
    /// <param name="terms">Its own, or others that are only looked at.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<PromotionFacts> ReadAsync(PromotionRecord record, PromotionTerms terms, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var reports = ReportsAsync(record.Id, cancellationToken);
        var inputs = rows.ListAsync(record.Id, PromotionInput.Kind, PromotionRowsJson.Default.PromotionInput, cancellationToken);
        var others = open.OthersAsync(record.Id, record.Terms, cancellationToken);
        var sales = BaselinesAsync(record, terms, now, cancellationToken);
        var supplies = new Supply[terms.Items.Count];
        await Parallel.ForAsync(
            0,
            supplies.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) => supplies[i] = await SupplyAsync(terms.Items[i], cancellation)
        );
        var given = await inputs;
        var announced = given
            .Select(static i => i.Announced)
            .OfType<Announcement>()
            .Where(a => a.Terms == terms.Number)
            .ToDictionary(static a => a.Channel, static a => a.TakenAt);
        return new PromotionFacts
        {
            Promotion = record.Id,
            RequestedBy = record.RequestedBy,
            Terms = terms,
            Policy = policy,
            Now = now,
            Channels =
            [
                .. channels
                    .For(terms.Request.Channels)
                    .Select(c => new ChannelFact(
                        c.Id,
                        c.AnswersFrom,
                        c.LeadTime,
                        c.AsksReadiness ? c.Needs : null,
                        c.ReadyMaxAge,
                        announced.TryGetValue(c.Id, out var at) ? at : null
                    )),
            ],
            Items = [.. supplies.Select(static s => s.Item)],
            Stock = GridOf(terms, supplies),
            Baselines = await ForecastAsync(record, terms, await sales, now, cancellationToken),
            Inbound = [.. supplies.SelectMany(s => InboundOf(terms, s))],
            Orders = [.. given.Select(static i => i.Order).OfType<ReplenishmentOrder>()],
            Approvals = [.. given.Select(static i => i.Approval).OfType<GivenApproval>()],
            Overrides = [.. given.Select(static i => i.Override).OfType<GateOverride>()],
            Reports = await reports,
            Others = await others,
        };
    }

    /// <summary>The reports of all systems about the promotion.</summary>
    public async Task<List<Fact<PromotionReport>>> ReportsAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var reports = new List<Fact<PromotionReport>>();
        await foreach (
            var row in tables.PromotionReports.QueryAsync<TableEntity>(
                RowKeys.Under(tables.PartitionOf(promotion), promotion.Value),
                cancellationToken: cancellationToken
            )
        )
            reports.Add(ReportForms.Form.Read(row));
        return reports;
    }

    private async Task<Supply> SupplyAsync(Sku sku, CancellationToken cancellationToken)
    {
        var partition = tables.PartitionOf(sku);
        // Side by side: a promotion of few items would wait for four answers one after the other.
        var asked = tables.Catalog.GetEntityIfExistsAsync<TableEntity>(
            partition,
            CatalogForms.ProductKey(sku),
            cancellationToken: cancellationToken
        );
        var (priced, confirmed) = (
            ListAsync(tables.Catalog, partition, "price", sku, CatalogForms.Price, cancellationToken),
            ListAsync(tables.Catalog, partition, "inbound", sku, CatalogForms.Confirmation, cancellationToken)
        );
        var positions = await PositionsAsync(partition, sku, cancellationToken);
        var (product, prices, inbound) = (await asked, await priced, await confirmed);
        var said = product.HasValue ? CatalogForms.Product.Read(product.Value!).Said : null;
        var item = new ItemFact(
            sku,
            said is not null,
            said?.Active ?? false,
            said?.Category,
            said?.Supplier is { } supplier ? new SupplierId(supplier) : null,
            said is { UnitCost: { } cost, Currency: { } currency } ? new Money(cost, currency) : null,
            [
                .. prices.Select(static p => new RegularPrice(
                    Named(p.Said.SalesChannel, static name => new SalesChannelId(name)),
                    Named(p.Said.Region, static name => new RegionId(name)),
                    new Money(p.Said.Price, p.Said.Currency),
                    p.At
                )),
            ]
        );
        return new Supply(item, positions, [.. inbound.Select(static f => f.Said)]);
    }

    // Of a thousand rows a page four columns, not thirteen: most of the time of a large promotion's look goes into their JSON.
    private async Task<List<PlacedStock>> PositionsAsync(string partition, Sku sku, CancellationToken cancellationToken)
    {
        var found = new List<PlacedStock>();
        await foreach (
            var row in tables.Stock.QueryAsync<TableEntity>(
                RowKeys.Under(partition, "position", sku.Value),
                select: PlacedStock.Columns,
                cancellationToken: cancellationToken
            )
        )
            if (PlacedStock.Read(row) is { } placed)
                found.Add(placed);
        return found;
    }

    private static T? Named<T>(string? name, Func<string, T> id)
        where T : struct => name is null ? null : id(name);

    private static async Task<List<T>> ListAsync<T>(
        TableClient table,
        string partition,
        string kind,
        Sku sku,
        RowForm<T> form,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var found = new List<T>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(RowKeys.Under(partition, kind, sku.Value), cancellationToken: cancellationToken)
        )
            found.Add(form.Read(row));
        return found;
    }

    private StockGrid GridOf(PromotionTerms terms, Supply[] supplies)
    {
        StockLocation[] places =
        [
            .. terms.Request.Regions.SelectMany(region =>
                region
                    .Stores.Concat(region.Warehouses)
                    .Distinct()
                    .Select(place => new StockLocation(place, region.Region, policy.StockMaxAge, "stock counts"))
            ),
        ];
        var byPlace = places
            .Index()
            .GroupBy(static p => p.Item.Location)
            .ToDictionary(static g => g.Key, static g => g.Select(static p => p.Index).ToArray());
        var figures = new StockFigure[supplies.Length * places.Length];
        for (var i = 0; i < supplies.Length; i++)
        {
            var row = figures.AsSpan(i * places.Length, places.Length);
            row.Fill(new StockFigure(Quantity.Zero, null, Ranged: false));
            var ranged = false;
            foreach (var position in supplies[i].Positions)
                if (byPlace.TryGetValue(position.Location, out var indexes))
                    foreach (var index in indexes)
                        (row[index], ranged) = (new StockFigure(position.Available, position.AsOf), true);
            // An item without any count has unknown stock; it is not unranged.
            if (!ranged && places.Length > 0)
                row[0] = new StockFigure(Quantity.Zero, null);
        }
        return new StockGrid([.. terms.Items], places, figures);
    }

    private static IEnumerable<Inbound> InboundOf(PromotionTerms terms, Supply supply) =>
        from said in supply.Inbound
        // Goods for a warehouse of two regions arrive once: they are counted for the first that names it.
        let region = terms.Request.Regions.FirstOrDefault(r => r.Warehouses.Contains(said.Location) || r.Stores.Contains(said.Location))
        where region is not null
        select new Inbound(supply.Item.Sku, region.Region, said.Quantity, said.DueAt, Confirmed: true, said.PurchaseOrder);

    // Where the forecast in force is fresh and knows the item there; once it runs, what was usual before it is what it is measured by.
    private async Task<SalesBaseline[]> ForecastAsync(
        PromotionRecord record,
        PromotionTerms terms,
        SalesBaseline[] means,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (
            record.State >= PromotionState.Live
            || forecasts is null
            || await InForceAsync(forecasts, cancellationToken) is not { } known
            || known.Age > policy.ForecastMaxAge
        )
            return means;
        var (items, regions, found) = (terms.Items, terms.Request.Regions, means.ToArray());
        var (first, last) = (DateOnly.FromDateTime(terms.Start.UtcDateTime), DateOnly.FromDateTime(terms.End.AddTicks(-1).UtcDateTime));
        for (var r = 0; r < regions.Count; r++)
        {
            var places = regions[r].Stores.Concat(regions[r].Warehouses).Distinct().ToArray();
            for (var i = 0; i < items.Count; i++)
            {
                var there = places
                    .Select(place => known.Series.GetValueOrDefault(new SeriesKey(items[i], place)))
                    .OfType<SeriesForecast>()
                    .ToList();
                if (
                    ForecastBaseline.Of(
                        there,
                        first,
                        last,
                        record.State is PromotionState.Scheduled or PromotionState.Preparing,
                        now - known.Age
                    ) is
                    { } forecast
                )
                    found[r * items.Count + i] = forecast;
            }
        }
        return found;
    }

    private static async Task<ForecastInForce?> InForceAsync(ForecastReader forecasts, CancellationToken cancellationToken)
    {
        try
        {
            return await forecasts.ReadAsync(cancellationToken);
        }
        catch (HistoryFileException)
        {
            // A damaged forecast is none: a gate can still be judged.
            return null;
        }
    }

    private async Task<SalesBaseline[]> BaselinesAsync(
        PromotionRecord record,
        PromotionTerms terms,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Up to its start: a baseline of days on which the promotion ran would call its own success normal.
        var day = DateOnly.FromDateTime((now < terms.Start ? now : terms.Start).UtcDateTime);
        if (baselines.TryGetValue((record.Id, terms.Number), out var known) && known.Day == day)
            return known.Baselines;
        var (items, regions) = (terms.Items, terms.Request.Regions);
        var found = new SalesBaseline[regions.Count * items.Count];
        await Parallel.ForAsync(
            0,
            items.Count,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) =>
            {
                var sales = await inventory.SalesAsync(items[i], day.AddDays(-BaselineDays), day.AddDays(-1), cancellation);
                for (var r = 0; r < regions.Count; r++)
                {
                    var places = regions[r].Stores.Concat(regions[r].Warehouses).ToHashSet();
                    var days = sales
                        .Where(s => places.Contains(s.Location))
                        .SelectMany(static s => s.Days)
                        .GroupBy(static d => d.Day)
                        .Select(static day => day.Sum(static d => d.Sold.Value - d.Cancelled.Value));
                    found[r * items.Count + i] = SalesBaseline.Of(days, BaselineDays);
                }
            }
        );
        if (baselines.Count >= 2_000)
            baselines.Clear();
        baselines[(record.Id, terms.Number)] = (day, found);
        return found;
    }
}
