using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform;

/// <summary>A request that is refused: answered as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="slug">The stable end of the problem's type, such as <c>unknown-channel</c>.</param>
/// <param name="detail">What to do, for the caller.</param>
/// <param name="field">The field or header at fault.</param>
public sealed class ProblemException(int status, string slug, string title, string detail, string? field = null) : Exception($"{title}: {detail}")
{
    public int Status => status;

    public string Slug => slug;

    public IResult ToResult() => Results.Problem(
        detail, statusCode: status, title: title, type: $"urn:stockgate:problem:{slug}",
        extensions: field is null ? null : new Dictionary<string, object?> { ["field"] = field });
}
