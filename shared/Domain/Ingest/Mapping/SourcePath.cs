using System.Globalization;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>What a path starts from.</summary>
/// <param name="Delivery">The whole body: <c>$$</c>.</param>
/// <param name="Record">The record, or the item of a list that is gone through: <c>$</c>.</param>
internal readonly record struct MappingScope(JsonElement Delivery, JsonElement Record)
{
    public MappingScope In(JsonElement item) => new(Delivery, item);
}

/// <summary>
/// Where a value stands in a source: <c>$.items[*].sku</c>. A part of JSONPath (RFC 9535): names, <c>['any name']</c>, <c>[0]</c> and
/// <c>[*]</c>. <c>$</c> is the record or the item that is gone through, <c>$$</c> the whole delivery.
/// </summary>
public sealed class SourcePath
{
    private const int MostSteps = 16,
        LongestPath = 256;

    private readonly record struct Step(string? Name, int Index, bool All);

    private readonly List<Step> steps = [];
    private readonly bool ofDelivery;

    private SourcePath(string text)
    {
        Text = text;
        ofDelivery = text.StartsWith("$$", StringComparison.Ordinal);
        var rest = text.AsSpan(ofDelivery ? 2 : 1);
        while (!rest.IsEmpty)
        {
            if (steps.Count == MostSteps)
                throw Wrong($"has more than {MostSteps} steps");
            var (step, length) = rest[0] == '[' ? Bracket(rest) : Dotted(rest);
            steps.Add(step);
            rest = rest[length..];
        }
    }

    /// <summary>As it was written.</summary>
    public string Text { get; }

    /// <exception cref="FormatException">It is no path; the message says what is wrong.</exception>
    public static SourcePath Parse(string text) =>
        text.Length is > 0 and <= LongestPath && text[0] == '$'
            ? new SourcePath(text)
            : throw new FormatException($"'{Clip.To(text, 60)}' must begin with $ and have at most {LongestPath} characters");

    /// <summary>Every value that is there; null counts as not there.</summary>
    internal IEnumerable<JsonElement> All(MappingScope scope)
    {
        IEnumerable<JsonElement> found = [ofDelivery ? scope.Delivery : scope.Record];
        foreach (var step in steps)
            found = found.SelectMany(element => Follow(element, step));
        return found.Where(static e => e.ValueKind is not (JsonValueKind.Null or JsonValueKind.Undefined));
    }

    /// <summary>The first value that is there.</summary>
    internal JsonElement? First(MappingScope scope)
    {
        foreach (var element in All(scope))
            return element;
        return null;
    }

    /// <summary>Whether it is the delivery itself.</summary>
    internal bool IsWhole => steps.Count == 0;

    /// <summary>Puts a list in the place of the one that the path names, by names alone and <c>[*]</c> at most at its end.</summary>
    /// <returns>False where the path is another one; the delivery is as it was then.</returns>
    internal bool Replace(JsonNode? delivery, JsonArray list)
    {
        var names = steps is [.., { All: true }] ? steps[..^1] : steps;
        if (names.Count == 0 || names.Any(static step => step.Name is null))
            return false;
        foreach (var step in names[..^1])
            delivery = (delivery as JsonObject)?[step.Name!];
        if (delivery is not JsonObject holder)
            return false;
        holder[names[^1].Name!] = list;
        return true;
    }

    private static IEnumerable<JsonElement> Follow(JsonElement from, Step step)
    {
        if (step.All)
            return from.ValueKind == JsonValueKind.Array ? from.EnumerateArray() : [];
        if (step.Name is { } name)
            return from.ValueKind == JsonValueKind.Object && from.TryGetProperty(name, out var field) ? [field] : [];
        return from.ValueKind == JsonValueKind.Array && step.Index < from.GetArrayLength() ? [from[step.Index]] : [];
    }

    private (Step, int) Dotted(ReadOnlySpan<char> rest)
    {
        if (rest[0] != '.')
            throw Wrong($"has '{rest[0]}' where a point or [ is expected");
        var end = rest[1..].IndexOfAny('.', '[');
        var length = end < 0 ? rest.Length : end + 1;
        return length > 1 ? (new Step(rest[1..length].ToString(), 0, false), length) : throw Wrong("has a point without a name");
    }

    private (Step, int) Bracket(ReadOnlySpan<char> rest)
    {
        if (rest.Length > 1 && rest[1] == '\'')
        {
            var end = rest[2..].IndexOf("']", StringComparison.Ordinal);
            return end > 0 ? (new Step(rest.Slice(2, end).ToString(), 0, false), end + 4) : throw Wrong("has [' without a name and ']");
        }
        var close = rest.IndexOf(']');
        if (close < 0)
            throw Wrong("has [ without ]");
        var inner = rest[1..close];
        if (inner is "*")
            return (new Step(null, 0, true), close + 1);
        return int.TryParse(inner, NumberStyles.None, CultureInfo.InvariantCulture, out var index)
            ? (new Step(null, index, false), close + 1)
            : throw Wrong($"has [{inner}]; use [0], [*] or ['name']");
    }

    private FormatException Wrong(string what) => new($"'{Text}' {what}");
}
