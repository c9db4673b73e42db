using System.Buffers;
using System.Buffers.Text;
using System.Security.Cryptography;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>
/// A link's token: 32 random bytes, in a URL 43 characters of base64url. Only its digest is stored, so that read access to the tables opens
/// no link.
/// </summary>
public sealed class LinkToken
{
    /// <summary>Characters of a token in a URL.</summary>
    public const int Characters = 43;

    private const int Bytes = 32;

    private readonly byte[] secret;

    private LinkToken(byte[] secret) => this.secret = secret;

    /// <summary>SHA-256 of the token's bytes, in hex: the key that it is found by.</summary>
    public string Digest => Convert.ToHexStringLower(SHA256.HashData(secret));

    /// <summary>The token as it stands in the URL. Goes into the mail and nowhere else.</summary>
    internal string Secret => Base64Url.EncodeToString(secret);

    public static LinkToken New() => new(RandomNumberGenerator.GetBytes(Bytes));

    /// <returns>Null if the text can't be a token, whatever is stored; one token has one spelling.</returns>
    public static LinkToken? Read(string? text)
    {
        if (text is not { Length: Characters })
            return null;
        var bytes = new byte[Bytes];
        return
            Base64Url.DecodeFromChars(text, bytes, out _, out var written) == OperationStatus.Done
            && written == Bytes
            && Base64Url.EncodeToString(bytes) == text
            ? new(bytes)
            : null;
    }

    /// <summary>HMAC-SHA256 under the token, which is not stored: only the holder of the link can create or check it.</summary>
    internal byte[] Sign(ReadOnlySpan<byte> message) => HMACSHA256.HashData(secret, message);

    /// <summary>A prefix of the digest, to identify the link in logs.</summary>
    public override string ToString() => Digest[..8];
}
