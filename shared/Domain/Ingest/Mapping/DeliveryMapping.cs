using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>A record of a mapped delivery.</summary>
/// <param name="Id">The id of its first event; null where it has none.</param>
/// <param name="Type">The type of its first event.</param>
/// <param name="Record">As it was sent.</param>
/// <param name="Translation">What it became.</param>
public sealed record MappedRecord(string? Id, string? Type, JsonElement Record, Translation Translation);

/// <summary>
/// A mapping of any JSON to canonical events, so that a new system needs no code: a document with <c>records</c>, the path of the records
/// in a delivery, and <c>events</c>, the rules that make events of a record. docs/mapping.md explains it by examples.
/// </summary>
public sealed class DeliveryMapping
{
    /// <summary>Bytes of a mapping.</summary>
    public const int MostBytes = 128 * 1024;

    private const int MostRules = 50,
        MostEventsOfRecord = 5_000;

    private readonly SourcePath records;
    private readonly IReadOnlyList<MappingRule> rules;

    private DeliveryMapping(MappingMember member)
    {
        member.Only("$schema", "description", "records", "events");
        _ = (member.Find("$schema")?.Text(), member.Find("description")?.Text());
        records = member.Find("records")?.Path() ?? SourcePath.Parse("$$");
        rules = [.. member.Get("events").Items(MostRules).Select(MappingRule.Read)];
    }

    /// <summary>JSON Schema of a mapping, for editors; what holds is said by <see cref="Read"/>.</summary>
    public static string SchemaJson { get; } = EmbeddedText.Of("mapping.schema.json");

    /// <exception cref="MappingMistakeException">It can't be used; the message names the member.</exception>
    public static DeliveryMapping Read(JsonElement document) => new(new MappingMember(document, ""));

    /// <summary>Translates a delivery. A body that is a list is a list of records where the mapping names none.</summary>
    /// <param name="body">The delivery.</param>
    /// <param name="channel">Who sent it.</param>
    /// <param name="now">Our clock.</param>
    public IReadOnlyList<MappedRecord> Translate(JsonElement body, ChannelId channel, DateTimeOffset now)
    {
        var whole = new MappingScope(body, body);
        var found = records.All(whole).SelectMany(static r => r.ValueKind == JsonValueKind.Array ? r.EnumerateArray().ToArray() : [r]);
        var taken = found.Take(Limits.BatchRecords + 1).ToList();
        if (taken.Count > Limits.BatchRecords)
            return
            [
                new(
                    null,
                    null,
                    body,
                    Translation.Rejected(records.Text, $"has more than {Limits.BatchRecords} records; send fewer at once")
                ),
            ];
        return [.. taken.Select(record => Translate(whole.In(record), channel, now))];
    }

    /// <summary>
    /// A delivery of one of its records alone, which makes the same of it; the whole delivery where the records do not stand in one list.
    /// </summary>
    public ReadOnlyMemory<byte> Alone(JsonElement body, JsonElement record)
    {
        if (records.IsWhole)
            return JsonSerializer.SerializeToUtf8Bytes(record, MappingJson.Default.JsonElement);
        var copy = JsonNode.Parse(body.GetRawText(), documentOptions: new JsonDocumentOptions { MaxDepth = Limits.JsonDepth });
        return records.Replace(copy, new JsonArray(JsonNode.Parse(record.GetRawText())))
            ? JsonSerializer.SerializeToUtf8Bytes(copy, MappingJson.Default.JsonNode)
            : JsonSerializer.SerializeToUtf8Bytes(body, MappingJson.Default.JsonElement);
    }

    // A record that is refused keeps the id and type of its first event: a correction is of the same record only.
    private MappedRecord Translate(MappingScope scope, ChannelId channel, DateTimeOffset now)
    {
        (string? Id, string? Type) first = default;
        MappedRecord Made(Translation translation) => new(first.Id, first.Type, scope.Record, translation);

        var events = new List<TranslatedEvent>();
        try
        {
            foreach (var (rule, place) in rules.SelectMany(rule => rule.Applications(scope).Select(place => (rule, place))))
            {
                if (first.Type is null)
                    first = (rule.IdOf(place), rule.Type);
                if (events.Count == MostEventsOfRecord)
                    return Made(Translation.Rejected("", $"makes more than {MostEventsOfRecord} events"));
                var read = CloudEventReader.Read(rule.Event(place, $"mapping/{channel}").Span, channel, now);
                if (read.Rejection is { } broken)
                    return Made(new Translation([], broken));
                events.Add(new TranslatedEvent(read.Header!, read.Data!));
            }
        }
        catch (FieldException broken)
        {
            return Made(new Translation([], broken.Rejection));
        }
        catch (InvalidOperationException notUnicode)
        {
            return Made(Translation.Rejected("", $"has a text that is not Unicode: {notUnicode.Message}"));
        }
        return Made(events.Count > 0 ? new Translation(events, null) : Translation.Ignored("no rule of the mapping applies to it"));
    }
}
