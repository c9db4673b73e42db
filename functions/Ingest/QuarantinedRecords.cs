using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Domain;
using Stockgate.Functions.Access;
using Stockgate.Functions.Api;
using Stockgate.Platform;
using Stockgate.Platform.Http;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Functions.Ingest;

/// <summary>API of quarantined records: list, show, replay, correct or discard.</summary>
public sealed class QuarantinedRecords(QuarantineStore quarantine, QuarantineReview review, DecisionLog decisions)
{
    private const string DiscardForm = """{"note":"why, at most 500 characters"}""";

    [Function("GetQuarantinedRecord")]
    [Summary("Reads a quarantined record as it was sent")]
    [Answers(200, MediaType = "text/plain")]
    public async Task<IResult> Get(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/quarantine/{channel}/{id}")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var record = await FindAsync(request, channel, id, cancellationToken);
        // Always text/plain: external content must not be executed.
        return Results.Text(
            System.Text.Encoding.UTF8.GetString((await quarantine.ReadBytesAsync(record, cancellationToken)).Span),
            "text/plain; charset=utf-8"
        );
    }

    [Function("GetQuarantinedRecordDetails")]
    [Summary("Shows why a record is in quarantine, how it came in, and what was decided about it")]
    [Answers(200)]
    public async Task<IResult> Details(
        [HttpTrigger(AuthorizationLevel.Anonymous, "get", Route = "v1/quarantine/{channel}/{id}/details")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        OwnChannel.Require(request, request.Whole(channel));
        var record = await FindAsync(request, channel, id, cancellationToken);
        var chain = await decisions.ChainAsync(QuarantineReview.SubjectOf(record), cancellationToken);
        return Results.Json(
            new
            {
                record,
                record.Origin.DeliveryId,
                record.Origin.Headers,
                decisions = chain.Records,
            },
            Answer.Json
        );
    }

    [Function("ReplayQuarantinedRecord")]
    [Summary("Replays a quarantined record, as it is or corrected")]
    [Accepts(null, IsOptional = true)]
    [Answers(202, typeof(DeliveryReceipt))]
    public async Task<IResult> Replay(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/{id}/replay")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var (person, record) = (request.Caller().Name, await FindAsync(request, channel, id, cancellationToken));
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
    [Summary("Discards a quarantined record, with the reason")]
    [Accepts(typeof(DiscardRequest))]
    [Answers(204)]
    public async Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/{id}/discard")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var person = request.Caller().Name;
        var note = (await CommandBody.ReadAsync<DiscardRequest>(request, DiscardForm, cancellationToken)).Checked();
        await review.DiscardAsync(await FindAsync(request, channel, id, cancellationToken), note, person, cancellationToken);
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

    /// <summary>Why a record is let go.</summary>
    internal sealed record DiscardRequest(string? Note)
    {
        public string Checked() => QuarantineNote.Required(Note);
    }
}
