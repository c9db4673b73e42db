using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// A text made fit: <c>{"trim": "0", "case": "upper", "prefix": "SKU-", "length": 12}</c>. <c>trim</c> takes these characters off its
/// beginning, <c>length</c> keeps so many.
/// </summary>
internal sealed class MappingText : MappingValue
{
    private const int Longest = 512;

    private readonly MappingValue value;
    private readonly string prefix,
        letters;
    private readonly char[] trimmed;
    private readonly int length;

    private MappingText(MappingMember member, MappingValue value)
    {
        member.Only("trim", "case", "prefix", "length");
        this.value = value;
        prefix = member.Find("prefix")?.Text() ?? "";
        letters = member.Find("case")?.Text() ?? "same";
        trimmed = [.. member.Find("trim")?.Text() ?? ""];
        length = member.Find("length") is { } most ? (int)Math.Clamp(most.Number(), 1, Longest) : Longest;
        if (letters is not ("same" or "upper" or "lower"))
            throw member.Wrong($"has the case '{letters}'; use upper or lower");
    }

    public static MappingText Read(MappingMember member, MappingValue value) => new(member, value);

    public override JsonNode? Of(MappingScope scope)
    {
        if (value.Of(scope)?.ToString().Trim() is not { Length: > 0 } given)
            return null;
        var text = trimmed.Length == 0 ? given : given.TrimStart(trimmed);
        text = letters switch
        {
            "upper" => text.ToUpperInvariant(),
            "lower" => text.ToLowerInvariant(),
            _ => text,
        };
        text = prefix + text;
        return text.Length == 0 ? null : JsonValue.Create(text.Length <= length ? text : text[..length]);
    }
}
