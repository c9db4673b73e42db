using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>What waits of one channel for one kind of reason.</summary>
/// <param name="OldestAt">When the first of them came in.</param>
/// <param name="Units">At stake, as the records say.</param>
/// <param name="Money">The same by currency.</param>
public sealed record QuarantineTotal(
    ChannelId Channel,
    QuarantineReason Code,
    int Records,
    DateTimeOffset OldestAt,
    decimal Units,
    IReadOnlyList<Money> Money
);

/// <summary>What fits a sweep before it is started.</summary>
/// <param name="Examples">The first of them.</param>
/// <param name="Whole">Whether every record that fits was counted.</param>
public sealed record SweepPreview(
    int Records,
    IReadOnlyList<QuarantineTotal> Totals,
    IReadOnlyList<QuarantinedRecord> Examples,
    bool Whole
);

/// <summary>Lists and counts quarantined records. Storage does the filtering: a page costs no row that is not asked for.</summary>
public sealed class QuarantineList(StateTables tables)
{
    /// <summary>Records that are sorted or summed at one look; beyond them the answer says that it is not whole.</summary>
    public const int Looked = 5_000;

    // 1,000 is what storage gives at once. Pages that a filter leaves nearly empty count too: a look is bounded whatever is asked.
    private const int PageSize = 1_000,
        MostPages = 50,
        MostExamples = 20;

    private readonly QuarantinePages pages = new(tables);

    /// <summary>In no particular order; one page.</summary>
    public Task<(IReadOnlyList<QuarantinedRecord> Records, string? Next)> PageAsync(
        QuarantineFilter filter,
        int pageSize,
        string? after,
        CancellationToken cancellationToken
    ) => pages.ReadAsync(filter, pageSize, after, cancellationToken);

    /// <summary>The first ones by an order.</summary>
    /// <returns>Whether every record that fits was looked at.</returns>
    public async Task<(IReadOnlyList<QuarantinedRecord> Records, bool Whole)> FirstAsync(
        QuarantineFilter filter,
        Comparison<QuarantinedRecord> order,
        int most,
        CancellationToken cancellationToken
    )
    {
        var (found, whole) = await ReadAsync(filter, cancellationToken);
        found.Sort(order);
        return ([.. found.Take(most)], whole);
    }

    /// <summary>What waits, by channel and reason; the most records first.</summary>
    public async Task<(IReadOnlyList<QuarantineTotal> Totals, bool Whole)> TotalsAsync(string? channel, CancellationToken cancellationToken)
    {
        var (found, whole) = await ReadAsync(new QuarantineFilter(channel, QuarantineStore.Waiting), cancellationToken);
        return (TotalsOf(found), whole);
    }

    /// <summary>What a sweep would look at; nothing is decided.</summary>
    public async Task<SweepPreview> PreviewAsync(QuarantineSweep sweep, CancellationToken cancellationToken)
    {
        var (found, whole) = await ReadAsync(sweep.Filter, cancellationToken);
        var fits = found.FindAll(sweep.Fits);
        return new SweepPreview(fits.Count, TotalsOf(fits), [.. fits.Take(MostExamples)], whole);
    }

    private static List<QuarantineTotal> TotalsOf(IEnumerable<QuarantinedRecord> records) =>
        [
            .. records
                .GroupBy(static r => (r.Channel, r.Code))
                .Select(static g => new QuarantineTotal(
                    g.Key.Channel,
                    g.Key.Code,
                    g.Count(),
                    g.Min(static r => r.ReceivedAt),
                    g.Sum(static r => r.Exposure.Units ?? 0),
                    [
                        .. g.Select(static r => r.Exposure.Money)
                            .OfType<Money>()
                            .GroupBy(static m => m.Currency)
                            .Select(static m => new Money(m.Sum(static one => one.Amount), m.Key)),
                    ]
                ))
                .OrderByDescending(static t => t.Records),
        ];

    private async Task<(List<QuarantinedRecord> Records, bool Whole)> ReadAsync(
        QuarantineFilter filter,
        CancellationToken cancellationToken
    )
    {
        var (found, after) = (new List<QuarantinedRecord>(), (string?)null);
        for (var page = 0; page < MostPages; page++)
        {
            var (records, next) = await pages.ReadAsync(filter, Math.Min(PageSize, Looked - found.Count), after, cancellationToken);
            found.AddRange(records);
            if (next is null)
                return (found, true);
            if (found.Count == Looked)
                break;
            after = next;
        }
        return (found, false);
    }
}
