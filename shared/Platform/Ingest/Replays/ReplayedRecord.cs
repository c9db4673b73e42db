using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Replays;

/// <summary>What is done with a record that is read again.</summary>
internal enum ReplayOutcome
{
    Unchanged,
    Repaired,
    Changed,
    HeldBack,
    Rejected,
    Passed,
}

/// <summary>A record as it is read today, beside how it was read when it came in.</summary>
/// <param name="Outcome">What is done.</param>
/// <param name="Events">What goes into the queue.</param>
/// <param name="Reason">Why nothing does; null where something does.</param>
internal sealed record ReplayedRecord(ReplayOutcome Outcome, IReadOnlyList<QueuedEvent> Events, string? Reason = null)
{
    /// <param name="was">What became of it.</param>
    /// <param name="now">As it is read today.</param>
    /// <param name="startedAt">When the replay started: of two replays of one level the later one counts.</param>
    public static ReplayedRecord Of(ArchivedRecord was, IncomingRecord now, DateTimeOffset startedAt)
    {
        var wasAccepted = was.Status == RecordReceipt.Accepted;
        if (now.Rejection is { } rejection)
            return new(wasAccepted ? ReplayOutcome.Rejected : ReplayOutcome.Passed, [], $"{rejection.Field} {rejection.Reason}".Trim());
        if (now.IgnoredBecause is { } because)
            return new(wasAccepted ? ReplayOutcome.Rejected : ReplayOutcome.Passed, [], because);
        // Its id was known for something else when it came in, and still is.
        if (was.Status == RecordReceipt.Conflict)
            return new(ReplayOutcome.Passed, [], was.Reason);
        if (!wasAccepted)
            return new(ReplayOutcome.Repaired, now.Events);
        return Of(was.Events.DistinctBy(static e => e.Id).ToDictionary(static e => e.Id, StringComparer.Ordinal), now.Events, startedAt);
    }

    private static ReplayedRecord Of(Dictionary<string, ArchivedEvent> was, IReadOnlyList<QueuedEvent> now, DateTimeOffset startedAt)
    {
        var differs = now.Where(e => was.TryGetValue(e.Header.Id, out var then) && then.Content != ContentOf(e)).ToList();
        if (differs.Find(static e => !IsLevel(e.Data)) is { } counted)
            return new(ReplayOutcome.HeldBack, [], $"{counted.Header.Id} counts once; post what corrects {counted.Data.Subject}");
        var isChanged = differs.Count > 0 || now.Any(e => !was.ContainsKey(e.Header.Id));
        return new(
            isChanged ? ReplayOutcome.Changed : ReplayOutcome.Unchanged,
            [.. now.Select(e => differs.Contains(e) ? Instead(e, startedAt) : e)]
        );
    }

    // The newest level wins. Under the same id it would be a conflict, and at the same moment it has to come after what it corrects.
    private static QueuedEvent Instead(QueuedEvent read, DateTimeOffset startedAt)
    {
        var header = read.Header with { Id = $"{read.Header.Id}~{ContentOf(read)}", Sequence = startedAt.UtcTicks };
        return read with { Header = header, Body = CloudEventWriter.Write(header, read.Data) };
    }

    private static bool IsLevel(ChannelEvent said) => said is PromotionReport or SkuEvent and not StockMoved;

    private static string ContentOf(QueuedEvent read) => ArchivedDeliveries.ContentOf(RecentEvents.ContentOf(read));
}
