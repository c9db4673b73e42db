using System.Text.Json;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>A mapping can't be used.</summary>
/// <param name="field">Where in the mapping: <c>events[0].data.lines</c>.</param>
/// <param name="reason">What is wrong, for who wrote it.</param>
public sealed class MappingMistakeException(string field, string reason) : Exception($"{field} {reason}")
{
    public Rejection Rejection { get; } = new(field, reason);
}

/// <summary>A member of a mapping, with where it stands, so that a mistake can be named.</summary>
internal readonly struct MappingMember(JsonElement element, string at)
{
    public JsonElement Element => element;

    public string At => at;

    public bool IsObject => element.ValueKind == JsonValueKind.Object;

    public MappingMember? Find(string name) =>
        element.ValueKind == JsonValueKind.Object && element.TryGetProperty(name, out var found)
            ? new MappingMember(found, at.Length == 0 ? name : $"{at}.{name}")
            : null;

    public MappingMember Get(string name) => Find(name) ?? throw Wrong($"lacks {name}");

    public IEnumerable<(string Name, MappingMember Member)> Members()
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("must be an object");
        foreach (var member in element.EnumerateObject())
            yield return (member.Name, new MappingMember(member.Value, at.Length == 0 ? member.Name : $"{at}.{member.Name}"));
    }

    public IReadOnlyList<MappingMember> Items(int most)
    {
        if (element.ValueKind != JsonValueKind.Array || element.GetArrayLength() is 0)
            throw Wrong("must be a list of one or more");
        if (element.GetArrayLength() > most)
            throw Wrong($"has {element.GetArrayLength()} items; at most {most} are allowed");
        var place = at;
        return [.. element.EnumerateArray().Select((item, i) => new MappingMember(item, $"{place}[{i}]"))];
    }

    public string Text() =>
        element.ValueKind == JsonValueKind.String && element.GetString() is { } text ? text : throw Wrong("must be a text");

    public decimal Number() =>
        element.ValueKind == JsonValueKind.Number && element.TryGetDecimal(out var number) ? number : throw Wrong("must be a number");

    public bool Flag() =>
        element.ValueKind is JsonValueKind.True or JsonValueKind.False ? element.GetBoolean() : throw Wrong("must be true or false");

    public SourcePath Path()
    {
        try
        {
            return SourcePath.Parse(Text());
        }
        catch (FormatException broken)
        {
            throw Wrong(broken.Message);
        }
    }

    /// <summary>Refuses members that are not among the known ones.</summary>
    public void Only(params ReadOnlySpan<string> known)
    {
        if (element.ValueKind != JsonValueKind.Object)
            throw Wrong("must be an object");
        foreach (var member in element.EnumerateObject())
            if (!known.Contains(member.Name))
                throw Wrong($"has {member.Name}; {NearestName.Hint(member.Name, [.. known])}");
    }

    public MappingMistakeException Wrong(string reason) => new(at, reason);
}
