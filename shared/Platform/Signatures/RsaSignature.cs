using System.Security.Cryptography;

namespace Stockgate.Platform.Signatures;

/// <summary>RSA with SHA-256 and PKCS #1 padding, base64, checked with public keys.</summary>
internal static class RsaSignature
{
    // Base64 of a signature with a key of 8192 bits.
    private const int MostCharacters = 1400,
        FewestBits = 2048;

    /// <summary>Reads a public key: PEM, or what stands between its first and last line.</summary>
    /// <returns>The key as SubjectPublicKeyInfo.</returns>
    /// <exception cref="FormatException">It is not a public RSA key of 2048 bits or more.</exception>
    public static byte[] ParseKey(string text)
    {
        try
        {
            using var key = RSA.Create();
            if (text.Contains("-----BEGIN", StringComparison.Ordinal))
                // A setting of one line writes its line ends as \n.
                key.ImportFromPem(text.Replace("\\n", "\n", StringComparison.Ordinal));
            else
                key.ImportSubjectPublicKeyInfo(Convert.FromBase64String(text), out _);
            return key.KeySize >= FewestBits
                ? key.ExportSubjectPublicKeyInfo()
                : throw new FormatException($"it has {key.KeySize} bits; {FewestBits} are needed");
        }
        catch (Exception wrong) when (wrong is CryptographicException or ArgumentException)
        {
            throw new FormatException("it is not a public RSA key in PEM", wrong);
        }
    }

    public static bool IsOf(IReadOnlyList<byte[]> keys, string? signature, ReadOnlySpan<byte> signed)
    {
        if (signature is not { Length: > 0 and <= MostCharacters })
            return false;
        Span<byte> given = stackalloc byte[MostCharacters];
        if (!Convert.TryFromBase64String(signature, given, out var length))
            return false;
        var matched = false;
        foreach (var key in keys)
        {
            using var rsa = RSA.Create();
            rsa.ImportSubjectPublicKeyInfo(key, out _);
            matched |= rsa.VerifyData(signed, given[..length], HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        }
        return matched;
    }
}
