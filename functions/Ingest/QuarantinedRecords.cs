using System.Net.Mime;
using System.Text.Unicode;
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

namespace Stockgate.Functions.Ingest;

/// <summary>API of quarantined records: show, replay, correct, discard or open again.</summary>
public sealed class QuarantinedRecords(QuarantineStore quarantine, QuarantineReview review, QuarantineChain chain)
{
    private const string NoteForm = """{"note":"why, at most 500 characters"}""";

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
        var bytes = await quarantine.ReadBytesAsync(record, cancellationToken);
        // Byte for byte, and as text/plain whatever it is: external content must not be executed. What is no text is told as bytes.
        request.HttpContext.Response.Headers.XContentTypeOptions = "nosniff";
        return Results.Bytes(bytes, Utf8.IsValid(bytes.Span) ? "text/plain; charset=utf-8" : MediaTypeNames.Application.Octet);
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
        return Results.Json(
            new
            {
                record,
                record.Origin.DeliveryId,
                record.Origin.Headers,
                decisions = await chain.ReadAsync(record, cancellationToken),
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
    [Accepts(typeof(NoteRequest))]
    [Answers(204)]
    public async Task<IResult> Discard(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/{id}/discard")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var person = request.Caller().Name;
        var note = await NoteAsync(request, cancellationToken);
        await review.DiscardAsync(await FindAsync(request, channel, id, cancellationToken), note, person, cancellationToken);
        return Results.NoContent();
    }

    [Function("ReopenQuarantinedRecord")]
    [Summary("Opens a discarded record again, with the reason")]
    [Accepts(typeof(NoteRequest))]
    [Answers(204)]
    public async Task<IResult> Reopen(
        [HttpTrigger(AuthorizationLevel.Anonymous, "post", Route = "v1/quarantine/{channel}/{id}/reopen")] HttpRequest request,
        string channel,
        string id,
        CancellationToken cancellationToken
    )
    {
        var person = request.Caller().Name;
        var note = await NoteAsync(request, cancellationToken);
        await review.ReopenAsync(await FindAsync(request, channel, id, cancellationToken), note, person, cancellationToken);
        return Results.NoContent();
    }

    private static async Task<string> NoteAsync(HttpRequest request, CancellationToken cancellationToken) =>
        QuarantineNote.Required((await CommandBody.ReadAsync<NoteRequest>(request, NoteForm, cancellationToken)).Note);

    private async Task<QuarantinedRecord> FindAsync(HttpRequest request, string channel, string id, CancellationToken cancellationToken) =>
        await quarantine.FindAsync(new ChannelId(request.Whole(channel)), request.Whole(id), cancellationToken)
        ?? throw new ProblemException(
            StatusCodes.Status404NotFound,
            "unknown-record",
            "Not found",
            $"Channel '{request.Whole(channel)}' has no record '{request.Whole(id)}' in quarantine. GET /api/v1/quarantine lists them.",
            "id"
        );

    /// <summary>Why.</summary>
    internal sealed record NoteRequest(string? Note);
}
