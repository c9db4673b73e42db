using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Ingest;

/// <summary>API of the channels that post events: list, show, set up, change their secrets.</summary>
public sealed class ChannelSetups(ChannelDesk desk, ChannelSecretDesk secrets, People people)
{
    private const string SetupForm = """{"scheme":"StandardWebhooks","format":"Canonical","enabled":true,…}""",
        SecretForm = """{} for a new secret, {"secret":"…"} for one of the vendor, or {"setting":"ChannelSecret_…"}""";

    [Function("ListChannels")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/channels")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(new { channels = await desk.ListAsync(cancellationToken) }, Answer.Json);

    [Function("GetChannel")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/channels/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    ) => Results.Json(await desk.GetAsync(request.Whole(name), cancellationToken), Answer.Json);

    [Function("PutChannel")]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Function, "put", Route = "v1/channels/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var by = people.Require(request, People.Admin);
        var setup = await CommandBody.ReadAsync<ChannelOptions>(request, SetupForm, cancellationToken);
        return Results.Json(await desk.PutAsync(request.Whole(name), setup, by, cancellationToken), Answer.Json);
    }

    [Function("AddChannelSecret")]
    public async Task<IResult> AddSecret(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/channels/{name}/secrets")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var by = people.Require(request, People.Admin);
        var secret = await CommandBody.ReadAsync<NewSecret>(request, SecretForm, cancellationToken);
        var added = await secrets.AddAsync(request.Whole(name), secret, by, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(added, Answer.Json, statusCode: StatusCodes.Status201Created);
    }

    [Function("DeleteChannelSecret")]
    public async Task<IResult> DeleteSecret(
        [HttpTrigger(AuthorizationLevel.Function, "delete", Route = "v1/channels/{name}/secrets/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken
    )
    {
        var by = people.Require(request, People.Admin);
        await secrets.DeleteAsync(request.Whole(name), request.Whole(id), by, cancellationToken);
        return Results.NoContent();
    }
}
