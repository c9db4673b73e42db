using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Suppliers;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>Gathers the data that recommendations need beside the forecast.</summary>
public sealed class AdviceReader(StateTables tables, HistoryFiles files, ForecastReports reports, AdviceTerms settings, TimeProvider time)
{
    private const int MostNewItems = 1_000;

    /// <param name="history">The history.</param>
    /// <param name="result">What is forecast.</param>
    /// <param name="day">Its first day.</param>
    /// <param name="inForce">The forecast before it, which sales are compared with; null if none.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public async Task<AdviceInput> ReadAsync(
        SalesHistory history,
        ForecastResult result,
        DateOnly day,
        ForecastPointer? inForce,
        CancellationToken cancellationToken
    )
    {
        var (trade, now) = (await TradeReader.ReadAsync(tables, cancellationToken), time.GetUtcNow());
        return new AdviceInput
        {
            History = history,
            Forecast = result,
            Today = day,
            Routes = settings.Routes,
            Budget = settings.Budget,
            Campaigns = settings.Campaigns,
            Settings = settings.Bounds,
            Series = [.. history.Series.Select(s => SituationOf(trade, s.Key, now))],
            OpenOrders = OpenOrders(trade),
            // Only the last promised date is kept: a supplier that moves a date in time is rated by the new one.
            Confirmations =
            [
                .. trade
                    .Confirmations.Where(static c => c.Said.Quantity > Quantity.Zero)
                    .GroupBy(static c => (c.Said.PurchaseOrder, c.Said.Sku, c.Said.Supplier))
                    .Select(static g => new Confirmation(
                        g.Key.PurchaseOrder,
                        g.Key.Sku,
                        g.Key.Supplier,
                        g.Min(static c => Day(c.At)),
                        g.Max(static c => Day(c.Said.DueAt)),
                        g.Aggregate(Quantity.Zero, static (sum, c) => sum + c.Said.Quantity)
                    )),
            ],
            Receipts = [.. trade.Receipts.Select(static r => new Receipt(r.Said.Document!, r.Said.Sku, Day(r.At), r.Said.Quantity))],
            Offers = Offers(trade, await files.OffersAsync(cancellationToken), day),
            NewItems = NewItems(trade, history, day),
            Earlier = inForce is not null && inForce.Day < day ? await EarlierAsync(inForce, cancellationToken) : [],
        };
    }

    private SeriesSituation SituationOf(Trade trade, SeriesKey key, DateTimeOffset now)
    {
        var (position, product) = (trade.Positions.GetValueOrDefault(key), trade.Products.GetValueOrDefault(key.Sku));
        Money? cost = product is { UnitCost: { } unit, Currency: { } currency } ? new Money(unit, currency) : null;
        return new SeriesSituation
        {
            // Movements without a count give no stock, because the starting stock is unknown.
            Stock = position is { IsCounted: true } ? new StockSituation(position.AvailableToPromise, []) : null,
            StockAge = position is { Level: not null, AsOf: { } asOf }
                ? (now - asOf is var age && age > TimeSpan.Zero ? age : TimeSpan.Zero)
                : null,
            UnitCost = cost,
            Price = trade.Prices.TryGetValue(key.Sku, out var price) ? price : null,
            Terms = product is { Active: true } ? settings.TermsOf(product.Supplier, cost) : null,
        };
    }

    private static List<OpenOrder> OpenOrders(Trade trade)
    {
        var came = trade.Receipts.ToLookup(static r => (r.Said.Document, r.Said.Sku, r.Said.Location), static r => r.Said.Quantity);
        return
        [
            .. from c in trade.Confirmations
            let open = c.Said.Quantity
                - came[(c.Said.PurchaseOrder, c.Said.Sku, c.Said.Location)].Aggregate(Quantity.Zero, static (sum, q) => sum + q)
            where open > Quantity.Zero
            select new OpenOrder(c.Said.PurchaseOrder, c.Said.Sku, c.Said.Location, c.Said.Supplier, open, Day(c.Said.DueAt)),
        ];
    }

    // No system reports stock reserved for a promotion; the promotion's allocation gate checks it.
    private static List<PlannedOffer> Offers(Trade trade, IEnumerable<OfferLine> lines, DateOnly today) =>
        [
            .. lines
                .Where(l => l.Last >= today)
                .GroupBy(static l => (l.Promotion, l.Sku))
                .Select(g =>
                {
                    decimal? percent =
                        g.First().Price is { } price && trade.Prices.TryGetValue(g.Key.Sku, out var regular) && regular.Amount > 0
                            ? Math.Clamp((regular.Amount - price) / regular.Amount * 100, 0, 100)
                            : null;
                    return new PlannedOffer(
                        g.Key.Promotion,
                        g.Key.Sku,
                        [.. g.Select(static l => l.Location).Distinct()],
                        g.Min(static l => l.First),
                        g.Max(static l => l.Last),
                        percent,
                        null,
                        new Quantity(1)
                    );
                }),
        ];

    // Counted somewhere and sold nowhere yet.
    private static List<NewItem> NewItems(Trade trade, SalesHistory history, DateOnly today)
    {
        var sold = history.Series.Select(static s => s.Key.Sku).ToHashSet();
        return
        [
            .. trade
                .Positions.Values.Where(p =>
                    p.IsCounted
                    && p.AvailableToPromise > Quantity.Zero
                    && !sold.Contains(p.Sku)
                    && trade.Products.GetValueOrDefault(p.Sku) is { Active: true }
                    && trade.Prices.TryGetValue(p.Sku, out var price)
                    && price.Amount > 0
                )
                .GroupBy(static p => p.Sku)
                .OrderBy(static g => g.Key.Value, StringComparer.Ordinal)
                .Take(MostNewItems)
                .Select(g => (Product: trade.Products[g.Key], Places: g.Select(static p => p.Location).Order(ByName).ToArray()))
                .Select(i => new NewItem(
                    i.Product.Sku,
                    i.Product.Category ?? string.Empty,
                    trade.Prices[i.Product.Sku],
                    i.Places,
                    today,
                    i.Product.Supplier is { } supplier ? new SupplierId(supplier) : null
                )),
        ];
    }

    private static readonly IComparer<LocationId> ByName = Comparer<LocationId>.Create(
        static (a, b) => string.CompareOrdinal(a.Value, b.Value)
    );

    private async Task<IReadOnlyList<SeriesForecast>> EarlierAsync(ForecastPointer inForce, CancellationToken cancellationToken)
    {
        try
        {
            return await reports.ForecastsAsync(inForce.Run, cancellationToken);
        }
        catch (HistoryFileException)
        {
            // The comparison of sales is skipped: a damaged old file must not block a new forecast.
            return [];
        }
    }

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
