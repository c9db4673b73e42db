using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>A delivery that is translated to canonical events.</summary>
internal static class TranslatedDelivery
{
    /// <summary>Of one resource.</summary>
    public static IReadOnlyList<IncomingRecord> Read(
        ReadOnlyMemory<byte> body,
        string? topic,
        int buckets,
        Func<JsonElement, Translation> translate
    ) => Parsed(body, topic, root => [Record(IdIn(root), topic, body, translate(root), buckets)]);

    /// <summary>Of records, by the channel's mapping. What is kept of a record is a delivery of it alone, which is mapped alike.</summary>
    public static IReadOnlyList<IncomingRecord> Read(Channel channel, ReadOnlyMemory<byte> body, int buckets, DateTimeOffset now) =>
        Parsed(
            body,
            null,
            root =>
                [
                    .. channel
                        .Mapping!.Translate(root, channel.Id, now)
                        .Select(record =>
                            Record(
                                record.Id,
                                record.Type,
                                record.Translation.Rejection is null ? body : channel.Mapping.Alone(root, record.Record),
                                record.Translation,
                                buckets
                            )
                        ),
                ]
        );

    private static IReadOnlyList<IncomingRecord> Parsed(
        ReadOnlyMemory<byte> body,
        string? topic,
        Func<JsonElement, IReadOnlyList<IncomingRecord>> read
    )
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            return read(document.RootElement);
        }
        catch (JsonException broken)
        {
            return [new IncomingRecord(null, topic, body, [], new Rejection("", $"is not JSON: {broken.Message}"), [])];
        }
    }

    internal static IncomingRecord Record(string? id, string? topic, ReadOnlyMemory<byte> bytes, Translation translation, int buckets)
    {
        var events = translation
            .Events.Select(made => new QueuedEvent(
                made.Header,
                made.Data,
                made.Data.BucketIn(buckets),
                CloudEventWriter.Write(made.Header, made.Data)
            ))
            .ToList();
        var rejection = translation.Rejection;
        if (rejection is null && events.Exists(static e => e.Body.Length > Limits.RecordBytes))
            rejection = new Rejection("", $"translates to an event of more than {Limits.RecordBytes} bytes");
        if (rejection is not null)
            return new IncomingRecord(id, topic, bytes, [], rejection, []);
        var products = translation.Events.Where(static e => e.Data is ProductUpdated);
        return new IncomingRecord(
            id,
            topic,
            bytes,
            events,
            null,
            [.. products.Select(static e => new SaidProduct(e.Header, (ProductUpdated)e.Data))]
        )
        {
            IgnoredBecause = translation.IgnoredBecause,
            Ids = translation.Ids,
        };
    }

    // Invalid Unicode has no id to show; the translation reports the reason.
    private static string? IdIn(JsonElement root)
    {
        try
        {
            return root.ValueKind == JsonValueKind.Object && root.TryGetProperty("id", out var id) ? id.ToString() : null;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }
}
