using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Access;
using Stockgate.Platform;

namespace Stockgate.Functions.Access;

/// <summary>The caller of a request, as <see cref="AccessGate"/> found them.</summary>
internal static class Callers
{
    /// <exception cref="InvalidOperationException">The route is open: it has no caller.</exception>
    public static Caller Caller(this HttpRequest request) =>
        request.HttpContext.Features.Get<Caller>() ?? throw new InvalidOperationException("This route is open to everybody.");

    /// <summary>For a role that the request itself names.</summary>
    /// <returns>The caller's name.</returns>
    /// <exception cref="ProblemException">The caller does not have it (403).</exception>
    public static string Require(this HttpRequest request, string role) =>
        request.Caller().Has(role)
            ? request.Caller().Name
            : throw new ProblemException(
                StatusCodes.Status403Forbidden,
                "role-needed",
                "Not allowed",
                $"This needs the role {role}, which your key does not have.",
                "role"
            );
}
