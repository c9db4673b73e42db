using System.IO.Compression;
using System.Text;
using Azure.Data.Tables;

namespace Stockgate.Platform.Storage;

/// <summary>
/// A text of any length in a row. A property holds 64 KiB, which is 32 Ki characters, so a longer one goes on in further properties; a
/// row holds 1 MiB, so one that would take much of it is compressed (Brotli), which documents shrink by a factor of ten under.
/// </summary>
internal static class LongText
{
    private const int PropertyCharacters = 31_000,
        PropertyBytes = 60_000;

    // As text it takes two bytes a character.
    private const int PackedFrom = 8 * PropertyCharacters;

    public static void Put(TableEntity row, string name, string text)
    {
        if (text.Length >= PackedFrom)
        {
            PutPacked(row, name, text);
            return;
        }
        var part = 0;
        for (var start = 0; start < text.Length || part == 0; part++, start += PropertyCharacters)
            row[NameOf(name, part)] = text.Substring(start, Math.Min(PropertyCharacters, text.Length - start));
        // Rows are merged: a part of an earlier, longer text may still be there, and is not to be read.
        (row[PartsOf(name)], row[PackedOf(name)]) = (part, 0);
    }

    public static string Get(TableEntity row, string name)
    {
        if (row.GetInt32(PackedOf(name)) is > 0 and var packed)
            return GetPacked(row, name, packed);
        var parts = row.GetInt32(PartsOf(name)) ?? 1;
        return parts == 1
            ? row.GetString(name) ?? string.Empty
            : string.Concat(Enumerable.Range(0, parts).Select(part => row.GetString(NameOf(name, part))));
    }

    private static void PutPacked(TableEntity row, string name, string text)
    {
        using var packed = new MemoryStream();
        using (var brotli = new BrotliStream(packed, CompressionLevel.Fastest, leaveOpen: true))
            brotli.Write(Encoding.UTF8.GetBytes(text));
        var parts = packed.ToArray().Chunk(PropertyBytes).ToList();
        for (var part = 0; part < parts.Count; part++)
            row[PackedOf(name) + part] = parts[part];
        // An earlier, shorter text is emptied: it would take its room of the row forever.
        for (var part = 0; part < PackedFrom / PropertyCharacters; part++)
            row[NameOf(name, part)] = string.Empty;
        (row[PartsOf(name)], row[PackedOf(name)]) = (1, parts.Count);
    }

    private static string GetPacked(TableEntity row, string name, int parts)
    {
        using var packed = new MemoryStream(Enumerable.Range(0, parts).SelectMany(part => row.GetBinary(PackedOf(name) + part)).ToArray());
        using var text = new StreamReader(new BrotliStream(packed, CompressionMode.Decompress), Encoding.UTF8);
        return text.ReadToEnd();
    }

    private static string NameOf(string name, int part) => part == 0 ? name : $"{name}{part}";

    private static string PartsOf(string name) => name + "Parts";

    private static string PackedOf(string name) => name + "Packed";
}
