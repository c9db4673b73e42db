using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>Sales of a SKU at a location in a period.</summary>
/// <param name="Units">Sold less cancelled; below zero where more was cancelled in the span than sold in it.</param>
/// <param name="Net">Money of these units, in the currency that was requested.</param>
/// <param name="Returned">Units that came back in the span, whenever they were sold; not taken off <paramref name="Units"/>.</param>
/// <param name="ReturnedNet">Money of these.</param>
public sealed record SkuSales(Sku Sku, LocationId Location, Quantity Units, Money Net, Quantity Returned, Money ReturnedNet);

/// <summary>Units of all SKUs and locations on one day, UTC: sold less cancelled.</summary>
public sealed record DayUnits(DateOnly Day, Quantity Units);

/// <summary>Sales of many SKUs in a period.</summary>
/// <param name="Cells">Per SKU and location that has any; by SKU, then location.</param>
/// <param name="Customers">Orders and tickets that bought any of the SKUs and were not cancelled in the span.</param>
/// <param name="Days">Days that have any, in order.</param>
/// <param name="OtherCurrencies">Units whose money is in another currency and therefore in no sum of money here.</param>
public sealed record SpanSales(IReadOnlyList<SkuSales> Cells, int Customers, IReadOnlyList<DayUnits> Days, Quantity OtherCurrencies)
{
    public Quantity Units => Cells.Aggregate(Quantity.Zero, static (sum, cell) => sum + cell.Units);
}

/// <summary>Reads sales from the stock ledger to the second, because daily sums include the hours before a promotion's start.</summary>
public sealed class SalesReader(StateTables tables)
{
    /// <summary>SKUs of one reading.</summary>
    public const int MostSkus = 5_000;

    private const int ReadsAtOnce = 16;

    /// <summary>Sales from an instant up to and without another, by the ledger entries' own times.</summary>
    /// <param name="skus">At most <see cref="MostSkus"/>; one query each.</param>
    /// <param name="locations">Only these places count.</param>
    /// <param name="from">First instant.</param>
    /// <param name="to">The instant after the last.</param>
    /// <param name="currency">Money in another one is left out and its units told apart.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <param name="returnsUntil">
    /// Also what came back or was cancelled from the span's end up to here, of orders that bought in the span; null for nothing of it.
    /// </param>
    public async Task<SpanSales> ReadAsync(
        IReadOnlyCollection<Sku> skus,
        IReadOnlyCollection<LocationId> locations,
        DateTimeOffset from,
        DateTimeOffset to,
        Currency currency,
        CancellationToken cancellationToken,
        DateTimeOffset? returnsUntil = null
    )
    {
        var until = returnsUntil > to ? returnsUntil.Value : to;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(skus.Count, MostSkus, nameof(skus));
        var (wanted, asked) = (locations.ToHashSet(), skus.Distinct().ToArray());
        var read = new SkuSpan[asked.Length];
        await Parallel.ForAsync(
            0,
            asked.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) =>
                read[i] = SkuSpan.Of(OfSpan(await EntriesAsync(asked[i], wanted, from, until, cancellation), to), currency)
        );
        var calledOff = read.SelectMany(static r => r.CalledOff).ToHashSet(StringComparer.Ordinal);
        return new SpanSales(
            [
                .. read.SelectMany(static r => r.Cells)
                    .OrderBy(static c => c.Sku.Value, StringComparer.Ordinal)
                    .ThenBy(static c => c.Location.Value, StringComparer.Ordinal),
            ],
            read.SelectMany(static r => r.Documents).Where(d => !calledOff.Contains(d)).Distinct(StringComparer.Ordinal).Count(),
            [
                .. read.SelectMany(static r => r.Days)
                    .GroupBy(static d => d.Key, static d => d.Value)
                    .Select(static d => new DayUnits(d.Key, d.Aggregate(static (a, b) => a + b)))
                    .OrderBy(static d => d.Day),
            ],
            read.Aggregate(Quantity.Zero, static (sum, r) => sum + r.OtherCurrencies)
        );
    }

    // Later entries count only for orders placed within the period.
    private static List<StockEntry> OfSpan(List<StockEntry> entries, DateTimeOffset to)
    {
        var orders = entries
            .Where(e => e.At < to && e.Kind is EntryKind.Sale or EntryKind.Demand)
            .Select(static e => OrderIn(e.Id))
            .ToHashSet(StringComparer.Ordinal);
        return
        [
            .. entries.Where(e => e.At < to || (e.Kind is EntryKind.Return or EntryKind.Cancellation && orders.Contains(OrderIn(e.Id)))),
        ];
    }

    // Entries are sale:ORDER, demand:ORDER, cancellation:ORDER and refund:ORDER/REFUND, the latter with the order's own slashes and
    // percent signs escaped.
    private static string OrderIn(string id)
    {
        var number = id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
        return id.StartsWith("refund:", StringComparison.Ordinal)
            ? number[..number.IndexOf('/', StringComparison.Ordinal)]
                .Replace("%2F", "/", StringComparison.Ordinal)
                .Replace("%25", "%", StringComparison.Ordinal)
            : number;
    }

    private async Task<List<StockEntry>> EntriesAsync(
        Sku sku,
        HashSet<LocationId> locations,
        DateTimeOffset from,
        DateTimeOffset to,
        CancellationToken cancellationToken
    )
    {
        var entries = new List<StockEntry>();
        if (from >= to)
            return entries;
        // A page holds one calendar month, UTC: the others are not even sent.
        var filter =
            $"{RowKeys.Under(tables.PartitionOf(sku), "ledger", sku.Value)} and {TableClient.CreateQueryFilter($"Month ge {MonthOf(from)} and Month le {MonthOf(to)}")}";
        await foreach (var row in tables.Stock.QueryAsync<TableEntity>(filter, cancellationToken: cancellationToken))
            if (locations.Contains(new LocationId(row.GetString("Location"))))
                entries.AddRange(StockForms.Page.Read(row).Entries.Where(e => e.At >= from && e.At < to && e.Units != Quantity.Zero));
        return entries;
    }

    private static int MonthOf(DateTimeOffset at) => at.UtcDateTime.Year * 100 + at.UtcDateTime.Month;

    // Keeps sums per SKU, not entries.
    private sealed record SkuSpan(
        List<SkuSales> Cells,
        List<string> Documents,
        List<string> CalledOff,
        Dictionary<DateOnly, Quantity> Days,
        Quantity OtherCurrencies
    )
    {
        public static SkuSpan Of(List<StockEntry> entries, Currency currency)
        {
            var (cells, span) = (new Dictionary<LocationId, SkuSales>(), new SkuSpan([], [], [], [], Quantity.Zero));
            foreach (var entry in entries)
            {
                if (entry.Kind is not (EntryKind.Sale or EntryKind.Demand or EntryKind.Cancellation or EntryKind.Return))
                    continue;
                var cell =
                    cells.GetValueOrDefault(entry.Location)
                    ?? new SkuSales(entry.Sku, entry.Location, Quantity.Zero, Money.Zero(currency), Quantity.Zero, Money.Zero(currency));
                var net = new Money(entry.Currency is null || entry.Currency == currency ? entry.Net : 0, currency);
                if (entry.Currency is { } other && other != currency)
                    span = span with { OtherCurrencies = span.OtherCurrencies + entry.Units };
                if (entry.Kind == EntryKind.Return)
                {
                    cells[entry.Location] = cell with { Returned = cell.Returned + entry.Units, ReturnedNet = cell.ReturnedNet + net };
                    continue;
                }
                var sign = entry.Kind == EntryKind.Cancellation ? -1 : 1;
                var (units, day) = (new Quantity(sign * entry.Units.Value), DateOnly.FromDateTime(entry.At.UtcDateTime));
                cells[entry.Location] = cell with { Units = cell.Units + units, Net = cell.Net + net * sign };
                span.Days[day] = span.Days.GetValueOrDefault(day) + units;
                if (sign > 0)
                    span.Documents.Add(NumberIn(entry.Id));
                // An order that was cancelled as a whole; a refund of a part leaves a customer who bought.
                else if (entry.Id.StartsWith("cancellation:", StringComparison.Ordinal))
                    span.CalledOff.Add(NumberIn(entry.Id));
            }
            span.Cells.AddRange(cells.Values);
            return span;
        }

        private static string NumberIn(string id) => id[(id.IndexOf(':', StringComparison.Ordinal) + 1)..];
    }
}
