using System.Security.Cryptography;

namespace Stockgate.Platform.Signatures;

/// <summary>Base64 of an HMAC-SHA256 of the raw body, which several shops send in a header of their own.</summary>
internal static class BodySignature
{
    /// <param name="secrets">Of the channel; none accepts nothing.</param>
    /// <param name="signature">The header's value.</param>
    /// <param name="before">What is signed before the body; mostly nothing.</param>
    /// <param name="body">As it came.</param>
    public static SignatureVerdict Verify(
        IReadOnlyList<byte[]> secrets,
        string? signature,
        ReadOnlySpan<byte> before,
        ReadOnlySpan<byte> body
    )
    {
        if (string.IsNullOrEmpty(signature))
            return SignatureVerdict.Missing;
        var matched = false;
        Span<byte> expected = stackalloc byte[HMACSHA256.HashSizeInBytes];
        foreach (var secret in secrets)
        {
            using var hmac = IncrementalHash.CreateHMAC(HashAlgorithmName.SHA256, secret);
            hmac.AppendData(before);
            hmac.AppendData(body);
            hmac.GetHashAndReset(expected);
            matched |= ConstantTime.Base64Equals(expected, signature);
        }
        return matched ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }
}
