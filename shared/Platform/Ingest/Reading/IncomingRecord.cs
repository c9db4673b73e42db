using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Signatures;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>One record of a delivery: its events, or the reason for its quarantine.</summary>
/// <param name="Topic">The event's type or the channel's topic.</param>
/// <param name="Products">Product data in it, for the directory of the channel's own ids.</param>
public sealed record IncomingRecord(
    string? Id,
    string? Topic,
    ReadOnlyMemory<byte> Bytes,
    IReadOnlyList<QueuedEvent> Events,
    Rejection? Rejection,
    IReadOnlyList<SaidProduct> Products
)
{
    /// <summary>Why nothing follows from it although nothing is wrong with it; null where something does.</summary>
    public string? IgnoredBecause { get; init; }

    /// <summary>Fields that the event's type does not have.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>Ids of the sender's own, for its later deliveries.</summary>
    public IReadOnlyList<SenderIds> Ids { get; init; } = [];
}

/// <summary>Product data, by whom and when.</summary>
public sealed record SaidProduct(EventHeader Header, ProductUpdated Said);

/// <summary>A delivery of canonical events: one, or an array of them.</summary>
internal static class CanonicalDelivery
{
    public static IReadOnlyList<IncomingRecord> Read(Channel channel, ReadOnlyMemory<byte> body, int buckets, DateTimeOffset now)
    {
        IReadOnlyList<Range> ranges;
        try
        {
            // A body that begins as an object is one record, whole: the reader of records will say if it isn't.
            ranges = body.Length > 0 && body.Span[0] == (byte)'{' ? [Range.All] : JsonRecords.Split(body.Span);
        }
        catch (JsonException broken)
        {
            return [new IncomingRecord(null, null, body, [], new Rejection("", $"is not a JSON event or batch: {broken.Message}"), [])];
        }
        var records = new IncomingRecord[ranges.Count];
        for (var i = 0; i < records.Length; i++)
        {
            var bytes = body[ranges[i]];
            var read = CloudEventReader.Read(bytes.Span, channel.Id, now, tellPassedOver: true);
            // The bytes are passed on unchanged, so that the signed content is what is projected.
            records[i] = new IncomingRecord(
                read.Id,
                read.Type,
                bytes,
                read.Data is { } data ? [new QueuedEvent(read.Header!, data, data.BucketIn(buckets), bytes)] : [],
                read.Rejection,
                read.Data is ProductUpdated product ? [new SaidProduct(read.Header!, product)] : []
            )
            {
                PassedOver = read.PassedOver,
                IgnoredBecause = read.IgnoredBecause,
            };
        }
        return records;
    }
}
