using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Schemas;
using Stockgate.Platform;

namespace Stockgate.Functions.Api;

/// <summary>API of the JSON Schemas of the canonical events.</summary>
public sealed class EventSchemaFiles
{
    private const string MediaType = "application/schema+json";

    [Function("ListEventSchemas")]
    [Summary("Lists the types of events and where their JSON Schemas are")]
    [Answers(200)]
    public IResult List([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/schemas")] HttpRequest request) =>
        Results.Json(EventTypes.Names.Select(static type => new { type, schema = $"/api/v1/schemas/{type}" }), Answer.Json);

    [Function("GetEventSchema")]
    [Summary("Shows the JSON Schema of a type's data")]
    [Answers(200, MediaType = MediaType)]
    public IResult Get([HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/schemas/{type}")] HttpRequest request, string type) =>
        Results.Text((EventSchemas.Find(type) ?? throw Unknown(type)).ToJsonString(), MediaType);

    private static ProblemException Unknown(string type) =>
        new(
            StatusCodes.Status404NotFound,
            "unknown-type",
            "Not found",
            $"There is no such type; {NearestName.Hint(Clip.To(type, 100), [.. EventTypes.Names])}",
            "type"
        );
}
