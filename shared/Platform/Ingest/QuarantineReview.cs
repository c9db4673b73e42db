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

    /// <summary>Takes the record in again.</summary>
    /// <param name="corrected">What to take in its place; null for the record as it is.</param>
    public async Task<DeliveryReceipt> ReplayAsync(QuarantinedRecord record, ReadOnlyMemory<byte>? corrected, string person, CancellationToken cancellationToken)
    {
        RequireWaiting(record);
        var receipt = await intake.ReplayAsync(record, corrected ?? await quarantine.ReadBytesAsync(record, cancellationToken), cancellationToken);
        if (receipt.Quarantined > 0) return receipt;
        await RecordAsync(record, corrected is null ? "replayed" : "replayed corrected", person, cancellationToken);
        await quarantine.SetStateAsync(record, QuarantineStore.Replayed, cancellationToken);
        return receipt;
    }

    public async Task DiscardAsync(QuarantinedRecord record, string person, CancellationToken cancellationToken)
    {
        RequireWaiting(record);
        await RecordAsync(record, "discarded", person, cancellationToken);
        await quarantine.SetStateAsync(record, QuarantineStore.Discarded, cancellationToken);
    }

    // Before the state: a crash between the two leaves a record that waits and is decided again by the same decision, never one that nobody decided.
    private Task RecordAsync(QuarantinedRecord record, string decision, string person, CancellationToken cancellationToken) => decisions.AppendFirstAsync(new DecisionRecord
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

    /// <summary>Who decides, as the request says.</summary>
    /// <exception cref="ProblemException">It doesn't, or not readably.</exception>
    public static string PersonIn(HttpRequest request) => request.Headers[PersonHeader].ToString() is { Length: > 0 and <= NameCharacters } name && !name.Any(char.IsControl)
        ? name
        : throw new ProblemException(StatusCodes.Status400BadRequest, "decided-by", "Who decides?", $"Send {PersonHeader} with your name (at most {NameCharacters} characters): it is kept with the decision.", PersonHeader);
}
