using System.Net.Mail;

namespace Stockgate.Platform.Mail;

/// <summary>
/// Which addresses mail is sent to: the plain form <c>name@domain</c> in ASCII, at most 254 characters (RFC 5321), nothing that a mail
/// server could take for a second address or a header.
/// </summary>
public static class MailboxAddress
{
    private const int MostCharacters = 254,
        MostLocalCharacters = 64;

    /// <returns>The mistake in the address, for the operator; null if it is valid.</returns>
    public static string? Mistake(string? address)
    {
        if (string.IsNullOrEmpty(address))
            return "is empty";
        if (address.Length > MostCharacters)
            return $"has {address.Length} characters; at most {MostCharacters} are allowed";
        var at = address.LastIndexOf('@');
        if (at < 1 || at == address.Length - 1 || at > MostLocalCharacters)
            return "is not an address such as ann@example.com";
        if (!address.AsSpan(0, at).ContainsOnly(LocalCharacters) || !address.AsSpan(at + 1).ContainsOnly(DomainCharacters))
            return "has a character that an address such as ann@example.com does not have";
        return MailAddress.TryCreate(address, out var parsed) && parsed.Address == address
            ? null
            : "is not an address such as ann@example.com";
    }

    private static readonly System.Buffers.SearchValues<char> LocalCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.!#$%&'*+-/=?^_`{|}~"
    );

    private static readonly System.Buffers.SearchValues<char> DomainCharacters = System.Buffers.SearchValues.Create(
        "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789.-"
    );

    private static bool ContainsOnly(this ReadOnlySpan<char> text, System.Buffers.SearchValues<char> allowed) =>
        !text.ContainsAnyExcept(allowed);
}
