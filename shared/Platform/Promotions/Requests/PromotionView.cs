using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Promotions.Requests;

/// <summary>A promotion in a list.</summary>
public sealed record PromotionSummary(
    PromotionId Id,
    string Name,
    PromotionState State,
    DateTimeOffset Start,
    DateTimeOffset End,
    string RequestedBy,
    int Terms
);

/// <summary>A pending task, its owner and its deadline.</summary>
/// <param name="Who">A role, a channel, a supplier.</param>
public sealed record Waiting(string Who, string What, DateTimeOffset? Until);

/// <summary>Everything about one promotion.</summary>
public sealed record PromotionDetails(
    PromotionRecord Promotion,
    PromotionTerms Terms,
    GateBoard? Gates,
    IReadOnlyList<Waiting> WaitsFor,
    IReadOnlyList<ChannelStep> Channels,
    IReadOnlyList<Shortfall> Shortfalls,
    IReadOnlyList<PromotionCommand> Commands,
    IReadOnlyList<WatchedAnomaly> Anomalies,
    string Decisions
);

/// <summary>The state of a promotion explained in sentences.</summary>
public sealed record PromotionExplanation(PromotionId Id, PromotionState State, IReadOnlyList<string> Sentences);

/// <summary>Shows promotions to people.</summary>
public sealed class PromotionView(
    PromotionStore store,
    PromotionGating gating,
    PromotionLaunch launch,
    PromotionMonitor monitor,
    PromotionRows rows,
    DecisionLog decisions,
    PromotionPolicy policy
)
{
    /// <summary>Every promotion that is not over.</summary>
    public async Task<IReadOnlyList<PromotionSummary>> ListOpenAsync(CancellationToken cancellationToken) =>
        [.. (await store.ListAsync(onlyOpen: true, cancellationToken)).Select(SummaryOf)];

    /// <summary>A page of all promotions there ever were, those that are not over first, and what the next page comes after.</summary>
    public async Task<(IReadOnlyList<PromotionSummary> Page, string? Next)> PageAsync(
        int size,
        string? after,
        CancellationToken cancellationToken
    )
    {
        var (records, next) = await store.PageAsync(size, after, cancellationToken);
        return ([.. records.Select(SummaryOf)], next);
    }

    private static PromotionSummary SummaryOf(PromotionRecord r) => new(r.Id, r.Name, r.State, r.Start, r.End, r.RequestedBy, r.Terms);

    public async Task<PromotionDetails> ReadAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var board = await gating.BoardAsync(record.Id, cancellationToken);
        var steps = await StepsAsync(record, cancellationToken);
        return new PromotionDetails(
            record,
            await store.TermsAsync(record.Id, record.Terms, cancellationToken),
            board,
            Waits(record, board, steps),
            steps,
            IsGated(record) ? await gating.ShortfallsAsync(record.Id, cancellationToken) : [],
            await rows.ListAsync(record.Id, PromotionCommand.RowKind, PromotionRowsJson.Default.PromotionCommand, cancellationToken),
            await monitor.AnomaliesAsync(record.Id, cancellationToken),
            $"/api/v1/decisions/{Uri.EscapeDataString(PromotionStore.SubjectOf(record.Id))}"
        );
    }

    public async Task<PromotionExplanation> ExplainAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var board = await gating.BoardAsync(record.Id, cancellationToken);
        var steps = await StepsAsync(record, cancellationToken);
        List<string> sentences =
        [
            $"{record.Name} ({record.Id}) is {EnumWords.Of(record.State)}{(record.Timeline is [.., var last] ? $" since {last.At:yyyy-MM-dd HH:mm:ss} UTC, by {last.By}: {last.Reason}" : ".")}",
        ];
        if (IsGated(record))
            sentences.AddRange(board?.Explain() ?? ["Its gates have not been judged yet; they are judged within seconds."]);
        if (record.State == PromotionState.Scheduled)
            sentences.Add(
                $"It is not live: its start is at {record.Start:yyyy-MM-dd HH:mm:ss} UTC; prices go to the channels at {record.Start - policy.PrepareLead:yyyy-MM-dd HH:mm:ss} UTC."
            );
        sentences.AddRange(
            Waits(record, IsGated(record) ? null : board, steps)
                .Select(static w => $"{w.Who} has to {w.What}{(w.Until is { } until ? $", until {until:yyyy-MM-dd HH:mm:ss} UTC" : "")}.")
        );
        if (IsGated(record) && await decisions.ReadAsync(PromotionStore.SubjectOf(record.Id), cancellationToken) is { Count: > 0 } chain)
            sentences.Add($"{chain.Count} decisions are on its audit chain, the last by {chain[^1].DecidedBy}: {chain[^1].Decision}.");
        return new PromotionExplanation(record.Id, record.State, sentences);
    }

    private async Task<List<ChannelStep>> StepsAsync(PromotionRecord record, CancellationToken cancellationToken) =>
        [
            .. (await launch.StepsAsync(record.Id, cancellationToken))
                .Where(s => s.Revision == record.Plan)
                .OrderBy(static s => s.Channel.Value, StringComparer.Ordinal)
                .ThenBy(static s => s.Step),
        ];

    private static bool IsGated(PromotionRecord record) =>
        record.State is PromotionState.Draft or PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled;

    private List<Waiting> Waits(PromotionRecord record, GateBoard? board, List<ChannelStep> steps) =>
        record.State switch
        {
            PromotionState.Gating or PromotionState.AwaitingApproval =>
            [
                .. (board?.Open ?? []).Select(v => new Waiting(v.Waits ?? "nobody", $"turn {v.Gate} green: {v.TurnsGreen}", record.Start)),
            ],
            PromotionState.Scheduled =>
            [
                new Waiting("the clock", "reach the time at which the channels are sent the prices", record.Start - policy.PrepareLead),
            ],
            PromotionState.Preparing when steps.Exists(static s => s.Step == LaunchStep.Activate) => Unconfirmed(
                steps,
                LaunchStep.Activate,
                "show the prices",
                record.Start + policy.ActivateTime
            ),
            PromotionState.Preparing => Unconfirmed(steps, LaunchStep.Prepare, "confirm the prices", record.Start),
            PromotionState.RollingBack => Unconfirmed(steps, LaunchStep.Revert, "confirm the prior prices", null),
            PromotionState.Live => [new Waiting("the clock", "reach the end of the window", record.End)],
            PromotionState.Paused => [new Waiting("the merchandiser", "resume, end or cancel it", record.End)],
            PromotionState.Ended when record.RestoredAt is null => Unconfirmed(steps, LaunchStep.Revert, "confirm the prior prices", null),
            PromotionState.Ended =>
            [
                new Waiting("the suppliers", "pay what was claimed", (record.EndedAt ?? record.End) + policy.ClaimTerm),
            ],
            _ => [],
        };

    private static List<Waiting> Unconfirmed(List<ChannelStep> steps, LaunchStep step, string what, DateTimeOffset? until) =>
        [
            .. steps
                .Where(s => s.Step == step && s.Progress != StepProgress.Confirmed)
                .Select(s => new Waiting(
                    s.Channel.Value,
                    $"{what} of plan {s.Revision}{(s.Detail is null ? "" : $" (last: {s.Detail})")}",
                    until
                )),
        ];
}
