using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// Standard Webhooks: HMAC-SHA256 over <c>id.timestamp.body</c>, base64, each with the prefix <c>v1,</c>; several, separated by spaces,
/// while a secret is being changed (https://github.com/standard-webhooks/standard-webhooks/blob/main/spec/standard-webhooks.md).
/// </summary>
public static class StandardWebhooksSignature
{
    public const string IdHeader = "webhook-id",
        TimestampHeader = "webhook-timestamp",
        SignatureHeader = "webhook-signature",
        SecretPrefix = "whsec_";

    /// <summary>How far the sender's clock may be from ours, either way.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    // A sender that changes its secret sends two; more than a handful is not a delivery.
    private const int MostSignatures = 8;

    /// <exception cref="FormatException">The secret is not base64 of 24 to 64 bytes behind the prefix <c>whsec_</c>.</exception>
    public static byte[] ParseSecret(string secret)
    {
        var key = secret.StartsWith(SecretPrefix, StringComparison.Ordinal)
            ? Convert.FromBase64String(secret[SecretPrefix.Length..])
            : throw new FormatException($"it must begin with {SecretPrefix}");
        return key.Length is >= 24 and <= 64 ? key : throw new FormatException($"it holds {key.Length} bytes; 24 to 64 are needed");
    }

    public static SignatureVerdict Verify(
        IReadOnlyList<byte[]> secrets,
        string? id,
        string? timestamp,
        string? signatures,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (id is not { Length: > 0 and <= 256 } || string.IsNullOrEmpty(signatures))
            return SignatureVerdict.Missing;
        if (!UnixSeconds.TryParse(timestamp, out var seconds))
            return SignatureVerdict.Missing;
        var matched = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            Sign(secret, id, seconds, body, expected);
            matched |= Matches(expected, signatures);
        }
        // Told only to who knows the secret: otherwise an expired timestamp and a wrong signature look alike.
        if (!matched)
            return SignatureVerdict.Wrong;
        return UnixSeconds.IsWithin(Window, seconds, now) ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }

    /// <summary>The header's value for a delivery.</summary>
    public static string Sign(byte[] secret, string id, DateTimeOffset at, ReadOnlySpan<byte> body)
    {
        Span<byte> hash = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Sign(secret, id, at.ToUnixTimeSeconds(), body, hash);
        return "v1," + Convert.ToBase64String(hash);
    }

    private static void Sign(byte[] secret, string id, long seconds, ReadOnlySpan<byte> body, Span<byte> hash)
    {
        using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
        Span<byte> head = stackalloc byte[256 * 3 + 32];
        var length = Encoding.UTF8.GetBytes(id, head);
        head[length++] = (byte)'.';
        Utf8Formatter.TryFormat(seconds, head[length..], out var digits);
        length += digits;
        head[length++] = (byte)'.';
        hmac.AppendData(head[..length]);
        hmac.AppendData(body);
        hmac.GetHashAndReset(hash);
    }

    private static bool Matches(ReadOnlySpan<byte> expected, string signatures)
    {
        var (matched, seen) = (false, 0);
        foreach (var part in signatures.AsSpan().Split(' '))
        {
            if (++seen > MostSignatures)
                break;
            var signature = signatures.AsSpan()[part];
            if (signature.StartsWith("v1,", StringComparison.Ordinal))
                matched |= ConstantTime.Base64Equals(expected, signature[3..]);
        }
        return matched;
    }
}
