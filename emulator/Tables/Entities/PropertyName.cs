using System.Collections.Concurrent;
using System.Text;
using System.Text.Json;

namespace Stockgate.Emulator.Tables.Entities;

/// <summary>A property's name as it goes into the JSON: encoded once, with the name of its type annotation beside it.</summary>
internal sealed class PropertyName
{
    /// <summary>A table may have any number of property names over its life; those beyond this many are encoded each time.</summary>
    private const int MostKnown = 4096;

    private static readonly ConcurrentDictionary<string, PropertyName> Known = new(StringComparer.Ordinal);

    private readonly string name;

    private PropertyName(string name)
    {
        this.name = name;
        Value = JsonEncodedText.Encode(name);
        Type = JsonEncodedText.Encode(name + EdmWriter.TypeSuffix);
        Utf8 = Encoding.UTF8.GetBytes(name);
    }

    public static PropertyName PartitionKey { get; } = Of("PartitionKey");

    public static PropertyName RowKey { get; } = Of("RowKey");

    public JsonEncodedText Value { get; }

    public JsonEncodedText Type { get; }

    public byte[] Utf8 { get; }

    public static PropertyName Of(string name)
    {
        if (Known.TryGetValue(name, out var known)) return known;
        var made = new PropertyName(name);
        if (Known.Count < MostKnown) Known.TryAdd(name, made);
        return made;
    }

    public override string ToString() => name;
}
