using Microsoft.AspNetCore.Http;
using Stockgate.Platform.Ingest.Accepting;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>A person's decision about a quarantined record.</summary>
public sealed class QuarantineReview(Intake intake, QuarantineStore quarantine, QuarantineChain chain)
{
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
        {
            var tried = corrected is { } wrong ? StoredCorrection.NotKept(wrong) : null;
            await chain.NoteRefusalAsync(record, $"{rejection.Field} {rejection.Reason}", tried, person, cancellationToken);
            return new DeliveryReceipt(
                0,
                1,
                [new RecordReceipt(record.EventId, RecordReceipt.Quarantined, rejection.Field, rejection.Reason, record.Id)]
            );
        }
        var correction = corrected is { } bytes ? await quarantine.KeepCorrectionAsync(record, bytes, cancellationToken) : null;
        var decision = correction is null ? QuarantineChain.Replayed : QuarantineChain.ReplayedCorrected;
        await DecideAsync(record, decision, person, cancellationToken, correction: correction);
        var receipt = await intake.TakeInAsync(again, cancellationToken);
        await quarantine.SettleAsync(record, QuarantineStore.Replayed, cancellationToken);
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
        await DecideAsync(record, QuarantineChain.Discarded, person, cancellationToken, note);
        await quarantine.SettleAsync(record, QuarantineStore.Discarded, cancellationToken);
    }

    /// <summary>Takes a discard back: the record waits again.</summary>
    /// <param name="record">The record.</param>
    /// <param name="note">Why.</param>
    /// <param name="person">Who decides.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">It is not discarded.</exception>
    public async Task ReopenAsync(QuarantinedRecord record, string note, string person, CancellationToken cancellationToken)
    {
        if (record.State != QuarantineStore.Discarded)
            throw new ProblemException(
                StatusCodes.Status409Conflict,
                "record-not-discarded",
                "Not discarded",
                $"The record is {record.State}. Only a discarded record can be opened again.",
                "id"
            );
        await chain.ReopenAsync(record, note, person, cancellationToken);
        await quarantine.ReopenAsync(record, cancellationToken);
    }

    // Recorded first: of a concurrent replay and discard the chain accepts one and the other is refused. After a crash the record is still
    // waiting and is settled by the same decision.
    private async Task DecideAsync(
        QuarantinedRecord record,
        string decision,
        string person,
        CancellationToken cancellationToken,
        string? note = null,
        StoredCorrection? correction = null
    )
    {
        if (await chain.DecideAsync(record, decision, person, cancellationToken, note, correction) is { } other)
            throw Settled(record, other);
    }

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
            $"The record was {decision} before. GET /api/v1/decisions/{QuarantineChain.SubjectOf(record)} shows by whom."
        );
}
