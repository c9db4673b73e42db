using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Approvals.Links;

namespace Stockgate.Platform.Access;

/// <summary>
/// Limits wrong keys: <see cref="WrongPerMinute"/> of one address. At the API a right key is accepted from every address, whatever others
/// behind the same address try; at the sign-in page the address has to wait.
/// </summary>
public sealed class KeyGuesses(LinkSettings settings) : IDisposable
{
    public const int WrongPerMinute = 10;

    private readonly GuessLimits limits = new(settings, GuessLimits.Wait, WrongPerMinute);

    /// <summary>Whether this address may try a key.</summary>
    public bool Allows(HttpContext http) => limits.Allows(http);

    /// <summary>Counts a wrong key.</summary>
    public void Wrong(HttpContext http) => limits.Missed(http);

    public void Dispose() => limits.Dispose();
}
