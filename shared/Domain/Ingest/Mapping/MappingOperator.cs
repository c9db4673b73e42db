using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// Reads what an operator does. Sources of a value: <c>@path</c>, <c>@const</c>, <c>@join</c> (texts one after the other), <c>@first</c>
/// (the first that is there), <c>@sum</c> (of numbers at a path), <c>@each</c> with <c>@data</c> (a list). Then, in this order:
/// <c>@lookup</c>, <c>@number</c>, <c>@time</c>, <c>@text</c>; <c>@when</c> leaves the value out, <c>@else</c> stands in for one that is
/// not there.
/// </summary>
internal static class MappingOperator
{
    private const int MostParts = 20;

    private static readonly string[] Sources = ["@path", "@const", "@join", "@first", "@sum", "@each"];

    public static MappingValue Read(MappingMember member, int depth)
    {
        member.Only([.. Sources, "@data", "@lookup", "@number", "@time", "@text", "@when", "@else"]);
        var named = Sources.Where(name => member.Find(name) is not null).ToList();
        if (named.Count != 1)
            throw member.Wrong($"must have one of {string.Join(", ", Sources)}");
        var value = Source(member, named[0], depth);
        if (member.Find("@lookup") is { } lookup)
            value = MappingLookup.Read(lookup, value);
        if (member.Find("@number") is { } number)
            value = new OfNumber(value, MappingNumber.Read(number), member.At);
        if (member.Find("@time") is { } time)
            value = new OfTime(value, MappingTime.Read(time), member.At);
        if (member.Find("@text") is { } text)
            value = MappingText.Read(text, value);
        // Of a list, the condition is of each item.
        if (named[0] != "@each" && member.Find("@when") is { } when)
            value = new If(value, MappingCondition.Read(when));
        return member.Find("@else") is { } other ? new FirstOf([value, MappingValue.Read(other, depth + 1)]) : value;
    }

    private static MappingValue Source(MappingMember member, string name, int depth)
    {
        var source = member.Get(name);
        return name switch
        {
            "@path" => new MappingValue.AtPath(source.Path()),
            "@const" => new MappingValue.Constant(source.Element),
            "@join" => new Joined([.. source.Items(MostParts).Select(part => MappingValue.Read(part, depth + 1))]),
            "@first" => new FirstOf([.. source.Items(MostParts).Select(part => MappingValue.Read(part, depth + 1))]),
            "@sum" => new Sum(source.Path()),
            _ => new Each(
                source.Path(),
                MappingValue.Read(member.Get("@data"), depth + 1),
                member.Find("@when") is { } when ? MappingCondition.Read(when) : null
            ),
        };
    }

    private sealed class Joined(IReadOnlyList<MappingValue> parts) : MappingValue
    {
        // A part that is missing would make two things one.
        public override JsonNode? Of(MappingScope scope)
        {
            var texts = parts.Select(part => part.Of(scope)?.ToString()).ToList();
            return texts.Contains(null) ? null : JsonValue.Create(string.Concat(texts));
        }
    }

    private sealed class FirstOf(IReadOnlyList<MappingValue> values) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope) =>
            values.Select(value => value.Of(scope)).FirstOrDefault(static v => v is not null);
    }

    private sealed class If(MappingValue value, MappingCondition condition) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope) => condition.Holds(scope) ? value.Of(scope) : null;
    }

    private sealed class Sum(SourcePath path) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope)
        {
            var sum = 0m;
            foreach (var found in path.All(scope))
                sum +=
                    MappingNumber.Default.Of(found)
                    ?? throw new FieldException(path.Text, $"is '{Clip.To(found.ToString(), 60)}', which is no number");
            return JsonValue.Create(sum);
        }
    }

    private sealed class Each(SourcePath path, MappingValue data, MappingCondition? when) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope)
        {
            var list = new JsonArray();
            foreach (var item in path.All(scope))
            {
                var inner = scope.In(item);
                if (when?.Holds(inner) == false)
                    continue;
                if (list.Count == Limits.OrderLines)
                    throw new FieldException(path.Text, $"has more than {Limits.OrderLines} items");
                if (data.Of(inner) is { } made)
                    list.Add(made);
            }
            return list;
        }
    }

    private sealed class OfNumber(MappingValue value, MappingNumber number, string at) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope) =>
            value.Of(scope) is not { } given || given.ToString().Length == 0
                ? null
                : JsonValue.Create(
                    number.Of(given.Element())
                        ?? throw new FieldException(at, $"gets '{Clip.To(given.ToString(), 60)}', which is no number in range")
                );
    }

    private sealed class OfTime(MappingValue value, MappingTime time, string at) : MappingValue
    {
        public override JsonNode? Of(MappingScope scope) =>
            value.Of(scope) is not { } given || given.ToString().Length == 0
                ? null
                : JsonValue.Create(
                    (
                        time.Of(given.Element())
                        ?? throw new FieldException(at, $"gets '{Clip.To(given.ToString(), 60)}', which is no such time")
                    ).ToString("O")
                );
    }

    private static JsonElement Element(this JsonNode node) => JsonSerializer.SerializeToElement(node, MappingJson.Default.JsonNode);
}
