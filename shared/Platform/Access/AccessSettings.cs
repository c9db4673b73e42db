using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain.Access;

namespace Stockgate.Platform.Access;

/// <summary>
/// Settings of access: <c>Access__AdminKey</c>, the key that creates the first API key (32 characters and more), and
/// <c>Access__AgentsOff</c>, which refuses every agent. <c>WEBSITE_AUTH_ENABLED</c> is set by Azure where App Service authentication guards
/// the app.
/// </summary>
public sealed class AccessSettings
{
    /// <summary>The fewest characters of the admin key.</summary>
    public const int AdminKeyCharacters = 32;

    /// <summary>The name that decisions of the admin key carry.</summary>
    public const string AdminName = "Access__AdminKey";

    private static readonly Caller Admin = Caller.Of(AdminName, [Role.Admin], []);

    // Compared by digest, so that not even the length shows in the time that it takes.
    private readonly byte[]? adminDigest;

    /// <exception cref="InvalidOperationException">A setting is invalid; the message names it, without its value.</exception>
    public AccessSettings(IConfiguration configuration)
    {
        if (configuration["Access:AdminKey"] is { Length: > 0 } key)
            adminDigest =
                key.Length >= AdminKeyCharacters
                    ? Digest(key)
                    : throw new InvalidOperationException(
                        $"The setting Access__AdminKey must have at least {AdminKeyCharacters} characters: openssl rand -base64 32 makes one."
                    );
        AgentsOff =
            configuration["Access:AgentsOff"] is { Length: > 0 } off
            && (
                bool.TryParse(off, out var isOff)
                    ? isOff
                    : throw new InvalidOperationException("The setting Access__AgentsOff must be true or false.")
            );
        PlatformSignsIn = string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);
    }

    /// <summary>Whether every agent is refused.</summary>
    public bool AgentsOff { get; }

    /// <summary>Whether the platform removes its own headers from requests and sets them itself; only then they are believed.</summary>
    public bool PlatformSignsIn { get; }

    /// <returns>The admin, where this is the admin key; else null.</returns>
    internal Caller? AdminOf(string key) =>
        adminDigest is not null && CryptographicOperations.FixedTimeEquals(adminDigest, Digest(key)) ? Admin : null;

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
