using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>The decision of a sweep.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<SweepDecision>))]
public enum SweepDecision
{
    /// <summary>Replayed unchanged, after a fix on the receiving side such as a missing product.</summary>
    Replay,

    /// <summary>Let go.</summary>
    Discard,
}

/// <summary>One decision about all quarantined records of a channel that match a field and reason.</summary>
/// <param name="Field">The field at fault, as the list names it; numbers of lines don't matter. Null for any.</param>
/// <param name="Reason">A part of the reason. Null for any.</param>
/// <param name="Note">Why; of a discard.</param>
/// <param name="Code">The kind of reason. Null for any.</param>
/// <param name="From">Received then or later. Null for any.</param>
/// <param name="To">Received before then. Null for any.</param>
public sealed record QuarantineSweep(
    ChannelId Channel,
    SweepDecision Decision,
    string? Field,
    string? Reason,
    string DecidedBy,
    string? Note = null,
    QuarantineReason? Code = null,
    DateTimeOffset? From = null,
    DateTimeOffset? To = null
)
{
    /// <summary>At stake, at least.</summary>
    public ExposureFilter? AtStake { get; init; }

    /// <summary>What storage can look for; the rest is for <see cref="Fits"/>.</summary>
    [JsonIgnore]
    public QuarantineFilter Filter =>
        new(Channel.Value, QuarantineStore.Waiting, Code, From, To) { AtStake = AtStake ?? ExposureFilter.None };

    public bool Fits(QuarantinedRecord record) =>
        record.State == QuarantineStore.Waiting
        && (Field is null || WithoutNumbers(record.Field) == WithoutNumbers(Field))
        && (Reason is null || record.Reason.Contains(Reason, StringComparison.OrdinalIgnoreCase));

    // lines[3].sku and lines[12].sku are the same fault.
    private static string WithoutNumbers(string field) => string.Concat(field.Where(static c => !char.IsAsciiDigit(c)));
}

/// <summary>The progress of a sweep.</summary>
/// <param name="Looked">Records that waited when it came to them.</param>
/// <param name="Settled">Records it has decided.</param>
/// <param name="Refused">Records that were replayed and are still invalid; they stay in quarantine.</param>
/// <param name="After">Where the next page begins; null at the end.</param>
public sealed record SweepProgress(int Looked, int Settled, int Refused, string? After)
{
    public static readonly SweepProgress Start = new(0, 0, 0, null);

    public SweepProgress Add(SweepProgress page) => new(Looked + page.Looked, Settled + page.Settled, Refused + page.Refused, page.After);
}

/// <summary>Settles a page of quarantined records at a time.</summary>
public sealed class QuarantineSweeper(QuarantineList quarantine, QuarantineReview review)
{
    private const int PageSize = 100,
        AtOnce = 8;

    /// <summary>
    /// Settles the records of one page that fit. A page that is done again, after a crash, finds them settled and changes nothing.
    /// </summary>
    public async Task<SweepProgress> SweepPageAsync(QuarantineSweep sweep, string? after, CancellationToken cancellationToken)
    {
        var (records, next) = await quarantine.PageAsync(sweep.Filter, PageSize, after, cancellationToken);
        var (settled, refused) = (0, 0);
        // A record decided concurrently by a person is counted neither as settled nor as refused.
        await Parallel.ForEachAsync(
            records.Where(sweep.Fits),
            new ParallelOptions { MaxDegreeOfParallelism = AtOnce, CancellationToken = cancellationToken },
            async (record, cancellation) =>
            {
                try
                {
                    if (await SettleAsync(sweep, record, cancellation))
                        Interlocked.Increment(ref settled);
                    else
                        Interlocked.Increment(ref refused);
                }
                catch (ProblemException decided) when (decided.Slug == "record-settled") { }
            }
        );
        return new SweepProgress(records.Count, settled, refused, next);
    }

    private async Task<bool> SettleAsync(QuarantineSweep sweep, QuarantinedRecord record, CancellationToken cancellationToken)
    {
        if (sweep.Decision == SweepDecision.Replay)
            return (await review.ReplayAsync(record, null, sweep.DecidedBy, cancellationToken)).Quarantined == 0;
        await review.DiscardAsync(record, sweep.Note ?? "(no note)", sweep.DecidedBy, cancellationToken);
        return true;
    }
}
