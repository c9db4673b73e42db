using System.Buffers;
using System.Text.Json;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>Writes a canonical event as a CloudEvent in structured JSON mode.</summary>
public static class CloudEventWriter
{
    public static ReadOnlyMemory<byte> Write(EventHeader header, ChannelEvent data)
    {
        var buffer = new ArrayBufferWriter<byte>(512);
        using (var writer = new Utf8JsonWriter(buffer))
        {
            writer.WriteStartObject();
            writer.WriteString("specversion"u8, "1.0"u8);
            writer.WriteString("id"u8, header.Id);
            writer.WriteString("source"u8, header.Source);
            writer.WriteString("type"u8, EventTypes.NameOf(data));
            writer.WriteString("time"u8, header.OccurredAt);
            if (header.Sequence != 0)
                writer.WriteString("sequence"u8, header.Sequence.ToString(System.Globalization.CultureInfo.InvariantCulture));
            writer.WritePropertyName("data"u8);
            JsonSerializer.Serialize(writer, data, EventTypes.Find(EventTypes.NameOf(data))!);
            writer.WriteEndObject();
        }
        return buffer.WrittenMemory;
    }
}
