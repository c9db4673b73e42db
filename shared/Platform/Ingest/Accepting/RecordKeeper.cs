using System.Diagnostics.Metrics;
using System.Text.RegularExpressions;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>What became of the records of a delivery.</summary>
/// <param name="Receipt">The answer to their sender.</param>
/// <param name="Contents">Of each event a hash of what it says.</param>
public sealed record KeptRecords(DeliveryReceipt Receipt, IReadOnlyDictionary<QueuedEvent, UInt128> Contents);

/// <summary>Keeps the records of a delivery: each in the queue or in quarantine, and says of each what became of it.</summary>
public sealed partial class RecordKeeper(
    EventQueue queue,
    QuarantineStore quarantine,
    ExceptionLog exceptions,
    RecentEvents recent,
    TimeProvider time
)
{
    // A request with nothing but bad records must not open five hundred connections.
    private const int QuarantineAtOnce = 8;

    private const int FieldCharacters = 100,
        IdCharacters = 256;

    private static readonly Meter Meter = new(Intake.MeterName);
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        "stockgate.ingest.records",
        description: "Records accepted, by outcome."
    );
    private static readonly Counter<long> Unknown = Meter.CreateCounter<long>(
        "stockgate.ingest.unknown_fields",
        description: "Accepted records with fields that their type does not have, by channel."
    );

    /// <summary>Ends when every record is kept.</summary>
    /// <param name="channel">Their channel.</param>
    /// <param name="records">The records.</param>
    /// <param name="said">What their sender said beside the body.</param>
    /// <param name="cancellationToken">Ends the work.</param>
    /// <param name="occasion">Of what is sent again on purpose, as <see cref="EventQueue"/> takes it.</param>
    /// <param name="origin">How they came in; asked for where one of them goes to quarantine.</param>
    public async Task<KeptRecords> KeepAsync(
        Channel channel,
        IReadOnlyList<IncomingRecord> records,
        DeliveryHeaders? said,
        CancellationToken cancellationToken,
        string occasion = "",
        Func<QuarantineOrigin>? origin = null
    )
    {
        // Quarantine first: the answer is 202 only when every record is kept, and until then the sender will try again.
        var rejected = records.Where(static r => r.Rejection is not null).ToList();
        var quarantined =
            rejected.Count == 0
                ? []
                : await QuarantineAsync(channel, rejected, said, origin?.Invoke() ?? QuarantineOrigin.None, cancellationToken);
        var screened = recent.Screen([.. records.Where(static r => r.Rejection is null).SelectMany(static r => r.Events)]);
        var conflicts = screened.Where(static s => s.Conflicts).Select(static s => s.Event).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var type in conflicts.Cast<QueuedEvent>().GroupBy(static c => c.Type))
            await ReportConflictsAsync([.. type], cancellationToken);
        // A record is accepted as a whole or not at all.
        var inConflict = records.Where(r => r.Events.Any(conflicts.Contains)).ToHashSet();
        var heldBack = inConflict.SelectMany(static r => r.Events).ToHashSet(ReferenceEqualityComparer.Instance);
        List<ScreenedEvent> accepted = [.. screened.Where(s => !heldBack.Contains(s.Event))];
        if (accepted.Count > 0)
            await queue.SendAsync([.. accepted.Select(static s => s.Event)], cancellationToken, occasion);
        recent.Remember(accepted);
        var repeated = screened.Where(static s => s.IsRepeat).Select(static s => s.Event).ToHashSet(ReferenceEqualityComparer.Instance);
        var receipts = records
            .Select(r =>
                ReceiptOf(r, quarantined, inConflict.Contains(r)) with
                {
                    IsRepeat = r.Events.Count > 0 && r.Events.All(repeated.Contains),
                }
            )
            .ToList();
        var receipt = new DeliveryReceipt(receipts.Count(static r => r.Status == RecordReceipt.Accepted), rejected.Count, receipts)
        {
            Conflicts = receipts.Count(static r => r.Status == RecordReceipt.Conflict),
            Ignored = receipts.Count(static r => r.Status == RecordReceipt.Ignored),
        };
        Count(RecordReceipt.Accepted, receipt.Accepted);
        Count(RecordReceipt.Quarantined, receipt.Quarantined);
        Count(RecordReceipt.Conflict, receipt.Conflicts);
        Count(RecordReceipt.Ignored, receipt.Ignored);
        if (receipts.Count(static r => r.UnknownFields is not null) is > 0 and var unknown)
            Unknown.Add(unknown, new KeyValuePair<string, object?>("channel", channel.Id.Value));
        var contents = new Dictionary<QueuedEvent, UInt128>(ReferenceEqualityComparer.Instance);
        foreach (var one in screened)
            contents[one.Event] = one.Content;
        return new KeptRecords(receipt, contents);
    }

    private static void Count(string outcome, int records)
    {
        if (records > 0)
            Records.Add(records, new KeyValuePair<string, object?>("outcome", outcome));
    }

    private Task ReportConflictsAsync(QueuedEvent[] ofAType, CancellationToken cancellationToken)
    {
        var first = ofAType[0];
        var exception = EventConflict.Exception(first.Header, first.Type, first.Data.Subject, time.GetUtcNow()) with
        {
            Count = ofAType.Length,
        };
        return exceptions.RaiseAsync(exception, cancellationToken);
    }

    private static RecordReceipt ReceiptOf(IncomingRecord record, Dictionary<IncomingRecord, string> quarantined, bool isConflict)
    {
        if (record.Rejection is { } rejection)
            return new RecordReceipt(
                record.Id is { } id ? Clip.To(id, IdCharacters) : null,
                RecordReceipt.Quarantined,
                Clip.To(rejection.Field, IdCharacters),
                rejection.Reason,
                quarantined[record]
            );
        if (record.IgnoredBecause is { } reason)
            return new RecordReceipt(record.Id, RecordReceipt.Ignored, Reason: reason);
        return isConflict
            ? new RecordReceipt(
                record.Id,
                RecordReceipt.Conflict,
                "id",
                "was accepted before with different content, which stays in force; send the new content under a new id"
            )
            : new RecordReceipt(record.Id, RecordReceipt.Accepted)
            {
                UnknownFields = record.PassedOver is { Count: > 0 } passedOver ? passedOver : null,
            };
    }

    private async Task<Dictionary<IncomingRecord, string>> QuarantineAsync(
        Channel channel,
        IReadOnlyList<IncomingRecord> rejected,
        DeliveryHeaders? said,
        QuarantineOrigin origin,
        CancellationToken cancellationToken
    )
    {
        var kept = new QuarantinedRecord[rejected.Count];
        await Parallel.ForAsync(
            0,
            rejected.Count,
            new ParallelOptions { MaxDegreeOfParallelism = QuarantineAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) =>
                kept[i] = await quarantine.KeepAsync(
                    channel.Id,
                    rejected[i].Id,
                    rejected[i].Topic,
                    rejected[i].Rejection!,
                    rejected[i].Bytes,
                    said,
                    origin,
                    cancellation
                )
        );
        var now = time.GetUtcNow();
        // Five hundred records with the same fault are one exception with a count of five hundred. Records that were here before don't
        // count again.
        var fresh = rejected
            .Where((_, i) => kept[i].ReceivedAt >= now - TimeSpan.FromMinutes(1))
            .ToLookup(static r => r.Rejection!.OfClock);
        foreach (var fault in fresh[false].CountBy(static r => FaultOf(r)))
            await exceptions.RaiseAsync(QuarantineException(channel, fault.Key, fault.Value, now), cancellationToken);
        if (fresh[true].ToList() is { Count: > 0 } dated)
            await exceptions.RaiseAsync(ChannelClock.Exception(channel.Id, dated[0].Rejection!, dated.Count, now), cancellationToken);
        var ids = new Dictionary<IncomingRecord, string>(ReferenceEqualityComparer.Instance);
        for (var i = 0; i < kept.Length; i++)
            ids[rejected[i]] = kept[i].Id;
        return ids;
    }

    // Kinds that we know, so that three hundred made-up types are one exception and not three hundred.
    private static string FaultOf(IncomingRecord record)
    {
        var kind = record.Topic is { } topic && DeliveryTopics.IsKnown(topic) ? topic : "a record";
        return $"{kind}: {Clip.To(LineNumbers().Replace(record.Rejection!.Field, "[]"), FieldCharacters)}";
    }

    [GeneratedRegex(@"\[\d+\]")]
    private static partial Regex LineNumbers();

    private static OperationException QuarantineException(Channel channel, string fault, int count, DateTimeOffset now) =>
        new()
        {
            Type = "record-quarantined",
            Subject = $"channel {channel.Id}",
            Failure = fault,
            Count = count,
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Look at GET /api/v1/quarantine?channel={Uri.EscapeDataString(channel.Id.Value)}, have the sender correct the field, and replay the records.",
        };
}
