using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// A source's word for ours: <c>{"map": {"WH1": "warehouse"}, "else": "unknown"}</c>. Without <c>else</c> a word that is not in the map
/// rejects the record, so that a new location is noticed; <c>"else": "$"</c> keeps the source's own word.
/// </summary>
internal sealed class MappingLookup : MappingValue
{
    private const int MostWords = 1_000;

    private readonly MappingValue value;
    private readonly Dictionary<string, string> words;
    private readonly string? other;
    private readonly string at;

    private MappingLookup(MappingMember member, MappingValue value)
    {
        member.Only("map", "else");
        (this.value, at) = (value, member.At);
        words = member.Get("map").Members().ToDictionary(static m => m.Name, static m => m.Member.Text(), StringComparer.Ordinal);
        if (words.Count is 0 or > MostWords)
            throw member.Wrong($"has {words.Count} words; give 1 to {MostWords}");
        other = member.Find("else")?.Text();
    }

    public static MappingLookup Read(MappingMember member, MappingValue value) => new(member, value);

    public override JsonNode? Of(MappingScope scope)
    {
        if (value.Of(scope)?.ToString() is not { } given)
            return null;
        if (words.TryGetValue(given, out var ours))
            return JsonValue.Create(ours);
        if (other is null)
            throw new FieldException(at, $"does not know '{Clip.To(given, 60)}'; add it to the map, then replay this record");
        return JsonValue.Create(other == "$" ? given : other);
    }
}
