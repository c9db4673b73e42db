using System.Diagnostics.Metrics;
using System.Text.Json.Serialization;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Http;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest;

/// <summary>The outcome of one record.</summary>
/// <param name="Id">The sender's id of it; null if it has no readable one.</param>
/// <param name="Status">
/// <c>accepted</c>: durably in the queue. <c>quarantined</c>: kept, and waits for a person. <c>conflict</c>: its id is known for something
/// else; it changes nothing, and an exception tells people. <c>ignored</c>: nothing is wrong with it and nothing follows from it, such as
/// of a topic that is not used; <c>reason</c> says why.
/// </param>
public sealed record RecordReceipt(string? Id, string Status, string? Field = null, string? Reason = null, string? QuarantineId = null);

/// <summary>The answer to an accepted delivery.</summary>
public sealed record DeliveryReceipt(int Accepted, int Quarantined, IReadOnlyList<RecordReceipt> Records)
{
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Conflicts { get; init; }

    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Ignored { get; init; }
}

/// <summary>A quarantined record, read again.</summary>
/// <param name="Rejection">Why it still can't be taken in; null if it can.</param>
public sealed record RecordReadAgain(Channel Channel, DeliveryHeaders? Said, IReadOnlyList<IncomingRecord> Records, Rejection? Rejection);

/// <summary>Accepts deliveries: verifies, splits into records, translates, and stores each record in the queue or in quarantine.</summary>
public sealed partial class Intake(
    Channels channels,
    EventQueue queue,
    QuarantineStore quarantine,
    ExceptionLog exceptions,
    DeliveryReader reader,
    RecentEvents recent,
    TimeProvider time
)
{
    public const string MeterName = "Stockgate.Ingest";

    // A request with nothing but bad records must not open five hundred connections.
    private const int QuarantineAtOnce = 8;

    private const int FieldCharacters = 100,
        IdCharacters = 256;

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Records = Meter.CreateCounter<long>(
        "stockgate.ingest.records",
        description: "Records accepted, by outcome."
    );
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "stockgate.ingest.refusals",
        description: "Requests refused, by problem."
    );

    /// <exception cref="ProblemException">The request is refused; nothing of it is stored.</exception>
    public async Task<DeliveryReceipt> AcceptAsync(string channelName, HttpRequest request, CancellationToken cancellationToken)
    {
        try
        {
            var channel = await channels.RequireOpenAsync(channelName, cancellationToken);
            IngestProblems.CheckMediaType(request);
            using var room = new LargeBodyRoom();
            var body = await RequestBody.ReadAsync(request, room, cancellationToken);
            Verify(channel, request, body.Memory);
            channels.Admit(channel);
            var read = ChannelDelivery.BodyOf(channel, request, body.Memory);
            var (topic, said) = (ChannelDelivery.TopicOf(channel, request.Headers), ChannelDelivery.HeadersOf(channel, request.Headers));
            var records = await reader.ReadAsync(channel, topic, read, said, cancellationToken);
            await reader.RememberAsync(channel, records, cancellationToken);
            var receipt = await KeepAsync(channel, records, said, cancellationToken);
            // Only after success: a send that was given up may still read the buffer, which then must not serve another request.
            body.Dispose();
            return receipt;
        }
        catch (ProblemException problem)
        {
            Refusals.Add(1, new KeyValuePair<string, object?>("problem", problem.Slug));
            throw;
        }
    }

    /// <summary>Reads a quarantined record again, as it is or corrected, and keeps nothing.</summary>
    /// <exception cref="ProblemException">Its channel is not set up any more, or the correction is another record.</exception>
    public async Task<RecordReadAgain> ReadAgainAsync(
        QuarantinedRecord record,
        ReadOnlyMemory<byte> bytes,
        CancellationToken cancellationToken
    )
    {
        var channel = await channels.GetAsync(record.Channel.Value, cancellationToken);
        var records = await reader.ReadAsync(channel, record.Topic ?? "", bytes, record.Said, cancellationToken);
        QuarantineCorrection.RequireSameRecord(record, records);
        return new RecordReadAgain(channel, record.Said, records, records.FirstOrDefault(static r => r.Rejection is not null)?.Rejection);
    }

    /// <summary>Puts a record that was read again into the queue.</summary>
    public async Task<DeliveryReceipt> TakeInAsync(RecordReadAgain record, CancellationToken cancellationToken)
    {
        await reader.RememberAsync(record.Channel, record.Records, cancellationToken);
        return await KeepAsync(record.Channel, record.Records, record.Said, cancellationToken);
    }

    private void Verify(Channel channel, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var verdict = ChannelSignature.Verify(channel, request, body, time.GetUtcNow());
        if (verdict != SignatureVerdict.Valid)
            throw SignatureProblems.Of(channel, verdict);
    }

    private async Task<DeliveryReceipt> KeepAsync(
        Channel channel,
        IReadOnlyList<IncomingRecord> records,
        DeliveryHeaders? said,
        CancellationToken cancellationToken
    )
    {
        // Quarantine first: the answer is 202 only when every record is kept, and until then the sender will try again.
        var rejected = records.Where(static r => r.Rejection is not null).ToList();
        var quarantined = rejected.Count == 0 ? [] : await QuarantineAsync(channel, rejected, said, cancellationToken);
        var screened = recent.Screen([.. records.Where(static r => r.Rejection is null).SelectMany(static r => r.Events)]);
        var conflicts = screened.Where(static s => s.Conflicts).Select(static s => s.Event).ToHashSet(ReferenceEqualityComparer.Instance);
        foreach (var type in conflicts.Cast<QueuedEvent>().GroupBy(static c => c.Type))
            await ReportConflictsAsync([.. type], cancellationToken);
        // A record is accepted as a whole or not at all.
        var inConflict = records.Where(r => r.Events.Any(conflicts.Contains)).ToHashSet();
        var heldBack = inConflict.SelectMany(static r => r.Events).ToHashSet(ReferenceEqualityComparer.Instance);
        List<ScreenedEvent> accepted = [.. screened.Where(s => !heldBack.Contains(s.Event))];
        if (accepted.Count > 0)
            await queue.SendAsync([.. accepted.Select(static s => s.Event)], cancellationToken);
        recent.Remember(accepted);
        var receipts = records.Select(r => ReceiptOf(r, quarantined, inConflict.Contains(r))).ToList();
        var receipt = new DeliveryReceipt(receipts.Count(static r => r.Status == "accepted"), rejected.Count, receipts)
        {
            Conflicts = receipts.Count(static r => r.Status == "conflict"),
            Ignored = receipts.Count(static r => r.Status == "ignored"),
        };
        Count("accepted", receipt.Accepted);
        Count("quarantined", receipt.Quarantined);
        Count("conflict", receipt.Conflicts);
        Count("ignored", receipt.Ignored);
        return receipt;
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
                "quarantined",
                Clip.To(rejection.Field, IdCharacters),
                rejection.Reason,
                quarantined[record]
            );
        if (record.IgnoredBecause is { } reason)
            return new RecordReceipt(record.Id, "ignored", Reason: reason);
        return isConflict
            ? new RecordReceipt(
                record.Id,
                "conflict",
                "id",
                "was accepted before with different content, which stays in force; send the new content under a new id"
            )
            : new RecordReceipt(record.Id, "accepted");
    }

    private async Task<Dictionary<IncomingRecord, string>> QuarantineAsync(
        Channel channel,
        IReadOnlyList<IncomingRecord> rejected,
        DeliveryHeaders? said,
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
