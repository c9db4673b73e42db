using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Access;

/// <summary>
/// A secret with the id that it is found by: <c>sgk_</c> (a key) or <c>sgs_</c> (a browser's session), 16 hex digits, <c>_</c>, and 256
/// random bits in base64url. The prefix lets a secret scanner find a key that was published by mistake. Only a digest is stored.
/// </summary>
public sealed class AccessToken
{
    public const string KeyPrefix = "sgk_",
        SessionPrefix = "sgs_";

    private const int IdBytes = 8,
        IdCharacters = 2 * IdBytes,
        SecretBytes = 32,
        SecretCharacters = 43,
        Characters = 4 + IdCharacters + 1 + SecretCharacters;

    private AccessToken(string id, string text) => (Id, Text) = (id, text);

    /// <summary>Of the key; no secret.</summary>
    public string Id { get; }

    /// <summary>All of it. Shown once to its owner, and nowhere else.</summary>
    public string Text { get; }

    /// <summary>SHA-256 of the text, in hex.</summary>
    internal string Digest => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(Text)));

    /// <param name="prefix">Of a key or a session.</param>
    /// <param name="id">The key that a session belongs to; null for a new one.</param>
    internal static AccessToken New(string prefix, string? id = null)
    {
        id ??= Convert.ToHexStringLower(RandomNumberGenerator.GetBytes(IdBytes));
        return new(id, $"{prefix}{id}_{Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(SecretBytes))}");
    }

    /// <returns>Null if the text can't be a token, whatever is stored.</returns>
    public static AccessToken? Read(string prefix, string? text)
    {
        if (text is not { Length: Characters } || !text.StartsWith(prefix, StringComparison.Ordinal))
            return null;
        var id = text.Substring(prefix.Length, IdCharacters);
        var secret = text.AsSpan(prefix.Length + IdCharacters + 1);
        return IsId(id) && text[prefix.Length + IdCharacters] == '_' && Base64Url.IsValid(secret) ? new(id, text) : null;
    }

    /// <summary>Whether the text can be the id of a key.</summary>
    internal static bool IsId(string id) => id.Length == IdCharacters && id.All(char.IsAsciiHexDigitLower);

    /// <summary>Compares in constant time.</summary>
    internal bool Matches(string digest) =>
        CryptographicOperations.FixedTimeEquals(Encoding.ASCII.GetBytes(Digest), Encoding.ASCII.GetBytes(digest));

    /// <summary>The id alone, for logs.</summary>
    public override string ToString() => Id;
}
