using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform.Ingest.Registry;

namespace Stockgate.Functions.Ingest;

/// <summary>API of the channels that post events: list, show, set up, change their secrets.</summary>
public sealed class ChannelSetups(ChannelDesk desk, ChannelSecretDesk secrets)
{
    private const string SetupForm = """{"scheme":"StandardWebhooks","format":"Canonical","enabled":true,…}""",
        SecretForm = """{} for a new secret, {"secret":"…"} for one of the vendor, or {"setting":"ChannelSecret_…"}""";

    [Function("ListChannels")]
    [Summary("Lists the channels that post events")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels")] HttpRequest request,
        CancellationToken cancellationToken
    ) => Results.Json(new { channels = await desk.ListAsync(cancellationToken) }, Answer.Json);

    [Function("GetChannel")]
    [Summary("Shows how a channel is set up, without its secrets")]
    [Answers(200, typeof(ChannelView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    ) => Results.Json(await desk.GetAsync(request.Whole(name), cancellationToken), Answer.Json);

    [Function("PutChannel")]
    [Summary("Sets a channel up")]
    [Accepts(typeof(ChannelOptions))]
    [Answers(200, typeof(ChannelView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/channels/{name}")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var setup = await CommandBody.ReadAsync<ChannelOptions>(request, SetupForm, cancellationToken);
        return Results.Json(await desk.PutAsync(request.Whole(name), setup, request.Caller().Name, cancellationToken), Answer.Json);
    }

    [Function("AddChannelSecret")]
    [Summary("Adds a signing secret to a channel; a new one is shown this once")]
    [Accepts(typeof(NewSecret))]
    [Answers(201, typeof(AddedSecret))]
    public async Task<IResult> AddSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/channels/{name}/secrets")] HttpRequest request,
        string name,
        CancellationToken cancellationToken
    )
    {
        var secret = await CommandBody.ReadAsync<NewSecret>(request, SecretForm, cancellationToken);
        var added = await secrets.AddAsync(request.Whole(name), secret, request.Caller().Name, cancellationToken);
        request.HttpContext.Response.Headers.CacheControl = "no-store";
        return Results.Json(added, Answer.Json, statusCode: StatusCodes.Status201Created);
    }

    [Function("DeleteChannelSecret")]
    [Summary("Deletes a signing secret of a channel")]
    [Answers(204)]
    public async Task<IResult> DeleteSecret(
        [HttpTrigger(AuthorizationLevel.Anonymous, "delete", Route = "v1/channels/{name}/secrets/{id}")] HttpRequest request,
        string name,
        string id,
        CancellationToken cancellationToken
    )
    {
        await secrets.DeleteAsync(request.Whole(name), request.Whole(id), request.Caller().Name, cancellationToken);
        return Results.NoContent();
    }
}
