using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest;

/// <summary>A person's decision about a quarantined record, on the record's own decision chain.</summary>
public sealed class QuarantineReview(Intake intake, QuarantineStore quarantine, DecisionLog decisions, TimeProvider time)
{
    /// <summary>Who decides, until people sign in: a name in a header, at most this long.</summary>
    public const string PersonHeader = "X-Decided-By";

    private const int NameCharacters = 80;

    /// <summary>Takes the record in again: the request's body in its place, or the record as it is where the body is empty.</summary>
    public async Task<DeliveryReceipt> ReplayAsync(QuarantinedRecord record, HttpRequest request, CancellationToken cancellationToken)
    {
        var person = PersonIn(request);
        RequireWaiting(record);
        using var body = await RequestBody.ReadAsync(request, cancellationToken);
        var corrected = body.Memory.Length > 0;
        // A copy: it outlives the request where sending is given up.
        ReadOnlyMemory<byte> bytes = corrected ? body.Memory.ToArray() : await quarantine.ReadBytesAsync(record, cancellationToken);
        var receipt = await intake.ReplayAsync(record, bytes, cancellationToken);
        if (receipt.Quarantined > 0) return receipt;
        await quarantine.SetStateAsync(record, QuarantineStore.Replayed, cancellationToken);
        await RecordAsync(record, corrected ? "replayed corrected" : "replayed", person, cancellationToken);
        return receipt;
    }

    public async Task DiscardAsync(QuarantinedRecord record, HttpRequest request, CancellationToken cancellationToken)
    {
        var person = PersonIn(request);
        RequireWaiting(record);
        await quarantine.SetStateAsync(record, QuarantineStore.Discarded, cancellationToken);
        await RecordAsync(record, "discarded", person, cancellationToken);
    }

    private Task RecordAsync(QuarantinedRecord record, string decision, string person, CancellationToken cancellationToken) => decisions.AppendAsync(new DecisionRecord
    {
        Subject = $"quarantine {record.Channel} {record.Id}", DecidedAt = time.GetUtcNow(), Decision = decision, DecidedBy = person,
        Inputs = [new DecisionInput("record", record.EventId ?? record.Id, record.Blob, time.GetUtcNow() - record.ReceivedAt)],
        Verdicts = [new RuleVerdict("canonical form", false, $"{record.Field} {record.Reason}")],
        TakeBack = decision == "discarded" ? "The bytes are still in the blob: post them to the channel again." : "Post the event that undoes it to the channel, such as a cancellation or a newer level.",
    }, cancellationToken);

    private static void RequireWaiting(QuarantinedRecord record)
    {
        if (record.State != QuarantineStore.Waiting)
            throw new ProblemException(StatusCodes.Status409Conflict, "record-settled", "Decided already", $"The record was {record.State} before. GET /api/v1/decisions/quarantine {record.Channel} {record.Id} says by whom.");
    }

    private static string PersonIn(HttpRequest request) => request.Headers[PersonHeader].ToString() is { Length: > 0 and <= NameCharacters } name && !name.Any(char.IsControl)
        ? name
        : throw new ProblemException(StatusCodes.Status400BadRequest, "decided-by", "Who decides?", $"Send {PersonHeader} with your name (at most {NameCharacters} characters): it is kept with the decision.", PersonHeader);
}
