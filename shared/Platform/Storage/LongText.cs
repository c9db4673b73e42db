using Azure.Data.Tables;

namespace Stockgate.Platform.Storage;

/// <summary>A text of any length in a row: a property holds 64 KiB, which is 32 Ki characters, so a longer one goes on in further properties.</summary>
internal static class LongText
{
    private const int PropertyCharacters = 31_000;

    public static void Put(TableEntity row, string name, string text)
    {
        for (var (part, start) = (0, 0); start < text.Length || part == 0; part++, start += PropertyCharacters)
            row[NameOf(name, part)] = text.Substring(start, Math.Min(PropertyCharacters, text.Length - start));
    }

    public static string Get(TableEntity row, string name)
    {
        var first = row.GetString(name) ?? string.Empty;
        if (!row.ContainsKey(NameOf(name, 1))) return first;
        var text = new System.Text.StringBuilder(first);
        for (var part = 1; row.GetString(NameOf(name, part)) is { } more; part++) text.Append(more);
        return text.ToString();
    }

    private static string NameOf(string name, int part) => part == 0 ? name : $"{name}{part}";
}
