using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Quarantine;

/// <summary>
/// What people decided about a quarantined record, and what they tried, on the record's own decision chain. The chain is the judge of
/// concurrent decisions: a record that is replayed or discarded is decided until it is opened again.
/// </summary>
public sealed class QuarantineChain(DecisionLog decisions, TimeProvider time)
{
    public const string Replayed = "replayed",
        ReplayedCorrected = "replayed corrected",
        Refused = "replay refused",
        Discarded = "discarded",
        Reopened = "reopened";

    private const string CorrectionInput = "correction, SHA-256";

    /// <summary>Its decision chain.</summary>
    public static string SubjectOf(QuarantinedRecord record) => $"quarantine {record.Channel} {record.Id}";

    /// <summary>Oldest first.</summary>
    public Task<IReadOnlyList<DecisionRecord>> ReadAsync(QuarantinedRecord record, CancellationToken cancellationToken) =>
        decisions.ReadAsync(SubjectOf(record), cancellationToken);

    /// <summary>Decides the record.</summary>
    /// <returns>The decision that stands if it is another one; else null.</returns>
    public async Task<string?> DecideAsync(
        QuarantinedRecord record,
        string decision,
        string person,
        CancellationToken cancellationToken,
        string? note = null,
        StoredCorrection? correction = null
    )
    {
        var wanted = RecordOf(record, decision, person) with
        {
            Inputs = InputsOf(record, person, note, correction),
            TakeBack =
                decision == Discarded
                    ? $"POST /api/v1/quarantine/{Uri.EscapeDataString(record.Channel.Value)}/{record.Id}/reopen puts it back among those that wait."
                    : "Post an event that reverses it to the channel, such as a cancellation or a newer level.",
        };
        var stands = await decisions.AppendUnlessAsync(wanted, IsDecided, cancellationToken);
        return stands.Decision == decision && CorrectionOf(stands) == correction?.Sha256 ? null : stands.Decision;
    }

    /// <summary>Notes a replay that was refused. One that is tried again with the same outcome is on the chain already.</summary>
    /// <param name="record">The record.</param>
    /// <param name="reason">Why.</param>
    /// <param name="correction">What was tried; null for the original. Its bytes are not kept.</param>
    /// <param name="person">Who tried.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    public Task NoteRefusalAsync(
        QuarantinedRecord record,
        string reason,
        StoredCorrection? correction,
        string person,
        CancellationToken cancellationToken
    )
    {
        var refused = RecordOf(record, Refused, person) with
        {
            Inputs = InputsOf(record, person, null, correction),
            Verdicts = [new RuleVerdict("canonical form", false, reason)],
        };
        return decisions.AppendUnlessAsync(refused, last => IsDecided(last) || IsSame(last, refused), cancellationToken);
    }

    /// <summary>Opens a discarded record again.</summary>
    public Task ReopenAsync(QuarantinedRecord record, string note, string person, CancellationToken cancellationToken)
    {
        var reopened = RecordOf(record, Reopened, person) with { Inputs = InputsOf(record, person, note, null), TakeBack = "Discard it." };
        return decisions.AppendUnlessAsync(reopened, static last => last.Decision != Discarded, cancellationToken);
    }

    private static bool IsDecided(DecisionRecord last) => last.Decision is Replayed or ReplayedCorrected or Discarded;

    private static bool IsSame(DecisionRecord last, DecisionRecord next) =>
        (last.Decision, last.DecidedBy, CorrectionOf(last)) == (next.Decision, next.DecidedBy, CorrectionOf(next))
        && last.Verdicts.SequenceEqual(next.Verdicts);

    private DecisionRecord RecordOf(QuarantinedRecord record, string decision, string person) =>
        new()
        {
            Subject = SubjectOf(record),
            DecidedAt = time.GetUtcNow(),
            Decision = decision,
            DecidedBy = person,
            Verdicts = [new RuleVerdict("canonical form", false, $"{record.Field} {record.Reason}")],
        };

    private List<DecisionInput> InputsOf(QuarantinedRecord record, string person, string? note, StoredCorrection? correction)
    {
        List<DecisionInput> inputs = [new("record", record.EventId ?? record.Id, record.Blob, time.GetUtcNow() - record.ReceivedAt)];
        if (note is not null)
            inputs.Add(new DecisionInput("note", note, person, null));
        if (correction is not null)
            inputs.Add(new DecisionInput(CorrectionInput, correction.Sha256, correction.Blob ?? "not kept", null));
        return inputs;
    }

    private static string? CorrectionOf(DecisionRecord decided) =>
        decided.Inputs.FirstOrDefault(static i => i.Name == CorrectionInput)?.Value;
}
