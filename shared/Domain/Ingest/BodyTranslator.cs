using System.Text.Json;

namespace Stockgate.Domain.Ingest;

/// <summary>Translates the records of a vendor whose deliveries say in the body what they are of.</summary>
public abstract class BodyTranslator
{
    protected const int ShownOfType = 60;

    /// <summary>The records of a delivery: the elements of a list, or the whole of it.</summary>
    public virtual IReadOnlyList<JsonElement> RecordsOf(JsonElement root) =>
        root.ValueKind == JsonValueKind.Array && root.GetArrayLength() is > 0 and <= Limits.BatchRecords
            ? [.. root.EnumerateArray()]
            : [root];

    /// <summary>The record's id and type as the vendor names them; null where it has none.</summary>
    public (string? Id, string? Type) NameOf(JsonElement record) => Tried<(string?, string?)>(record, NameOf, (null, null));

    /// <summary>What must be looked up before the record can be translated.</summary>
    public Lookup LookupOf(JsonElement record) => Tried(record, LookupOf, Lookup.None);

    /// <param name="record">One of <see cref="RecordsOf"/>.</param>
    /// <param name="found">By <see cref="LookupOf(JsonElement)"/>.</param>
    /// <param name="now">Our clock.</param>
    public Translation Translate(JsonElement record, Found found, DateTimeOffset now)
    {
        if (record.ValueKind != JsonValueKind.Object)
            return Translation.Rejected("", "must be an object");
        try
        {
            var translation = Read(record, found, now);
            return translation is { Events.Count: 0, Rejection: null, IgnoredBecause: null }
                ? translation with
                {
                    IgnoredBecause = "it holds nothing that something follows from",
                }
                : translation;
        }
        catch (FieldException broken)
        {
            return new Translation([], broken.Rejection);
        }
        catch (InvalidOperationException notUnicode)
        {
            return Translation.Rejected("", $"has a text that is not Unicode: {notUnicode.Message}");
        }
    }

    private protected abstract (string? Id, string? Type) NameOf(JsonFields record);

    private protected virtual Lookup LookupOf(JsonFields record) => Lookup.None;

    private protected abstract Translation Read(JsonElement record, Found found, DateTimeOffset now);

    /// <summary>What nothing follows from, by its type.</summary>
    private protected static Translation Unused(string kind, string? type) =>
        Translation.Ignored($"the {kind} '{Clip.To(type ?? "", ShownOfType)}' is not used; it can be left out of what is sent");

    // Before the translation, which says what is wrong, nothing is refused.
    private static T Tried<T>(JsonElement record, Func<JsonFields, T> read, T none)
    {
        try
        {
            return record.ValueKind == JsonValueKind.Object ? read(new JsonFields(record, "")) : none;
        }
        catch (Exception broken) when (broken is FieldException or InvalidOperationException)
        {
            return none;
        }
    }
}
