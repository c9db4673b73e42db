using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>Shapes HTTP responses: ETag, 304 and content headers.</summary>
internal static class Answer
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        // Set explicitly, because request fields are looked up before the first deserialization.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Sets the response's ETag and returns whether the caller already has this version (answer 304).</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
    {
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        return request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
            && known.Any(k => k.Compare(tag, useStrongComparison: false) || k == EntityTagHeaderValue.Any);
    }

    /// <summary>Headers for a page or file with text from partners: no script runs and no resource is loaded.</summary>
    public static void AsShown(HttpRequest request, bool isPage)
    {
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions) = ("private, no-cache", "nosniff");
        headers.ContentSecurityPolicy = isPage
            ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            : "default-src 'none'; sandbox";
    }

    public static IResult OkOrNotFound<T>(T? found, string kind, string id)
        where T : class => found is null ? throw NotFound(kind, id) : Results.Json(found, Json);

    public static ProblemException NotFound(string kind, string id) =>
        new(
            StatusCodes.Status404NotFound,
            $"unknown-{kind}",
            "Not found",
            $"Nothing has been received about {kind} '{id}' yet. An event is visible a moment after it was accepted.",
            kind
        );
}
