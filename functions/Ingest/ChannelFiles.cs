using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Files;

namespace Stockgate.Functions.Ingest;

/// <summary>API of a channel's files: send one, see how far it is, read its receipt.</summary>
public sealed class ChannelFiles(FileInbox inbox, FileReceipts receipts)
{
    [Function("PutChannelFile")]
    [Summary("Sends a file of a channel, as it is")]
    [Accepts(null, MediaType = "application/octet-stream")]
    [Answers(202, typeof(ChannelFileView))]
    public async Task<IResult> Put(
        [HttpTrigger(AuthorizationLevel.Anonymous, "put", Route = "v1/channels/{channel}/files/{name}")] HttpRequest request,
        string channel,
        string name,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var (file, isNew) = await inbox.PutAsync(
            request.Whole(channel),
            request.Whole(name),
            request,
            request.Caller().Name,
            cancellationToken
        );
        if (!isNew)
            return Results.Json(ChannelFileView.Of(file), Answer.Json);
        // A crash before this line leaves a file without an orchestration; the next look into the inbox starts it.
        await WorkFile.EnsureAsync(client, file, cancellationToken);
        request.HttpContext.Response.Headers.Location = request.Path.Value;
        return Results.Json(ChannelFileView.Of(file), Answer.Json, statusCode: StatusCodes.Status202Accepted);
    }

    [Function("ListChannelFiles")]
    [Summary("Lists a channel's files")]
    [Answers(200)]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/files")] HttpRequest request,
        string channel,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var (files, next) = await Paging.PageAsync(
            request,
            after => inbox.ListAsync(request.Whole(channel), Paging.Size, after, cancellationToken)
        );
        return Results.Json(new { files, after = next }, Answer.Json);
    }

    [Function("GetChannelFile")]
    [Summary("Shows how far a file is")]
    [Answers(200, typeof(ChannelFileView))]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/files/{name}")] HttpRequest request,
        string channel,
        string name,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        return Results.Json(
            ChannelFileView.Of(await inbox.GetAsync(request.Whole(channel), request.Whole(name), cancellationToken)),
            Answer.Json
        );
    }

    [Function("GetChannelFileReceipt")]
    [Summary("Reads what became of each record of a file")]
    [Answers(200, MediaType = "application/x-ndjson")]
    public async Task<IResult> Receipt(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/channels/{channel}/files/{name}/receipt")] HttpRequest request,
        string channel,
        string name,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var file = await inbox.GetAsync(request.Whole(channel), request.Whole(name), cancellationToken);
        var lines =
            await receipts.OpenAsync(file, cancellationToken)
            ?? throw new ProblemException(
                StatusCodes.Status404NotFound,
                "no-receipt",
                "Not found",
                "No record of this file was worked yet. Ask again in a moment.",
                "name"
            );
        Answer.AsShown(request, isPage: false);
        return Results.Stream(lines, "application/x-ndjson");
    }
}
