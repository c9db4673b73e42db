using Azure.Data.Tables;

namespace Stockgate.Platform.Storage;

/// <summary>A text of any length in a row: a property holds 64 KiB, which is 32 Ki characters, so a longer one goes on in further properties.</summary>
internal static class LongText
{
    private const int PropertyCharacters = 31_000;

    public static void Put(TableEntity row, string name, string text)
    {
        var part = 0;
        for (var start = 0; start < text.Length || part == 0; part++, start += PropertyCharacters)
            row[NameOf(name, part)] = text.Substring(start, Math.Min(PropertyCharacters, text.Length - start));
        // Rows are merged: a part of an earlier, longer text may still be there, and is not to be read.
        row[PartsOf(name)] = part;
    }

    public static string Get(TableEntity row, string name)
    {
        var parts = row.GetInt32(PartsOf(name)) ?? 1;
        return parts == 1 ? row.GetString(name) ?? string.Empty : string.Concat(Enumerable.Range(0, parts).Select(part => row.GetString(NameOf(name, part))));
    }

    private static string NameOf(string name, int part) => part == 0 ? name : $"{name}{part}";

    private static string PartsOf(string name) => name + "Parts";
}
