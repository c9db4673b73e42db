using System.Security.Cryptography;
using System.Text;

namespace Azure.Data.Tables;

/// <summary>An account name and its key ("Authorize with Shared Key", Table service REST API).</summary>
public class TableSharedKeyCredential
{
    private byte[] key;

    /// <exception cref="FormatException">The key is not base64.</exception>
    public TableSharedKeyCredential(string accountName, string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountName);
        AccountName = accountName;
        key = Decode(accountKey);
    }

    /// <summary>The storage account's name.</summary>
    public string AccountName { get; }

    /// <summary>Changes the key of running clients, after a key rotation.</summary>
    /// <exception cref="FormatException">The key is not base64.</exception>
    public void SetAccountKey(string accountKey) => Volatile.Write(ref key, Decode(accountKey));

    internal string Sign(string text)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        var bytes = Encoding.UTF8.GetByteCount(text);
        Span<byte> utf8 = bytes <= 1024 ? stackalloc byte[bytes] : new byte[bytes];
        Encoding.UTF8.GetBytes(text, utf8);
        HMACSHA256.HashData(Volatile.Read(ref key), utf8, hash);
        return Convert.ToBase64String(hash);
    }

    private static byte[] Decode(string accountKey)
    {
        ArgumentException.ThrowIfNullOrEmpty(accountKey);
        return Convert.FromBase64String(accountKey);
    }
}
