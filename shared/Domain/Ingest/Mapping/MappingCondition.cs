using System.Text.Json;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// When a part of a mapping applies: <c>{"path": "$.status", "in": ["paid"]}</c>, with <c>is</c>, <c>in</c>, <c>exists</c>, <c>above</c>
/// or <c>below</c>; combined by <c>all</c>, <c>any</c> and <c>not</c>.
/// </summary>
internal abstract class MappingCondition
{
    private const int MostParts = 50;

    public abstract bool Holds(MappingScope scope);

    public static MappingCondition Read(MappingMember member)
    {
        if (member.Find("all") is { } all)
            return new Combined([.. all.Items(MostParts).Select(Read)], All: true);
        if (member.Find("any") is { } any)
            return new Combined([.. any.Items(MostParts).Select(Read)], All: false);
        if (member.Find("not") is { } not)
            return new Negated(Read(not));
        member.Only("path", "is", "in", "exists", "above", "below");
        var path = member.Get("path").Path();
        if (member.Find("is") is { } one)
            return new OneOf(path, [TextOf(one.Element)]);
        if (member.Find("in") is { } several)
            return new OneOf(path, [.. several.Items(MostParts).Select(static s => TextOf(s.Element))]);
        if (member.Find("exists") is { } exists)
            return exists.Flag() ? new Exists(path) : new Negated(new Exists(path));
        if (member.Find("above") is { } above)
            return new Compared(path, above.Number(), Above: true);
        return member.Find("below") is { } below
            ? new Compared(path, below.Number(), Above: false)
            : throw member.Wrong("lacks is, in, exists, above or below");
    }

    // A status is a text in one system and a number in another; a reader of the mapping means the same by 1 and "1".
    private static string TextOf(JsonElement element) => element.ToString();

    private sealed class Combined(IReadOnlyList<MappingCondition> parts, bool All) : MappingCondition
    {
        public override bool Holds(MappingScope scope) => All ? parts.All(p => p.Holds(scope)) : parts.Any(p => p.Holds(scope));
    }

    private sealed class Negated(MappingCondition inner) : MappingCondition
    {
        public override bool Holds(MappingScope scope) => !inner.Holds(scope);
    }

    private sealed class Exists(SourcePath path) : MappingCondition
    {
        public override bool Holds(MappingScope scope) => path.First(scope) is not null;
    }

    private sealed class OneOf(SourcePath path, HashSet<string> values) : MappingCondition
    {
        public override bool Holds(MappingScope scope) => path.First(scope) is { } found && values.Contains(TextOf(found));
    }

    private sealed class Compared(SourcePath path, decimal limit, bool Above) : MappingCondition
    {
        public override bool Holds(MappingScope scope)
        {
            if (path.First(scope) is not { } found || MappingNumber.Default.Of(found) is not { } number)
                return false;
            return Above ? number > limit : number < limit;
        }
    }
}
