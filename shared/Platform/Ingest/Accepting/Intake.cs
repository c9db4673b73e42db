using System.Diagnostics.Metrics;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Freshness;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Ingest.Signing;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Accepting;

/// <summary>A quarantined record, read again.</summary>
/// <param name="Rejection">Why it still can't be taken in; null if it can.</param>
public sealed record RecordReadAgain(ReceivedDelivery Delivery, IReadOnlyList<IncomingRecord> Records, Rejection? Rejection);

/// <summary>
/// Accepts deliveries: verifies, splits into records, translates, stores each record in the queue or in quarantine, and archives the whole.
/// </summary>
public sealed class Intake(
    Channels channels,
    DeliveryReader reader,
    RecordKeeper keeper,
    DeliveryArchive archive,
    RefusedDeliveries refused,
    FreshnessMeter freshness,
    TimeProvider time
)
{
    public const string MeterName = "Stockgate.Ingest";

    private static readonly Meter Meter = new(MeterName);
    private static readonly Counter<long> Refusals = Meter.CreateCounter<long>(
        "stockgate.ingest.refusals",
        description: "Requests refused, by problem."
    );

    /// <exception cref="ProblemException">The request is refused; nothing of it is stored but that it was.</exception>
    public async Task<DeliveryReceipt> AcceptAsync(string channelName, HttpRequest request, CancellationToken cancellationToken)
    {
        Channel? channel = null;
        try
        {
            channel = await channels.RequireOpenAsync(channelName, cancellationToken);
            IngestProblems.CheckMediaType(request);
            using var room = new LargeBodyRoom();
            var body = await RequestBody.ReadAsync(request, room, cancellationToken);
            Verify(channel, request, body.Memory);
            channels.Admit(channel, request.HttpContext.Response);
            var posted = new ReceivedDelivery(
                channel,
                ChannelDelivery.TopicOf(channel, request.Headers),
                ChannelDelivery.BodyOf(channel, request, body.Memory),
                ChannelDelivery.HeadersOf(channel, request.Headers),
                time.GetUtcNow()
            )
            {
                Headers = () => SafeHeaders.Of(request.Headers),
            };
            var delivery = await reader.FillAsync(posted, cancellationToken);
            var records = await reader.ReadAsync(delivery, cancellationToken);
            var receipt = await KeepAsync(delivery, DeliveryOrigin.Webhook, records, cancellationToken);
            freshness.Note(records.SelectMany(static r => r.Events), delivery.ReceivedAt);
            // Only after success: a send that was given up may still read the buffer, which then must not serve another request.
            body.Dispose();
            return receipt;
        }
        catch (ProblemException problem)
        {
            Refusals.Add(1, new KeyValuePair<string, object?>("problem", problem.Slug));
            if (channel is not null)
                refused.Note(channel, problem, time.GetUtcNow());
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
        var kept = new ReceivedDelivery(channel, record.Topic ?? "", bytes, record.Said, time.GetUtcNow());
        var delivery = await reader.FillAsync(kept, cancellationToken);
        var records = await reader.ReadAsync(delivery, cancellationToken);
        QuarantineCorrection.RequireSameRecord(record, records);
        return new RecordReadAgain(delivery, records, records.FirstOrDefault(static r => r.Rejection is not null)?.Rejection);
    }

    /// <summary>Puts a record that was read again into the queue.</summary>
    public Task<DeliveryReceipt> TakeInAsync(RecordReadAgain record, CancellationToken cancellationToken) =>
        KeepAsync(record.Delivery, DeliveryOrigin.Correction, record.Records, cancellationToken);

    /// <summary>Takes in the records of a part of a file, whose lines are the delivery's body.</summary>
    public Task<DeliveryReceipt> TakeInAsync(
        ReceivedDelivery lines,
        IReadOnlyList<IncomingRecord> records,
        CancellationToken cancellationToken
    ) => KeepAsync(lines, DeliveryOrigin.File, records, cancellationToken);

    // Archived last: a delivery of the archive was taken in, and a sender that is told so finds it there. After a crash in between the
    // sender, who was told nothing, comes again.
    private async Task<DeliveryReceipt> KeepAsync(
        ReceivedDelivery delivery,
        DeliveryOrigin origin,
        IReadOnlyList<IncomingRecord> records,
        CancellationToken cancellationToken
    )
    {
        await reader.RememberAsync(delivery, records, cancellationToken);
        var id = DeliveryArchive.NewId(delivery.ReceivedAt);
        var kept = await keeper.KeepAsync(
            delivery.Channel,
            records,
            delivery.Said,
            cancellationToken,
            origin: () => new QuarantineOrigin(id, delivery.Headers())
        );
        await archive.KeepAsync(ArchivedDeliveries.Of(id, delivery, origin, records, kept), delivery.Body, cancellationToken);
        return kept.Receipt with { DeliveryId = id };
    }

    private void Verify(Channel channel, HttpRequest request, ReadOnlyMemory<byte> body)
    {
        var verdict = ChannelSignature.Verify(channel, request, body, time.GetUtcNow());
        if (verdict != SignatureVerdict.Valid)
            throw SignatureProblems.Of(channel, verdict);
    }
}
