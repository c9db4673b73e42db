using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>An HMAC in a header, of a system that has no scheme of its own here (HMAC: https://www.rfc-editor.org/rfc/rfc2104).</summary>
public static class HmacSignature
{
    // SHA-512's.
    private const int MostBytes = 64;

    /// <param name="form">How the system signs.</param>
    /// <param name="secrets">Keys, as text's bytes.</param>
    /// <param name="signature">Value of the signature's header.</param>
    /// <param name="timestamp">Value of the timestamp's header; null where the form has none.</param>
    /// <param name="body">As it came.</param>
    /// <param name="now">Our clock.</param>
    public static SignatureVerdict Verify(
        HmacForm form,
        IReadOnlyList<byte[]> secrets,
        string? signature,
        string? timestamp,
        ReadOnlySpan<byte> body,
        DateTimeOffset now
    )
    {
        if (string.IsNullOrEmpty(signature))
            return SignatureVerdict.Missing;
        var seconds = 0L;
        if (form.TimestampHeader is not null && !UnixSeconds.TryParse(timestamp, out seconds))
            return SignatureVerdict.Missing;
        if (!signature.StartsWith(form.Prefix, StringComparison.Ordinal))
            return SignatureVerdict.Wrong;
        var matched = false;
        Span<byte> hash = stackalloc byte[MostBytes];
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(NameOf(form.Algorithm), secret);
            if (form.Signs == SignedContent.TimestampBody)
                hmac.AppendData(Encoding.UTF8.GetBytes($"{timestamp}."));
            hmac.AppendData(body);
            var expected = hash[..hmac.GetHashAndReset(hash)];
            matched |= Matches(form.Encoding, expected, signature.AsSpan(form.Prefix.Length));
        }
        // Told only to who knows the secret: otherwise an expired timestamp and a wrong signature look alike.
        if (!matched)
            return SignatureVerdict.Wrong;
        return form.TimestampHeader is null || UnixSeconds.IsWithin(form.Window, seconds, now)
            ? SignatureVerdict.Valid
            : SignatureVerdict.Expired;
    }

    private static bool Matches(SignatureEncoding encoding, ReadOnlySpan<byte> expected, ReadOnlySpan<char> given) =>
        encoding == SignatureEncoding.Hex ? ConstantTime.HexEquals(expected, given) : ConstantTime.Base64Equals(expected, given);

    private static HashAlgorithmName NameOf(HmacAlgorithm algorithm) =>
        algorithm switch
        {
            HmacAlgorithm.Sha256 => HashAlgorithmName.SHA256,
            HmacAlgorithm.Sha512 => HashAlgorithmName.SHA512,
            _ => HashAlgorithmName.SHA1,
        };
}
