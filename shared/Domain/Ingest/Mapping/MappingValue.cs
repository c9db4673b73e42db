using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Ingest.Mapping;

/// <summary>
/// A value of the canonical event. A text that begins with <c>$</c> is a path, any other text, number or flag stands for itself. An object
/// with a member that begins with <c>@</c> is an operator (see <see cref="MappingOperator"/>), any other object is a group of fields.
/// </summary>
internal abstract class MappingValue
{
    private const int MostFields = 100,
        Deepest = 8;

    /// <returns>Null where the source has nothing: the field is left out.</returns>
    /// <exception cref="FieldException">The source's value can't be used.</exception>
    public abstract JsonNode? Of(MappingScope scope);

    public static MappingValue Read(MappingMember member, int depth = 0)
    {
        if (depth > Deepest)
            throw member.Wrong($"is nested more than {Deepest} deep");
        return member.Element.ValueKind switch
        {
            JsonValueKind.String when member.Text() is ['$', ..] => new AtPath(member.Path()),
            JsonValueKind.String or JsonValueKind.Number or JsonValueKind.True or JsonValueKind.False => new Constant(member.Element),
            JsonValueKind.Object when member.Members().Any(static m => m.Name is ['@', ..]) => MappingOperator.Read(member, depth),
            JsonValueKind.Object => Fields.Of(member, depth),
            _ => throw member.Wrong("must be a text, a number, true, false, or an object"),
        };
    }

    /// <summary>The value at a path, as it is.</summary>
    public sealed class AtPath(SourcePath path) : MappingValue
    {
        // An object or a list is never copied: what is in it would reach the event without having been named. A number is given as a text,
        // which the canonical model reads as a number too: systems' ids are numbers, but they are names.
        public override JsonNode? Of(MappingScope scope) =>
            path.First(scope) is not { } found
                ? null
                : found.ValueKind switch
                {
                    JsonValueKind.Object or JsonValueKind.Array => throw new FieldException(
                        path.Text,
                        "is not a single value; name a field in it"
                    ),
                    JsonValueKind.Number => JsonValue.Create(found.GetRawText()),
                    _ => JsonValue.Create(found),
                };
    }

    /// <summary>The same in every event.</summary>
    public sealed class Constant(JsonElement value) : MappingValue
    {
        private readonly JsonElement kept = value.Clone();

        public override JsonNode? Of(MappingScope scope) => JsonValue.Create(kept);
    }

    /// <summary>A group of fields.</summary>
    public sealed class Fields(IReadOnlyList<(string Name, MappingValue Value)> fields) : MappingValue
    {
        public static Fields Of(MappingMember member, int depth)
        {
            if (member.Members().GroupBy(static m => m.Name).FirstOrDefault(static g => g.Count() > 1) is { } twice)
                throw member.Wrong($"has {twice.Key} twice");
            var read = member.Members().Select(m => (m.Name, Read(m.Member, depth + 1))).ToList();
            return read.Count <= MostFields
                ? new Fields(read)
                : throw member.Wrong($"has {read.Count} fields; at most {MostFields} are allowed");
        }

        /// <returns>Null where none of the fields is there.</returns>
        public override JsonNode? Of(MappingScope scope)
        {
            var record = new JsonObject();
            foreach (var (name, value) in fields)
                if (value.Of(scope) is { } found)
                    record[name] = found;
            return record.Count == 0 ? null : record;
        }
    }
}
