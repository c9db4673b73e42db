using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;
using Stockgate.Platform;

namespace Stockgate.Functions;

/// <summary>How answers look.</summary>
internal static class Answer
{
    public static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web)
    {
        DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
        Converters = { new JsonStringEnumConverter() },
        // Asked for the fields of a request before anything was read by them.
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    /// <summary>Gives the answer a tag, and says whether the caller has it already: then 304 is all that it needs.</summary>
    public static bool IsKnown(HttpRequest request, EntityTagHeaderValue tag)
    {
        request.HttpContext.Response.Headers.ETag = tag.ToString();
        return request.GetTypedHeaders().IfNoneMatch is { Count: > 0 } known
            && known.Any(k => k.Compare(tag, useStrongComparison: false) || k == EntityTagHeaderValue.Any);
    }

    /// <summary>The answer is a page or a file with texts that partners chose: it is shown, and nothing in it runs or is fetched.</summary>
    public static void AsShown(HttpRequest request, bool isPage)
    {
        var headers = request.HttpContext.Response.Headers;
        (headers.CacheControl, headers.XContentTypeOptions) = ("private, no-cache", "nosniff");
        headers.ContentSecurityPolicy = isPage
            ? "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'"
            : "default-src 'none'; sandbox";
    }

    public static IResult OkOrNotFound<T>(T? found, string kind, string id)
        where T : class =>
        found is null
            ? throw new ProblemException(
                StatusCodes.Status404NotFound,
                $"unknown-{kind}",
                "Not found",
                $"Nothing has been received about {kind} '{id}' yet. An event is visible a moment after it was accepted.",
                kind
            )
            : Results.Json(found, Json);
}
