using System.Text;

namespace Stockgate.Platform.Signatures;

/// <summary>
/// User and password in the Authorization header (https://www.rfc-editor.org/rfc/rfc7617), for systems that cannot sign. The secrets are
/// passwords.
/// </summary>
public static class BasicAuthentication
{
    public const string Header = "Authorization";

    private const string Scheme = "Basic ";
    private const int MostCharacters = 1024;

    public static SignatureVerdict Verify(IReadOnlyList<byte[]> passwords, string user, string? authorization)
    {
        if (authorization?.StartsWith(Scheme, StringComparison.OrdinalIgnoreCase) != true)
            return SignatureVerdict.Missing;
        Span<byte> given = stackalloc byte[MostCharacters];
        if (
            authorization.Length > MostCharacters
            || !Convert.TryFromBase64Chars(authorization.AsSpan(Scheme.Length), given, out var length)
        )
            return SignatureVerdict.Wrong;
        var matched = false;
        foreach (var password in passwords)
            matched |= ConstantTime.BytesEqual([.. Encoding.UTF8.GetBytes($"{user}:"), .. password], given[..length]);
        return matched ? SignatureVerdict.Valid : SignatureVerdict.Wrong;
    }
}
