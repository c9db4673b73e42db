using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Pages.Api;

namespace Stockgate.Functions.Api;

/// <summary>The API's description, for programs and for people.</summary>
public sealed class ApiDescription
{
    [Function("GetOpenApi")]
    [Summary("Describes the API in OpenAPI 3.1")]
    [Answers(200)]
    public IResult Document([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "openapi.json")] HttpRequest request) =>
        Results.Text(OpenApiText.Text, "application/json");

    [Function("GetApiDocs")]
    [Summary("Lists the operations of the API on a page")]
    [Answers(200, MediaType = "text/html")]
    public IResult Page([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "docs")] HttpRequest request)
    {
        Answer.AsShown(request, isPage: true);
        return Results.Text(ApiOperations.Html([.. ApiOperation.All.SelectMany(Rows)]), "text/html; charset=utf-8");
    }

    private static IEnumerable<ApiOperationRow> Rows(ApiOperation operation) =>
        operation.Methods.Select(method => new ApiOperationRow(
            operation.Tag,
            method.ToUpperInvariant(),
            operation.Path,
            operation.Summary ?? "",
            operation.Rule.OpenBecause is { } because ? $"No key: {because}" : operation.Rule.Needed
        ));
}
