using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Ingest;

/// <summary>API of quarantined records: list, show, replay, correct or discard.</summary>
public sealed class QuarantinedRecords(QuarantineStore quarantine, QuarantineReview review, People people)
{
    [Function("ListQuarantine")]
    public async Task<IResult> List(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/quarantine")] HttpRequest request,
        CancellationToken cancellationToken
    )
    {
        var channel = request.Query["channel"].ToString() is { Length: > 0 } named ? named : null;
        var (records, next) = await Paging.PageAsync(
            request,
            after => quarantine.ListAsync(channel, Paging.Size, after, cancellationToken)
        );
        return Results.Json(new { records, after = next }, Answer.Json);
    }

    [Function("GetQuarantinedRecord")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Function, "get", Route = "v1/quarantine/{channel}/{id}")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var record = await FindAsync(request, channel, id, cancellationToken);
        // Always text/plain: external content must not be executed.
        return Results.Text(
            System.Text.Encoding.UTF8.GetString((await quarantine.ReadBytesAsync(record, cancellationToken)).Span),
            "text/plain; charset=utf-8"
        );
    }

    [Function("ReplayQuarantinedRecord")]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/quarantine/{channel}/{id}/replay")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (person, record) = (people.Require(request, People.DataSteward), await FindAsync(request, channel, id, cancellationToken));
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        // A copy: it outlives the request where sending is given up.
        var corrected = body.Memory.Length > 0 ? body.Memory.ToArray() : (ReadOnlyMemory<byte>?)null;
        var receipt = await review.ReplayAsync(record, corrected, person, cancellationToken);
        return Results.Json(
            receipt,
            ReceiptJson.Default.DeliveryReceipt,
            statusCode: receipt.Quarantined > 0 ? StatusCodes.Status422UnprocessableEntity : StatusCodes.Status202Accepted
        );
    }

    [Function("DiscardQuarantinedRecord")]
    public async Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Function, "post", Route = "v1/quarantine/{channel}/{id}/discard")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var person = people.Require(request, People.DataSteward);
        await review.DiscardAsync(await FindAsync(request, channel, id, cancellationToken), person, cancellationToken);
        return Results.NoContent();
    }

    private async Task<QuarantinedRecord> FindAsync(HttpRequest request, string channel, string id, CancellationToken cancellationToken) =>
        await quarantine.FindAsync(new ChannelId(request.Whole(channel)), request.Whole(id), cancellationToken)
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-record",
            "Not found",
            $"Channel '{request.Whole(channel)}' has no record '{request.Whole(id)}' in quarantine. GET /api/v1/quarantine lists them.",
            "id"
        );
}
