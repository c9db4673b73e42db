using System.Globalization;
using System.Text.Json.Nodes;
using Stockgate.Domain.Schemas;
using Stockgate.Platform.Access;

namespace Stockgate.Functions.Api;

/// <summary>The OpenAPI 3.1 description of the API, made from the functions, their attributes and the table of roles.</summary>
internal static class OpenApiText
{
    private const string Json = "application/json",
        ProblemJson = "application/problem+json";

    private static readonly Lazy<string> Made = new(static () => Document().ToJsonString());

    public static string Text => Made.Value;

    private static JsonObject Document()
    {
        var paths = new JsonObject();
        foreach (var path in ApiOperation.All.GroupBy(static o => o.Path))
            paths[path.Key] = new JsonObject(
                path.SelectMany(static o => o.Methods.Select((method, i) => KeyValuePair.Create(method, (JsonNode?)Operation(o, i))))
            );
        return new JsonObject
        {
            ["openapi"] = "3.1.1",
            ["info"] = new JsonObject { ["title"] = "Stockgate", ["version"] = "v1" },
            ["paths"] = paths,
            ["components"] = new JsonObject
            {
                ["schemas"] = new JsonObject { ["Problem"] = ProblemSchema() },
                ["headers"] = ApiLimitsText.Headers(),
                ["parameters"] = ApiLimitsText.Parameters(),
                ["securitySchemes"] = SecuritySchemes(),
            },
        };
    }

    internal static JsonObject Operation(ApiOperation operation, int method)
    {
        var answers = operation.Answers.Select(a =>
            KeyValuePair.Create(Code(a.Status), (JsonNode?)Answered(operation, operation.Methods[method], a))
        );
        var parameters = operation.Parameters.Select(InPath).Concat(ApiLimitsText.ParametersOf(operation, operation.Methods[method]));
        var made = new JsonObject
        {
            // A function with several methods has an operation for each, and their ids differ.
            ["operationId"] = method == 0 ? operation.Name : $"{operation.Name}_{operation.Methods[method]}",
            ["summary"] = operation.Summary,
            ["tags"] = new JsonArray(operation.Tag),
            ["responses"] = new JsonObject([
                .. answers,
                .. ApiLimitsText.Problems(operation, operation.Methods[method]),
                KeyValuePair.Create("4XX", (JsonNode?)Problem()),
                KeyValuePair.Create("5XX", (JsonNode?)Problem()),
            ]),
        };
        if (parameters.Any())
            made["parameters"] = new JsonArray([.. parameters]);
        if (operation.Deprecated is not null)
            made["deprecated"] = true;
        if (operation.Accepts is { } accepts && operation.Methods[method] is "post" or "put")
            made["requestBody"] = new JsonObject
            {
                ["required"] = !accepts.IsOptional,
                ["content"] = Content(accepts.MediaType, accepts.Body),
            };
        if (operation.Rule.OpenBecause is { } because)
        {
            made["description"] = $"No API key: {because}.";
            made["security"] = new JsonArray();
        }
        else
        {
            made["description"] = $"Needs {operation.Rule.Needed}.";
            made["security"] = new JsonArray(
                new JsonObject { ["apiKey"] = new JsonArray() },
                new JsonObject { ["session"] = new JsonArray() }
            );
        }
        return made;
    }

    private static JsonObject Answered(ApiOperation operation, string method, AnswersAttribute answer)
    {
        var made = new JsonObject { ["description"] = "As asked" };
        if (ApiLimitsText.HeadersOf(operation, method) is { Count: > 0 } headers)
            made["headers"] = headers;
        var hasBody = answer.Body is not null || answer.MediaType != Json;
        if (hasBody)
            made["content"] = Content(answer.MediaType, answer.Body);
        return made;
    }

    private static JsonObject Content(string mediaType, Type? body) =>
        new()
        {
            [mediaType] = new JsonObject { ["schema"] = body is null ? new JsonObject() : JsonSchemas.Of(Answer.Json.GetTypeInfo(body)) },
        };

    internal static JsonObject Problem(string description = "Refused or failed; detail says what to do") =>
        new()
        {
            ["description"] = description,
            ["content"] = new JsonObject
            {
                [ProblemJson] = new JsonObject { ["schema"] = new JsonObject { ["$ref"] = "#/components/schemas/Problem" } },
            },
        };

    private static JsonNode InPath(string name) =>
        new JsonObject
        {
            ["name"] = name,
            ["in"] = "path",
            ["required"] = true,
            ["schema"] = new JsonObject { ["type"] = "string" },
        };

    private static JsonObject ProblemSchema() =>
        new()
        {
            ["type"] = "object",
            ["description"] = "RFC 9457. The type is stable.",
            ["required"] = new JsonArray("type", "title", "status", "detail", "requestId"),
            ["properties"] = new JsonObject(
                new[] { "type", "title", "detail", "field", "requestId" }
                    .Select(static name => KeyValuePair.Create(name, (JsonNode?)new JsonObject { ["type"] = "string" }))
                    .Append(KeyValuePair.Create("status", (JsonNode?)new JsonObject { ["type"] = "integer" }))
            ),
        };

    private static JsonObject SecuritySchemes() =>
        new()
        {
            ["apiKey"] = new JsonObject
            {
                ["type"] = "http",
                ["scheme"] = "bearer",
                ["description"] = "An API key, sgk_…, or a token of the identity provider.",
            },
            ["session"] = new JsonObject
            {
                ["type"] = "apiKey",
                ["in"] = "cookie",
                ["name"] = Authentication.Cookie,
                ["description"] = "Of a browser that signed in.",
            },
        };

    private static string Code(int status) => status.ToString(CultureInfo.InvariantCulture);
}
