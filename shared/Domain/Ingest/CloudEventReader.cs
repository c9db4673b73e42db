using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>A parsed record: an event or a rejection. The id is known in both cases where the record has a readable one.</summary>
public sealed record ReadRecord(string? Id, string? Type, EventHeader? Header, ChannelEvent? Data, Rejection? Rejection)
{
    /// <summary>Fields of the data that its type does not have: they are passed over.</summary>
    public IReadOnlyList<PassedOver> PassedOver { get; init; } = [];

    /// <summary>Why it is neither: an event of another system's, which nothing here uses; null for any other.</summary>
    public string? IgnoredBecause { get; init; }

    public static ReadRecord Rejected(string? id, string? type, string field, string reason) =>
        new(id, type, null, null, new Rejection(field, reason));
}

/// <summary>
/// Reads canonical events: CloudEvents 1.0 in structured JSON mode
/// (https://github.com/cloudevents/spec/blob/v1.0.2/cloudevents/formats/json-format.md).
/// </summary>
public static class CloudEventReader
{
    private const string MustBe = "must be a text of 1 to 256 characters";

    /// <summary>Reads one event from its bytes and validates it by the rules of its type.</summary>
    /// <param name="record">One JSON object.</param>
    /// <param name="channel">The channel that delivered it.</param>
    /// <param name="now">Our clock: an event further than <see cref="Limits.Future"/> ahead of it is impossible.</param>
    /// <param name="tellPassedOver">Whether to name unknown fields of the data; projection doesn't, because the sender is gone.</param>
    public static ReadRecord Read(ReadOnlySpan<byte> record, ChannelId channel, DateTimeOffset now, bool tellPassedOver = false)
    {
        var envelope = new Envelope();
        try
        {
            envelope = Envelope.Read(record);
        }
        // A text that is not Unicode (half a surrogate pair, broken UTF-8) is found only when it is read, and then not as a JsonException.
        catch (Exception broken) when (broken is JsonException or InvalidOperationException)
        {
            return ReadRecord.Rejected(null, null, "", $"is not JSON: {broken.Message}");
        }
        var (id, type) = (envelope.Id, envelope.Type);
        ReadRecord Rejected(string field, string reason) => ReadRecord.Rejected(id, type, field, reason);

        if (record.Length > Limits.RecordBytes)
            return Rejected("", $"has {record.Length} bytes; a record may have at most {Limits.RecordBytes}. Split it into several events");
        if (envelope.SpecVersion != "1.0")
            return Rejected("specversion", "must be \"1.0\"");
        if (id is not { Length: > 0 and <= 256 })
            return Rejected("id", MustBe);
        if (envelope.Source is not { Length: > 0 and <= 256 })
            return Rejected("source", MustBe);
        if (type is null)
            return Rejected("type", "is missing");
        if (EventTypes.Find(type) is not { } form)
            return IsForeign(type)
                ? new ReadRecord(id, type, null, null, null) { IgnoredBecause = $"events of type '{Clip.To(type, 200)}' are not used" }
                : Rejected("type", $"'{Clip.To(type, 200)}' is not known; the types are {string.Join(", ", EventTypes.Names)}");
        if (envelope.DataContentType is { } content && !content.StartsWith("application/json", StringComparison.OrdinalIgnoreCase))
            return Rejected("datacontenttype", "must be application/json");
        if (!Moment.TryParse(envelope.Time, out var time))
            return Rejected("time", "must be a time such as 2026-03-01T09:30:00Z (RFC 3339)");
        if (Moment.Mistake(time, now) is { } impossible)
            return new ReadRecord(id, type, null, null, new Rejection("time", impossible) { OfClock = true });
        if (envelope.Sequence is null)
            return Rejected("sequence", "must be a whole number, as a number or a text");
        if (envelope.Data.IsEmpty)
            return Rejected("data", "is missing");
        try
        {
            var (data, passedOver) = DataOf(record[envelope.Data.Start..envelope.Data.End], form, tellPassedOver);
            if (data is null)
                return Rejected("data", "is null");
            if (((data as OrderEvent)?.CheckNames() ?? data.Check()) is { } broken)
                return Rejected($"data.{broken.Field}", broken.Reason);
            return new ReadRecord(id, type, new EventHeader(channel, envelope.Source, id, time, envelope.Sequence.Value), data, null)
            {
                PassedOver = passedOver,
            };
        }
        catch (JsonException broken)
        {
            var mistake = JsonMistake.Of(broken);
            return Rejected(
                mistake.Field.Length == 0 ? "data" : $"data{(mistake.Field[0] == '[' ? "" : ".")}{mistake.Field}",
                mistake.Reason
            );
        }
    }

    // One of ours that is mistyped, or newer than this version, must not be lost as if it were another system's.
    private static bool IsForeign(string type) =>
        type.Length <= 256
        && !type.StartsWith(EventTypes.Prefix, StringComparison.OrdinalIgnoreCase)
        && NearestName.To(type, EventTypes.Names) is null;

    // Most records have no unknown field and are read once. What the strict form refuses is read again, by the form that counts.
    private static (ChannelEvent?, IReadOnlyList<PassedOver>) DataOf(ReadOnlySpan<byte> data, JsonTypeInfo form, bool tellPassedOver)
    {
        if (!tellPassedOver)
            return ((ChannelEvent?)JsonSerializer.Deserialize(data, form), []);
        try
        {
            return ((ChannelEvent?)JsonSerializer.Deserialize(data, EventTypes.Strict(form)), []);
        }
        catch (JsonException)
        {
            var read = (ChannelEvent?)JsonSerializer.Deserialize(data, form);
            return (read, Ingest.PassedOver.In(data.ToArray(), form));
        }
    }

    /// <summary>The attributes around the data, and where in the record the data stands.</summary>
    private ref struct Envelope
    {
        public string? SpecVersion,
            Id,
            Source,
            Type,
            Time,
            DataContentType;
        public long? Sequence;
        public DataRange Data;

        public static Envelope Read(ReadOnlySpan<byte> record)
        {
            var envelope = new Envelope { Sequence = 0 };
            var reader = new Utf8JsonReader(record, new JsonReaderOptions { MaxDepth = Limits.JsonDepth });
            reader.Read();
            if (reader.TokenType != JsonTokenType.StartObject)
                throw new JsonException("a record is an object");
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                if (reader.ValueTextEquals("data"u8))
                    envelope.Data = DataRange.Of(ref reader);
                else if (reader.ValueTextEquals("id"u8))
                    envelope.Id = Text(ref reader);
                else if (reader.ValueTextEquals("source"u8))
                    envelope.Source = Text(ref reader);
                else if (reader.ValueTextEquals("type"u8))
                    envelope.Type = Text(ref reader);
                else if (reader.ValueTextEquals("time"u8))
                    envelope.Time = Text(ref reader);
                else if (reader.ValueTextEquals("specversion"u8))
                    envelope.SpecVersion = Text(ref reader);
                else if (reader.ValueTextEquals("datacontenttype"u8))
                    envelope.DataContentType = Text(ref reader);
                else if (reader.ValueTextEquals("sequence"u8))
                    envelope.Sequence = Number(ref reader);
                else
                    reader.Skip();
            }
            // Reads to the very end, so that what follows the object is not passed over.
            while (reader.Read()) { }
            return envelope;
        }

        private static string? Text(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.String)
                return reader.GetString();
            reader.Skip();
            return null;
        }

        private static long? Number(ref Utf8JsonReader reader)
        {
            reader.Read();
            if (reader.TokenType == JsonTokenType.Number && reader.TryGetInt64(out var number))
                return number;
            if (
                reader.TokenType == JsonTokenType.String
                && long.TryParse(reader.GetString(), NumberStyles.AllowLeadingSign, CultureInfo.InvariantCulture, out number)
            )
                return number;
            reader.Skip();
            return null;
        }
    }

    private readonly record struct DataRange(int Start, int End)
    {
        public bool IsEmpty => End == 0;

        public static DataRange Of(ref Utf8JsonReader reader)
        {
            reader.Read();
            var start = (int)reader.TokenStartIndex;
            reader.Skip();
            return new DataRange(start, (int)reader.BytesConsumed);
        }
    }
}
