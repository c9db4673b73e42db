using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain.Access;

namespace Stockgate.Platform.Access;

/// <summary>
/// Who is let in beside the holders of API keys. <c>WEBSITE_AUTH_ENABLED</c> is set by Azure where App Service
/// authentication guards the app.
/// </summary>
public sealed class AccessSettings(AccessOptions options, IConfiguration configuration)
{
    /// <summary>The name that decisions of the admin key carry.</summary>
    public const string AdminName = "Access__AdminKey";

    private static readonly Caller Admin = Caller.Of(AdminName, [Role.Admin], []);

    // Compared by digest, so that not even the length shows in the time that it takes.
    private readonly byte[]? adminDigest = string.IsNullOrEmpty(options.AdminKey) ? null : Digest(options.AdminKey);

    /// <summary>Whether every agent is refused.</summary>
    public bool AgentsOff => options.AgentsOff;

    /// <summary>Whether the platform removes its own headers from requests and sets them itself; only then they are believed.</summary>
    public bool PlatformSignsIn { get; } = string.Equals(configuration["WEBSITE_AUTH_ENABLED"], "true", StringComparison.OrdinalIgnoreCase);

    /// <returns>The admin, where this is the admin key; else null.</returns>
    internal Caller? AdminOf(string key) =>
        adminDigest is not null && CryptographicOperations.FixedTimeEquals(adminDigest, Digest(key)) ? Admin : null;

    private static byte[] Digest(string key) => SHA256.HashData(Encoding.UTF8.GetBytes(key));
}
