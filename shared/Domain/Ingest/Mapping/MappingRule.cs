using System.Text.Json;
using System.Text.Json.Nodes;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// Makes events of one type of a record: <c>type</c>, <c>when</c> it applies, <c>each</c> item of a list that has an event of its own,
/// <c>id</c>, <c>time</c>, <c>sequence</c>, <c>data</c>.
/// </summary>
internal sealed class MappingRule
{
    private readonly string type;
    private readonly MappingCondition? when;
    private readonly SourcePath? each;
    private readonly MappingValue id,
        time,
        data;
    private readonly MappingValue? sequence;

    private MappingRule(MappingMember member)
    {
        member.Only("type", "when", "each", "id", "time", "sequence", "data");
        type = member.Get("type").Text();
        if (EventTypes.Find(type) is null)
            throw new MappingMistakeException(
                $"{member.At}.type",
                $"is not an event type; {NearestName.Hint(type, [.. EventTypes.Names])}"
            );
        when = member.Find("when") is { } condition ? MappingCondition.Read(condition) : null;
        each = member.Find("each")?.Path();
        id = MappingValue.Read(member.Get("id"));
        time = MappingValue.Read(member.Get("time"));
        sequence = member.Find("sequence") is { } order ? MappingValue.Read(order) : null;
        data = MappingValue.Read(member.Get("data"));
    }

    public static MappingRule Read(MappingMember member) => new(member);

    public string Type => type;

    /// <summary>Where in the record the rule applies: once, once for each item, or not at all.</summary>
    public IEnumerable<MappingScope> Applications(MappingScope scope)
    {
        foreach (var one in each is null ? [scope.Record] : each.All(scope))
        {
            var inner = scope.In(one);
            if (when?.Holds(inner) != false)
                yield return inner;
        }
    }

    /// <returns>The id of the event, also where the rest of it can't be made; null where there is none.</returns>
    public string? IdOf(MappingScope scope)
    {
        try
        {
            return id.Of(scope)?.ToString();
        }
        catch (FieldException)
        {
            return null;
        }
    }

    /// <summary>The event as a CloudEvent.</summary>
    /// <exception cref="FieldException">A value can't be made.</exception>
    public ReadOnlyMemory<byte> Event(MappingScope scope, string source)
    {
        var made = new JsonObject
        {
            ["specversion"] = "1.0",
            ["type"] = type,
            ["source"] = source,
            ["id"] = id.Of(scope)?.ToString() ?? throw new FieldException("id", "is not in the record"),
            ["time"] = TimeOf(scope),
            ["data"] = data.Of(scope) ?? new JsonObject(),
        };
        if (sequence?.Of(scope) is { } order)
            made["sequence"] = order.ToString();
        return JsonSerializer.SerializeToUtf8Bytes(made, MappingJson.Default.JsonObject);
    }

    private string TimeOf(MappingScope scope)
    {
        var given = time.Of(scope)?.ToString() ?? throw new FieldException("time", "is not in the record");
        var element = JsonSerializer.SerializeToElement(JsonValue.Create(given), MappingJson.Default.JsonNode);
        return (
            MappingTime.Default.Of(element)
            ?? throw new FieldException("time", $"gets '{Clip.To(given, 60)}'; use @time to say how it is written")
        ).ToString("O");
    }
}
