using System.Security.Cryptography;

namespace Stockgate.Platform.Signatures;

/// <summary>Compares signatures in a time that does not depend on where they differ.</summary>
internal static class ConstantTime
{
    // SHA-512 in hex.
    private const int MostCharacters = 128;

    /// <summary>True if the text is base64 of exactly these bytes.</summary>
    public static bool Base64Equals(ReadOnlySpan<byte> expected, ReadOnlySpan<char> base64)
    {
        Span<byte> given = stackalloc byte[MostCharacters];
        return base64.Length <= MostCharacters
            && Convert.TryFromBase64Chars(base64, given, out var length)
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }

    /// <summary>True if the text is hex, of either case, of exactly these bytes.</summary>
    public static bool HexEquals(ReadOnlySpan<byte> expected, ReadOnlySpan<char> hex)
    {
        Span<byte> given = stackalloc byte[MostCharacters / 2];
        return hex.Length <= MostCharacters
            && Convert.FromHexString(hex, given, out _, out var length) == System.Buffers.OperationStatus.Done
            && CryptographicOperations.FixedTimeEquals(expected, given[..length]);
    }

    /// <summary>True if the texts are the same; not even their lengths show.</summary>
    public static bool BytesEqual(ReadOnlySpan<byte> expected, ReadOnlySpan<byte> given)
    {
        Span<byte> left = stackalloc byte[SHA256.HashSizeInBytes],
            right = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(expected, left);
        SHA256.HashData(given, right);
        return CryptographicOperations.FixedTimeEquals(left, right);
    }
}
