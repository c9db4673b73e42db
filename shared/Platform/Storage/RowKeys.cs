using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Storage;

/// <summary>
/// Row and partition keys of several parts. A part may hold any text: what Table Storage forbids in a key, and what separates parts, is
/// percent-encoded.
/// </summary>
public static class RowKeys
{
    private const char Separator = '|';
    private const int PartCharacters = 100,
        ShownCharacters = 60,
        DigestBytes = 20;

    public static string Of(params ReadOnlySpan<string> parts)
    {
        var key = new StringBuilder();
        for (var i = 0; i < parts.Length; i++)
        {
            if (i > 0)
                key.Append(Separator);
            var start = key.Length;
            Append(key, parts[i]);
            if (key.Length - start <= PartCharacters)
                continue;
            // A key has 512 characters at most. A long part is told by its beginning and its digest.
            key.Length = start + ShownCharacters - (char.IsHighSurrogate(key[start + ShownCharacters - 1]) ? 1 : 0);
            // No text looks like that: a % of its own is written with four digits.
            key.Append("%~").Append(Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(parts[i])).AsSpan(0, DigestBytes)));
        }
        return key.ToString();
    }

    /// <summary>The filter for every row of a partition whose key begins with these parts.</summary>
    public static string Under(string partitionKey, params ReadOnlySpan<string> parts)
    {
        var prefix = Of(parts);
        // '}' is the character after '|': the range holds what begins with the prefix and its separator, and nothing else.
        return Azure.Data.Tables.TableClient.CreateQueryFilter(
            $"PartitionKey eq {partitionKey} and RowKey ge {prefix + Separator} and RowKey lt {prefix + (char)(Separator + 1)}"
        );
    }

    private static void Append(StringBuilder key, string part)
    {
        foreach (var c in part)
            // Forbidden by Table Storage: / \ # ? and control characters
            // (https://learn.microsoft.com/rest/api/storageservices/understanding-the-table-service-data-model). The apostrophe is
            // allowed, but Azurite cuts a key wrongly at an apostrophe before a comma.
            if (c is '/' or '\\' or '#' or '?' or '%' or Separator or '}' or '\'' || char.IsControl(c))
                key.Append('%').Append(((int)c).ToString("X4"));
            else
                key.Append(c);
    }
}
