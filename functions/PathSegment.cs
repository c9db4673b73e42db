using Microsoft.AspNetCore.Http;

namespace Stockgate.Functions;

/// <summary>Decodes one segment of the request path.</summary>
internal static class PathSegment
{
    /// <summary>
    /// The decoded route value. A slash in a segment is written <c>%2F</c>, which the Functions host passes on undecoded and so does not
    /// distinguish from <c>%252F</c>: an id that contains <c>%2F</c> can't be addressed by path.
    /// </summary>
    public static string Whole(this HttpRequest request, string routeValue) =>
        routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
