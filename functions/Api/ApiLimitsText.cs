using System.Text.Json.Nodes;
using Stockgate.Platform.Http.Idempotency;

namespace Stockgate.Functions.Api;

/// <summary>What the API's description says of limits and of repeated requests.</summary>
internal static class ApiLimitsText
{
    private static readonly string[] RateHeaders = ["RateLimit-Policy", "RateLimit"];

    private const string Ingest = "AcceptChannelEvents";

    /// <summary>Whether requests are counted: those of a credential, and those of a channel whose setup says how many.</summary>
    public static bool IsLimited(ApiOperation operation) => operation.Rule.OpenBecause is null || operation.Name == Ingest;

    /// <summary>The shared headers, by name.</summary>
    public static JsonObject Headers() =>
        new()
        {
            ["RateLimit-Policy"] = Header("The limit: q requests in w seconds, such as \"default\";q=600;w=60"),
            ["RateLimit"] = Header("r requests are left, all of them again in t seconds, such as \"default\";r=599;t=1"),
            ["Retry-After"] = Header("Seconds until the same request may be sent again"),
            [KeptAnswer.ReplayedHeader] = Header("true where the answer was made by an earlier request under the same key"),
        };

    /// <summary>The shared parameters, by name.</summary>
    public static JsonObject Parameters() =>
        new()
        {
            [IdempotencyKey.Header] = new JsonObject
            {
                ["name"] = IdempotencyKey.Header,
                ["in"] = "header",
                ["description"] = "Your own id of the request: sent again under it within 24 hours, it is carried out once.",
                ["schema"] = new JsonObject
                {
                    ["type"] = "string",
                    ["minLength"] = 1,
                    ["maxLength"] = IdempotencyKey.MostCharacters,
                    ["pattern"] = "^[!-~]+$",
                },
            },
        };

    /// <summary>The headers of an answer as asked.</summary>
    public static JsonObject HeadersOf(ApiOperation operation, string method) =>
        HeadersOf([
            .. IsLimited(operation) ? RateHeaders : [],
            .. operation.Rule.TakesIdempotencyKey(method) ? [KeptAnswer.ReplayedHeader] : Array.Empty<string>(),
        ]);

    public static IEnumerable<JsonNode> ParametersOf(ApiOperation operation, string method) =>
        operation.Rule.TakesIdempotencyKey(method) ? [Reference("parameters", IdempotencyKey.Header)] : [];

    /// <summary>The problems that an operation answers with beside its own, by status.</summary>
    public static IEnumerable<KeyValuePair<string, JsonNode?>> Problems(ApiOperation operation, string method)
    {
        if (operation.Rule.TakesIdempotencyKey(method))
        {
            yield return new(
                "409",
                With(OpenApiText.Problem("In conflict; or the request with this Idempotency-Key is in flight"), "Retry-After")
            );
            yield return new("422", OpenApiText.Problem("The Idempotency-Key was used for another request"));
        }
        if (IsLimited(operation))
            yield return new("429", With(OpenApiText.Problem("Too many requests"), ["Retry-After", .. RateHeaders]));
    }

    private static JsonObject With(JsonObject answer, params IEnumerable<string> names)
    {
        answer["headers"] = HeadersOf(names);
        return answer;
    }

    private static JsonObject HeadersOf(IEnumerable<string> names) =>
        new(names.Select(static name => KeyValuePair.Create(name, (JsonNode?)Reference("headers", name))));

    private static JsonObject Header(string description) =>
        new()
        {
            ["description"] = description,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    private static JsonObject Reference(string kind, string name) => new() { ["$ref"] = $"#/components/{kind}/{name}" };
}
