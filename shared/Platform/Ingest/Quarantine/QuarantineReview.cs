using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>A person's decision about a quarantined record, on the record's own decision chain.</summary>
public sealed class QuarantineReview(Intake intake, QuarantineStore quarantine, DecisionLog decisions, TimeProvider time)
{
    private const string CorrectionInput = "correction, SHA-256";

    /// <summary>Replays the record.</summary>
    /// <param name="record">The record.</param>
    /// <param name="corrected">The corrected record; null for the original.</param>
    /// <param name="person">Who decides.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">It was decided otherwise before, or the correction is another record.</exception>
    public async Task<DeliveryReceipt> ReplayAsync(
        QuarantinedRecord record,
        ReadOnlyMemory<byte>? corrected,
        string person,
        CancellationToken cancellationToken
    )
    {
        RequireWaiting(record);
        var again = await intake.ReadAgainAsync(
            record,
            corrected ?? await quarantine.ReadBytesAsync(record, cancellationToken),
            cancellationToken
        );
        if (again.Rejection is { } rejection)
            return new DeliveryReceipt(
                0,
                1,
                [new RecordReceipt(record.EventId, RecordReceipt.Quarantined, rejection.Field, rejection.Reason, record.Id)]
            );
        var correction = corrected is { } bytes ? await quarantine.KeepCorrectionAsync(record, bytes, cancellationToken) : null;
        await DecideAsync(record, correction is null ? "replayed" : "replayed corrected", correction, person, cancellationToken);
        var receipt = await intake.TakeInAsync(again, cancellationToken);
        await quarantine.SetStateAsync(record, QuarantineStore.Replayed, cancellationToken);
        return receipt;
    }

    /// <summary>Lets the record go; its bytes are kept.</summary>
    /// <param name="record">The record.</param>
    /// <param name="note">Why.</param>
    /// <param name="person">Who decides.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">It was decided otherwise before.</exception>
    public async Task DiscardAsync(QuarantinedRecord record, string note, string person, CancellationToken cancellationToken)
    {
        RequireWaiting(record);
        await DecideAsync(record, "discarded", null, person, cancellationToken, note);
        await quarantine.SetStateAsync(record, QuarantineStore.Discarded, cancellationToken);
    }

    // Recorded first: of a concurrent replay and discard the chain accepts one and the other is refused. After a crash the record is still
    // waiting and is settled by the same decision.
    private async Task DecideAsync(
        QuarantinedRecord record,
        string decision,
        StoredCorrection? correction,
        string person,
        CancellationToken cancellationToken,
        string? note = null
    )
    {
        var age = time.GetUtcNow() - record.ReceivedAt;
        List<DecisionInput> inputs = [new("record", record.EventId ?? record.Id, record.Blob, age)];
        if (note is not null)
            inputs.Add(new DecisionInput("note", note, person, null));
        if (correction is not null)
            inputs.Add(new DecisionInput(CorrectionInput, correction.Sha256, correction.Blob, null));
        var stands = await decisions.AppendFirstAsync(
            new DecisionRecord
            {
                Subject = SubjectOf(record),
                DecidedAt = time.GetUtcNow(),
                Decision = decision,
                DecidedBy = person,
                Inputs = inputs,
                Verdicts = [new RuleVerdict("canonical form", false, $"{record.Field} {record.Reason}")],
                TakeBack =
                    decision == "discarded"
                        ? "The blob keeps the original bytes: post them to the channel again."
                        : "Post an event that reverses it to the channel, such as a cancellation or a newer level.",
            },
            cancellationToken
        );
        if (stands.Decision != decision || CorrectionOf(stands) != correction?.Sha256)
            throw Settled(record, stands.Decision);
    }

    private static string? CorrectionOf(DecisionRecord decided) =>
        decided.Inputs.FirstOrDefault(static i => i.Name == CorrectionInput)?.Value;

    /// <summary>Its decision chain.</summary>
    public static string SubjectOf(QuarantinedRecord record) => $"quarantine {record.Channel} {record.Id}";

    private static void RequireWaiting(QuarantinedRecord record)
    {
        if (record.State != QuarantineStore.Waiting)
            throw Settled(record, record.State);
    }

    private static ProblemException Settled(QuarantinedRecord record, string decision) =>
        new(
            StatusCodes.Status409Conflict,
            "record-settled",
            "Already decided",
            $"The record was {decision} before. GET /api/v1/decisions/{SubjectOf(record)} shows by whom."
        );
}
