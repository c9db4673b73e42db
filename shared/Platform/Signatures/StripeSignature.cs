using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// Stripe: HMAC-SHA256 of <c>t.body</c>, hex, in <c>Stripe-Signature: t=…,v1=…</c>; several <c>v1</c> while a secret is being changed.
/// The key is the endpoint's secret as text, with its whsec_ (https://docs.stripe.com/webhooks#verify-manually).
/// </summary>
public static class StripeSignature
{
    public const string SignatureHeader = "Stripe-Signature";

    /// <summary>How far the sender's clock may be from ours, either way; Stripe's own libraries have the same.</summary>
    public static readonly TimeSpan Window = TimeSpan.FromMinutes(5);

    private const int MostParts = 16,
        MostCharacters = 4096;

    public static SignatureVerdict Verify(IReadOnlyList<byte[]> secrets, string? header, ReadOnlySpan<byte> body, DateTimeOffset now)
    {
        if (header is not { Length: > 0 and <= MostCharacters })
            return SignatureVerdict.Missing;
        var parts = header.Split(',', MostParts + 1).Take(MostParts).ToList();
        var time = parts.Find(static p => p.StartsWith("t=", StringComparison.Ordinal))?[2..];
        var signatures = parts.FindAll(static p => p.StartsWith("v1=", StringComparison.Ordinal));
        if (signatures.Count == 0 || !UnixSeconds.TryParse(time, out var seconds))
            return SignatureVerdict.Missing;
        var matched = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
            hmac.AppendData(Encoding.UTF8.GetBytes($"{time}."));
            hmac.AppendData(body);
            hmac.GetHashAndReset(expected);
            foreach (var signature in signatures)
                matched |= ConstantTime.HexEquals(expected, signature.AsSpan(3));
        }
        // Told only to who knows the secret: otherwise an expired timestamp and a wrong signature look alike.
        if (!matched)
            return SignatureVerdict.Wrong;
        return UnixSeconds.IsWithin(Window, seconds, now) ? SignatureVerdict.Valid : SignatureVerdict.Expired;
    }
}
