using System.Buffers;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;

namespace Stockgate.Platform.Ingest.Reading;

/// <summary>
/// Events of Azure Event Grid in its own schema, as CloudEvents
/// (https://learn.microsoft.com/azure/event-grid/event-schema). Its CloudEvents need nothing: they are read as any other.
/// </summary>
/// <remarks>
/// Azure.Messaging.EventGrid is not used: of its types only five names of the envelope matter here, and its parser throws for the whole
/// batch where one event lacks one of them, while here the other ones go through.
/// </remarks>
internal static class EventGridEvents
{
    public const string TypeHeader = "aeg-event-type",
        Notification = "Notification";

    private static readonly (string Theirs, string Ours)[] Names =
    [
        ("id", "id"),
        ("topic", "source"),
        ("eventType", "type"),
        ("eventTime", "time"),
        ("subject", "subject"),
        ("data", "data"),
    ];

    public static bool Are(HttpRequest request) => request.Headers[TypeHeader] == Notification;

    /// <summary>The events of a body as CloudEvents. What is not in Event Grid's schema is left as it is.</summary>
    public static ReadOnlyMemory<byte> ToCloudEvents(ReadOnlyMemory<byte> body)
    {
        try
        {
            using var document = JsonDocument.Parse(body, new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
            if (document.RootElement.ValueKind != JsonValueKind.Array)
                return body;
            var buffer = new ArrayBufferWriter<byte>(body.Length + 512);
            using (var writer = new Utf8JsonWriter(buffer))
            {
                writer.WriteStartArray();
                foreach (var one in document.RootElement.EnumerateArray())
                    Write(writer, one);
                writer.WriteEndArray();
            }
            return buffer.WrittenMemory;
        }
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            // The reader of events says what is wrong.
            return body;
        }
    }

    private static void Write(Utf8JsonWriter writer, JsonElement one)
    {
        if (one.ValueKind != JsonValueKind.Object || !one.TryGetProperty("eventType", out _))
        {
            one.WriteTo(writer);
            return;
        }
        writer.WriteStartObject();
        writer.WriteString("specversion"u8, "1.0"u8);
        foreach (var (theirs, ours) in Names)
            if (one.TryGetProperty(theirs, out var value))
            {
                writer.WritePropertyName(ours);
                value.WriteTo(writer);
            }
        writer.WriteEndObject();
    }
}
