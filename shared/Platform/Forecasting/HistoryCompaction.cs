using System.Collections.Concurrent;
using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting;

/// <summary>The result of a compaction.</summary>
/// <param name="Months">Months that there are.</param>
/// <param name="Rewritten">Those whose file was written.</param>
/// <param name="Rows">Days of SKUs and locations in all files.</param>
public sealed record CompactionReport(int Months, IReadOnlyList<string> Rewritten, int Rows);

/// <summary>
/// Brings the history's files up to the tables: a file per month of the stock ledger, written only where its pages changed or it was not
/// over, and the catalog, the offers and the stock as they are now. The manifest is written last; a compaction that ends before it is
/// done again and finds its own files, which are whole.
/// </summary>
public sealed class HistoryCompaction(
    StateTables tables,
    BlobServiceClient blobs,
    OfferReader offers,
    ForecastSettings settings,
    TimeProvider time
)
{
    /// <summary>The container of the files.</summary>
    public const string Container = "forecast-history";

    private const int BucketsAtOnce = 8;

    private readonly BlobFolder folder = new(blobs, Container);

    public async Task<CompactionReport> RunAsync(CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var before = await ManifestAsync(cancellationToken);
        var ledger = await LookAsync(now, cancellationToken);
        var months = new SortedDictionary<string, HistoryMonth>(StringComparer.Ordinal);
        var stale = new List<int>();
        foreach (var (month, digest) in ledger.Digests)
            if (
                before is not null
                && MonthOf(before.WrittenAt) > month
                && before.Months.GetValueOrDefault(TextOf(month)) is { } known
                && known.Ledger == digest
                && await IsThereAsync(known, cancellationToken)
            )
                months[TextOf(month)] = known;
            else
                stale.Add(month);
        if (stale.Count > 0)
        {
            var rows = await ReadAsync(stale, ledger.Positions, now, cancellationToken);
            foreach (var month in stale)
            {
                var sorted = rows[month]
                    .OrderBy(static r => r.Sku.Value, StringComparer.Ordinal)
                    .ThenBy(static r => r.Location.Value, StringComparer.Ordinal)
                    .ThenBy(static r => r.Day)
                    .ToList();
                rows.Remove(month);
                var etag = await folder.PutPackedAsync(SalesFile.NameOf(month), text => SalesFile.Write(text, sorted), cancellationToken);
                months[TextOf(month)] = new HistoryMonth(SalesFile.NameOf(month), etag, ledger.Digests[month], sorted.Count, now);
            }
        }
        var products = await offers.ProductsAsync(cancellationToken);
        await folder.PutPackedAsync(
            ProductFile.Name,
            text => ProductFile.Write(text, products.Values.OrderBy(static p => p.Sku.Value, StringComparer.Ordinal)),
            cancellationToken
        );
        var offered = await offers.ReadAsync(products, cancellationToken);
        await folder.PutPackedAsync(OfferFile.Name, text => OfferFile.Write(text, offered), cancellationToken);
        await folder.PutPackedAsync(
            StockFile.Name,
            text =>
                StockFile.Write(
                    text,
                    ledger
                        .Positions.Values.Where(static p => p.IsTracked)
                        .Select(static p => new StockLine(
                            p.Sku,
                            p.Location,
                            p.OnHand.Value,
                            p.AvailableToPromise.Value,
                            p.Level is { } level ? DateOnly.FromDateTime(level.Version.OccurredAt.UtcDateTime) : null
                        ))
                ),
            cancellationToken
        );
        await folder.PutAsync(
            HistoryManifest.Name,
            JsonSerializer.SerializeToUtf8Bytes(
                new HistoryManifest { WrittenAt = now, Months = months },
                ForecastingJson.Default.HistoryManifest
            ),
            "application/json",
            cancellationToken
        );
        return new CompactionReport(months.Count, [.. stale.Select(TextOf)], months.Values.Sum(static m => m.Rows));
    }

    internal async Task<HistoryManifest?> ManifestAsync(CancellationToken cancellationToken)
    {
        if (await folder.FindAsync(HistoryManifest.Name, cancellationToken) is not { } bytes)
            return null;
        try
        {
            return JsonSerializer.Deserialize(bytes.Span, ForecastingJson.Default.HistoryManifest);
        }
        catch (JsonException)
        {
            // All its content can be rebuilt from the ledger.
            return null;
        }
    }

    private async Task<bool> IsThereAsync(HistoryMonth month, CancellationToken cancellationToken) =>
        await folder.ETagAsync(month.File, cancellationToken) == month.ETag;

    // Reads keys and timestamps only, to find changed months before reading pages.
    private async Task<Ledger> LookAsync(DateTimeOffset now, CancellationToken cancellationToken)
    {
        var (sums, positions) = (new ConcurrentDictionary<int, ulong>(), new ConcurrentDictionary<(Sku, LocationId), StockPosition>());
        await InBucketsAsync(
            async (bucket, cancellation) =>
            {
                await foreach (
                    var row in tables.Stock.QueryAsync<TableEntity>(
                        Kind(bucket, "ledger"),
                        select: ["RowKey", "Month", "Timestamp"],
                        cancellationToken: cancellation
                    )
                )
                    Add(row.GetInt32("Month")!.Value, $"{row.RowKey} {row.Timestamp!.Value.UtcTicks}");
                await foreach (var row in tables.Stock.QueryAsync<TableEntity>(Kind(bucket, "position"), cancellationToken: cancellation))
                {
                    var position = StockForms.Position.Read(row);
                    positions[(position.Sku, position.Location)] = position;
                }
            },
            cancellationToken
        );
        var digests = new SortedDictionary<int, string>();
        // A month without a page still has a file, for its stockout days. Months before the history period are not used.
        if (!sums.IsEmpty)
            for (
                var month = Later(First(sums.Keys.Min()), DateOnly.FromDateTime(now.UtcDateTime).AddDays(-settings.HistoryDays));
                month <= DateOnly.FromDateTime(now.UtcDateTime);
                month = month.AddMonths(1)
            )
                digests[month.Year * 100 + month.Month] = sums.GetValueOrDefault(month.Year * 100 + month.Month)
                    .ToString("x16", CultureInfo.InvariantCulture);
        return new Ledger(digests, new Dictionary<(Sku, LocationId), StockPosition>(positions));

        // A sum does not depend on the order in which buckets answer.
        void Add(int month, string what) =>
            sums.AddOrUpdate(
                month,
                static (_, hash) => hash,
                static (_, sum, hash) => unchecked(sum + hash),
                BitConverter.ToUInt64(SHA256.HashData(Encoding.UTF8.GetBytes(what)))
            );
    }

    private async Task<Dictionary<int, ConcurrentBag<SalesRow>>> ReadAsync(
        List<int> stale,
        Dictionary<(Sku, LocationId), StockPosition> positions,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var rows = stale.ToDictionary(static m => m, static _ => new ConcurrentBag<SalesRow>());
        var placed = positions.Values.ToLookup(p => tables.PartitionOf(p.Sku));
        await InBucketsAsync(
            async (bucket, cancellation) =>
            {
                // The stock on hand in the oldest month follows from all later movements, and at its start from the last movement before
                // it.
                var filter =
                    $"{Kind(bucket, "ledger")} and {TableClient.CreateQueryFilter($"Month ge {(stale[0] % 100 == 1 ? stale[0] - 89 : stale[0] - 1)}")}";
                var entries = placed[bucket].ToDictionary(static p => (p.Sku, p.Location), static _ => new List<StockEntry>());
                await foreach (var row in tables.Stock.QueryAsync<TableEntity>(filter, cancellationToken: cancellation))
                {
                    var page = StockForms.Page.Read(row);
                    if (!entries.TryGetValue((page.Key.Sku, page.Key.Location), out var list))
                        entries[(page.Key.Sku, page.Key.Location)] = list = [];
                    list.AddRange(page.Entries);
                }
                foreach (var (place, list) in entries)
                foreach (var row in HistoryRows.Of(place.Sku, place.Location, positions.GetValueOrDefault(place), list, stale[0], now))
                    if (rows.TryGetValue(row.Day.Year * 100 + row.Day.Month, out var month))
                        month.Add(row);
            },
            cancellationToken
        );
        return rows;
    }

    private Task InBucketsAsync(Func<string, CancellationToken, ValueTask> look, CancellationToken cancellationToken) =>
        Parallel.ForAsync(
            0,
            tables.Buckets,
            new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancellationToken },
            (bucket, cancellation) => look(new Bucket(bucket).Key, cancellation)
        );

    private static DateOnly First(int month) => new(month / 100, month % 100, 1);

    // The first of the month, so that counting on by months meets every one.
    private static DateOnly Later(DateOnly a, DateOnly b) => a > b ? a : new DateOnly(b.Year, b.Month, 1);

    private static string Kind(string partition, string kind) => RowKeys.Under(partition, kind);

    private static int MonthOf(DateTimeOffset at) => at.UtcDateTime.Year * 100 + at.UtcDateTime.Month;

    private static string TextOf(int month) => string.Create(CultureInfo.InvariantCulture, $"{month / 100:0000}-{month % 100:00}");

    private sealed record Ledger(SortedDictionary<int, string> Digests, Dictionary<(Sku, LocationId), StockPosition> Positions);
}
