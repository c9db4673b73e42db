using Microsoft.AspNetCore.Http;

namespace Stockgate.Functions;

/// <summary>What a caller wrote into one segment of the path.</summary>
internal static class PathSegment
{
    /// <summary>
    /// The whole text of a route value. A slash inside a segment is written <c>%2F</c>, and the Functions host hands exactly that on, so
    /// that it can't be told from <c>%252F</c>: an id that holds the three characters <c>%2F</c> can't be asked for by path.
    /// </summary>
    public static string Whole(this HttpRequest request, string routeValue) =>
        routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
}
