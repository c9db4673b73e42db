using System.Globalization;
using System.Text;
using Azure.Storage.Blobs;
using Stockgate.Domain.Forecasting.Files;

namespace Stockgate.Platform.Forecasting;

/// <summary>Reads the history files for training. The only table read is that of the promotions, for the regions.</summary>
public sealed class HistoryFiles(BlobServiceClient blobs, HistoryCompaction compaction, OfferReader offers, ForecastSettings settings)
{
    private readonly BlobFolder folder = new(blobs, HistoryCompaction.Container);

    /// <summary>The history up to a day, excluding it.</summary>
    /// <param name="today">The first day that is not over: the first of the forecast.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    /// <exception cref="HistoryFileException">A file is missing or invalid, or there are no sales.</exception>
    public async Task<AssembledHistory> ReadAsync(DateOnly today, CancellationToken cancellationToken)
    {
        var manifest =
            await compaction.ManifestAsync(cancellationToken)
            ?? throw new HistoryFileException(HistoryManifest.Name, 0, "is missing; run the compaction first.");
        var months = manifest
            .Months.Where(m => m.Value.Rows > 0 && Month(m.Key) < today && Month(m.Key).AddMonths(1) > today.AddDays(-settings.HistoryDays))
            .ToList();
        if (months.Count == 0)
            throw NothingYet();
        var first =
            Month(months[0].Key) is var begin && begin < today.AddDays(-settings.HistoryDays)
                ? today.AddDays(-settings.HistoryDays)
                : begin;
        var sales = new SalesFileReader(first, today.DayNumber - first.DayNumber);
        foreach (var (name, month) in months)
            sales.Read(
                month.File,
                Month(name).Year * 100 + Month(name).Month,
                await folder.FindPackedAsync(month.File, cancellationToken)
                    ?? throw new HistoryFileException(month.File, 0, "is named in the manifest but missing; the next run rewrites it.")
            );
        if (sales.IsEmpty)
            throw NothingYet();
        var calendar = await CalendarAsync(cancellationToken);
        var context = new HistoryContext(
            ProductFile.Read(await PackedAsync(ProductFile.Name, cancellationToken)),
            OfferFile.Read(await PackedAsync(OfferFile.Name, cancellationToken)),
            StockFile.Read(await PackedAsync(StockFile.Name, cancellationToken)),
            calendar is null ? [] : CalendarFile.Read(calendar),
            await offers.RegionsAsync(cancellationToken)
        );
        return HistoryAssembly.Build(sales, context, settings.Horizon);
    }

    /// <summary>Past, current and planned promotions at the time of the compaction.</summary>
    /// <exception cref="HistoryFileException">The file is missing or invalid.</exception>
    public async Task<IReadOnlyList<OfferLine>> OffersAsync(CancellationToken cancellationToken) =>
        OfferFile.Read(await PackedAsync(OfferFile.Name, cancellationToken));

    /// <returns>The planners' calendar; null if they have put none.</returns>
    public async Task<string?> CalendarAsync(CancellationToken cancellationToken) =>
        await folder.FindAsync(CalendarFile.Name, cancellationToken) is not { } bytes ? null
        : bytes.Length <= CalendarFile.MostBytes ? Encoding.UTF8.GetString(bytes.Span)
        : throw new HistoryFileException(CalendarFile.Name, 0, $"has {bytes.Length} bytes; at most {CalendarFile.MostBytes} are allowed.");

    /// <summary>Puts a calendar in place of the one before.</summary>
    /// <returns>Days in it.</returns>
    /// <exception cref="HistoryFileException">It is invalid; the previous one stays.</exception>
    public async Task<int> PutCalendarAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (bytes.Length > CalendarFile.MostBytes)
            throw new HistoryFileException(
                CalendarFile.Name,
                0,
                $"has {bytes.Length} bytes; at most {CalendarFile.MostBytes} are allowed."
            );
        var days = CalendarFile.Read(Encoding.UTF8.GetString(bytes.Span)).Count;
        await folder.PutAsync(CalendarFile.Name, bytes, "text/csv; charset=utf-8", cancellationToken);
        return days;
    }

    private async Task<string> PackedAsync(string name, CancellationToken cancellationToken) =>
        await folder.FindPackedAsync(name, cancellationToken)
        ?? throw new HistoryFileException(name, 0, "is missing; the next run rewrites it.");

    private static NothingToForecastException NothingYet() => new();

    private static DateOnly Month(string name) => DateOnly.ParseExact(name, "yyyy-MM", CultureInfo.InvariantCulture);
}

/// <summary>The history has no sale, as in a new deployment; not an error.</summary>
public sealed class NothingToForecastException() : Exception("No sale is known before today, so nothing can be forecast yet.");
