using System.Globalization;
using Stockgate.Domain.Events;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Archive;

/// <summary>Describes deliveries for the archive.</summary>
internal static class ArchivedDeliveries
{
    public static ArchivedDelivery Of(
        string id,
        ReceivedDelivery delivery,
        DeliveryOrigin origin,
        IReadOnlyList<IncomingRecord> records,
        KeptRecords kept
    ) =>
        new()
        {
            Id = id,
            Channel = delivery.Channel.Id,
            ReceivedAt = delivery.ReceivedAt,
            Origin = origin,
            Topic = delivery.Topic.Length > 0 ? delivery.Topic : null,
            Said = delivery.Said,
            Records = [.. records.Zip(kept.Receipt.Records, (record, receipt) => Of(record, receipt, kept.Contents))],
        };

    /// <summary>A hash of what an event says, as the archive keeps it.</summary>
    public static string ContentOf(UInt128 content) => content.ToString("x32", CultureInfo.InvariantCulture)[..16];

    private static ArchivedRecord Of(IncomingRecord record, RecordReceipt receipt, IReadOnlyDictionary<QueuedEvent, UInt128> contents) =>
        new(receipt.Id, record.Topic ?? record.Events.Select(static e => e.Type).FirstOrDefault(), receipt.Status)
        {
            Field = receipt.Field,
            Reason = receipt.Reason,
            QuarantineId = receipt.QuarantineId,
            Events = receipt.Status == RecordReceipt.Accepted ? [.. record.Events.Select(e => Of(e, contents[e]))] : [],
        };

    private static ArchivedEvent Of(QueuedEvent queued, UInt128 content) =>
        new(queued.Header.Id, queued.Type, queued.Data.Subject, [.. EventSkus.Of(queued.Data)], ContentOf(content));
}
