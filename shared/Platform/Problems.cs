using Microsoft.AspNetCore.Http;

namespace Stockgate.Platform;

/// <summary>A request that is refused: answered as <c>application/problem+json</c> (RFC 9457).</summary>
/// <param name="slug">The stable end of the problem's type, such as <c>unknown-channel</c>.</param>
/// <param name="detail">What to do, for the caller.</param>
/// <param name="field">The field or header at fault.</param>
/// <param name="candidates">What the caller may have meant; null if there is nothing to choose from.</param>
public sealed class ProblemException(
    int status,
    string slug,
    string title,
    string detail,
    string? field = null,
    IReadOnlyList<string>? candidates = null
) : Exception($"{title}: {detail}")
{
    public int Status => status;

    public string Slug => slug;

    public string Detail => detail;

    public IReadOnlyList<string>? Candidates => candidates;

    /// <summary>Headers of the answer, such as <c>WWW-Authenticate</c>.</summary>
    public IReadOnlyDictionary<string, string> Headers { get; init; } = new Dictionary<string, string>();

    /// <summary>When the same request may be repeated; null: the usual pause of a 503, or never.</summary>
    public TimeSpan? RetryAfter { get; init; }

    /// <param name="request">The id of the request, by which its log lines are found.</param>
    public IResult ToResult(string request)
    {
        var extensions = new Dictionary<string, object?> { ["requestId"] = request };
        if (field is not null)
            extensions["field"] = field;
        if (candidates is not null)
            extensions["candidates"] = candidates;
        return Results.Problem(detail, statusCode: status, title: title, type: $"urn:stockgate:problem:{slug}", extensions: extensions);
    }
}
