using System.Text.Json.Serialization;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Requests;

/// <summary>A person's command on a promotion.</summary>
[JsonConverter(typeof(NamedEnumConverter<PromotionCommandKind>))]
public enum PromotionCommandKind
{
    /// <summary>New terms before the launch; gates are judged again.</summary>
    Edit,

    /// <summary>A later end, also while it is live.</summary>
    Extend,

    /// <summary>Take it back: prior prices in every channel, at once.</summary>
    Cancel,
    Pause,
    Resume,

    /// <summary>The window is over now.</summary>
    End,
}

/// <summary>
/// A command that a person gave. It is kept before it is answered and carried out by the promotion's orchestration, in the order in which
/// it was given.
/// </summary>
public sealed record PromotionCommand
{
    internal const string RowKind = "command";

    public required PromotionCommandKind Kind { get; init; }

    public required string By { get; init; }

    public required string Reason { get; init; }

    public required DateTimeOffset At { get; init; }

    /// <summary>Number of the terms that an edit or an extension asks for.</summary>
    public int? Terms { get; init; }

    /// <summary>Null while it waits.</summary>
    public DateTimeOffset? HandledAt { get; init; }

    /// <summary>The outcome as text.</summary>
    public string? Outcome { get; init; }

    // Ticks first: commands are carried out in the order of their keys.
    internal string Key => RowKeys.Of(RowKind, $"{At.UtcTicks:00000000000000000000}", Kind.ToString(), By);
}

/// <summary>Keeps commands, and carries them out.</summary>
public sealed class PromotionCommands(PromotionStore store, PromotionRows rows, DecisionLog decisions, TimeProvider time)
{
    private static readonly PromotionState[] Editable =
    [
        PromotionState.Draft,
        PromotionState.Gating,
        PromotionState.AwaitingApproval,
        PromotionState.Scheduled,
    ];

    /// <returns>Why the command can't be carried out while the promotion is in this state; null if it can.</returns>
    public static string? Mistake(PromotionRecord record, PromotionCommandKind kind) =>
        kind switch
        {
            PromotionCommandKind.Edit when Editable.Contains(record.State) => null,
            PromotionCommandKind.Edit =>
                $"The promotion is {EnumWords.Of(record.State)} and its prices were sent to the channels. Cancel it and post a new one, or extend or end it.",
            PromotionCommandKind.Extend
                when Editable.Contains(record.State) || record.State is PromotionState.Live or PromotionState.Paused => null,
            PromotionCommandKind.Cancel when EventOf(kind) is { } withdrawn && Allows(record, withdrawn) => null,
            PromotionCommandKind.Pause when Allows(record, PromotionEvent.PausedByOperator) => null,
            PromotionCommandKind.Resume when Allows(record, PromotionEvent.Resumed) => null,
            PromotionCommandKind.End when record.State is PromotionState.Live or PromotionState.Paused => null,
            _ => $"The promotion is {EnumWords.Of(record.State)}; {kind} has no effect in this state.",
        };

    public Task GiveAsync(PromotionId promotion, PromotionCommand command, CancellationToken cancellationToken) =>
        rows.PutAsync(promotion, command.Key, command, PromotionRowsJson.Default.PromotionCommand, cancellationToken);

    public async Task<List<PromotionCommand>> PendingAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        [
            .. (
                await rows.ListAsync(promotion, PromotionCommand.RowKind, PromotionRowsJson.Default.PromotionCommand, cancellationToken)
            ).Where(static c => c.HandledAt is null),
        ];

    /// <summary>
    /// Carries out waiting commands, except for <see cref="PromotionCommandKind.Resume"/>, which takes effect when the channels have
    /// confirmed.
    /// </summary>
    public async Task<StoredPromotion> CarryOutAsync(StoredPromotion stored, CancellationToken cancellationToken)
    {
        foreach (var command in await PendingAsync(stored.Record.Id, cancellationToken))
        {
            if (Mistake(stored.Record, command.Kind) is { } mistake)
            {
                // A state that follows the command is the command carried out before a crash; the row only does not know it yet.
                await HandledAsync(stored.Record.Id, command, DoneBefore(stored.Record, command) ? "Done." : mistake, cancellationToken);
                continue;
            }
            if (command.Kind == PromotionCommandKind.Resume)
                break;
            stored = await CarryOutAsync(stored, command, cancellationToken);
            await HandledAsync(stored.Record.Id, command, "Done.", cancellationToken);
        }
        return stored;
    }

    public async Task HandledAsync(PromotionId promotion, PromotionCommand command, string outcome, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        await decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(promotion),
                DecidedAt = now,
                Decision = command.Kind.ToString().ToLowerInvariant(),
                DecidedBy = command.By,
                Inputs = [new DecisionInput("reason", command.Reason, command.By, now - command.At)],
                Verdicts = [new RuleVerdict("promotion states", outcome == "Done.", outcome)],
            },
            command.Key,
            cancellationToken
        );
        await rows.PutAsync(
            promotion,
            command.Key,
            command with
            {
                HandledAt = now,
                Outcome = outcome,
            },
            PromotionRowsJson.Default.PromotionCommand,
            cancellationToken
        );
    }

    private async Task<StoredPromotion> CarryOutAsync(StoredPromotion stored, PromotionCommand command, CancellationToken cancellationToken)
    {
        if (command.Terms is not { } number)
            return await store.ApplyAsync(stored, EventOf(command.Kind)!.Value, command.Reason, command.By, cancellationToken);
        if (stored.Record.Terms >= number)
            return stored;
        var terms = await store.TermsAsync(stored.Record.Id, number, cancellationToken);
        var record = stored.Record with { Terms = number, Name = terms.Request.Name, Start = terms.Start, End = terms.End };
        // Verdicts on the old terms do not apply to the new ones.
        if (record.State is PromotionState.AwaitingApproval or PromotionState.Scheduled)
            record = record.Apply(PromotionEvent.GatesToRepeat, $"Terms {number}: {command.Reason}", command.By, time.GetUtcNow()).Record;
        return await store.SaveAsync(stored, record, cancellationToken);
    }

    private static bool DoneBefore(PromotionRecord record, PromotionCommand command) =>
        EventOf(command.Kind) is { } happened && record.Timeline.Any(t => t.On == happened && t.By == command.By && t.At >= command.At);

    private static bool Allows(PromotionRecord record, PromotionEvent happened) =>
        PromotionRoute.All.Any(r => r.From == record.State && r.On == happened);

    private static PromotionEvent? EventOf(PromotionCommandKind kind) =>
        kind switch
        {
            PromotionCommandKind.Cancel => PromotionEvent.Withdrawn,
            PromotionCommandKind.Pause => PromotionEvent.PausedByOperator,
            PromotionCommandKind.Resume => PromotionEvent.Resumed,
            PromotionCommandKind.End => PromotionEvent.WindowEnded,
            _ => null,
        };
}
