using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Features;

namespace Stockgate.Functions;

/// <summary>What a caller wrote into one segment of the path.</summary>
internal static class PathSegment
{
    /// <summary>
    /// The whole text of a route value. The server decodes a path but leaves <c>%2F</c> as it is, so that <c>A%2FB</c> (the SKU A/B) and <c>A%252FB</c> (the SKU A%2FB) arrive alike;
    /// which of the two was meant stands in the raw target.
    /// </summary>
    public static string Whole(this HttpRequest request, string routeValue)
    {
        if (!routeValue.Contains("%2F", StringComparison.OrdinalIgnoreCase)) return routeValue;
        var target = request.HttpContext.Features.Get<IHttpRequestFeature>()?.RawTarget ?? string.Empty;
        foreach (var segment in target.Split('?', 2)[0].Split('/'))
            if (AsServerDecodes(segment) == routeValue) return Uri.UnescapeDataString(segment);
        return routeValue.Replace("%2F", "/", StringComparison.OrdinalIgnoreCase);
    }

    private static string AsServerDecodes(string segment) =>
        Uri.UnescapeDataString(segment.Replace("%2F", "%252F", StringComparison.Ordinal).Replace("%2f", "%252f", StringComparison.Ordinal));
}
