using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Live;
using Stockgate.Domain.Promotions.Settlement;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Promotions.Cases;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Live;

/// <summary>The state of a live or ended promotion, for its orchestration.</summary>
/// <param name="Restored">Whether every channel shows the prior prices.</param>
/// <param name="ToResume">Whether a resume was requested.</param>
/// <param name="ToWiden">Whether regions that policy starts later are due.</param>
public sealed record LiveLook(PromotionState State, bool Restored, bool ToResume, bool ToWiden, DateTimeOffset WakeAt);

/// <summary>An anomaly and its outcome.</summary>
/// <param name="Id">The id used in an approval.</param>
/// <param name="Decision">By whose authority the best action happens.</param>
/// <param name="DoneAt">When the action was carried out; null if it was not, or is only shown.</param>
/// <param name="DoneBy">Who or what decided that it is; null if nobody has.</param>
/// <param name="ClearedAt">When it was last seen to be over; null while it goes on.</param>
public sealed record WatchedAnomaly(
    string Id,
    Anomaly Anomaly,
    ActionDecision Decision,
    DateTimeOffset FirstAt,
    DateTimeOffset? DoneAt,
    string? DoneBy,
    DateTimeOffset? ClearedAt
)
{
    internal const string Kind = "anomaly";
}

/// <summary>Watches a live promotion: commands, the end of window and budget, sell-through, prices that channels show, stock.</summary>
public sealed class PromotionMonitor(
    PromotionStore store,
    PromotionCommands commands,
    PromotionRows rows,
    PromotionWatch watch,
    PromotionActions actions,
    PromotionQuestions questions,
    BudgetLedger budget,
    ExceptionLog exceptions,
    DecisionLog decisions,
    PromotionPolicy policy,
    TimeProvider time
)
{
    private const string Rule = "promotion monitor",
        SampleKind = "sample",
        LastKey = "monitor";

    public async Task<LiveLook> LookAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await commands.CarryOutAsync(await store.GetAsync(promotion, cancellationToken), cancellationToken);
        var now = time.GetUtcNow();
        if (stored.Record.State is PromotionState.Live or PromotionState.Paused && now >= stored.Record.End)
            stored = await store.ApplyAsync(stored, PromotionEvent.WindowEnded, "The window has ended.", Rule, cancellationToken);
        if (
            stored.Record.State == PromotionState.Live
            && (await budget.StateAsync(promotion, cancellationToken))?.Account.Left.Spent == true
        )
            stored = await store.ApplyAsync(stored, PromotionEvent.BudgetSpent, "The budget is spent.", Rule, cancellationToken);
        if (stored.Record.State == PromotionState.Live)
            await WatchAsync(stored.Record, now, cancellationToken);
        else
        {
            // From here on claims are denied, whatever the till still shows.
            await budget.CloseAsync(promotion, cancellationToken);
            foreach (var over in (await AnomaliesAsync(promotion, cancellationToken)).Where(static a => a.ClearedAt is null))
                await ClearAsync(stored.Record, over, now, cancellationToken);
        }
        var resume =
            stored.Record.State == PromotionState.Paused
            && (await commands.PendingAsync(promotion, cancellationToken)).Exists(static c => c.Kind == PromotionCommandKind.Resume);
        var plan = stored.Record is { State: PromotionState.Live, Plan: > 0 }
            ? await store.PlanAsync(promotion, stored.Record.Plan, cancellationToken)
            : null;
        if (plan is not null)
            await actions.TellEndAsync(stored.Record, plan, cancellationToken);
        DateTimeOffset[] moments = [stored.Record.End, now + policy.MonitorEvery, plan?.WidensAt ?? DateTimeOffset.MaxValue];
        return new LiveLook(stored.Record.State, stored.Record.RestoredAt is not null, resume, now >= plan?.WidensAt, moments.Min());
    }

    /// <summary>Every channel shows the offer again: live.</summary>
    public async Task<bool> ResumeAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(promotion, cancellationToken);
        foreach (
            var command in (await commands.PendingAsync(promotion, cancellationToken)).Where(static c =>
                c.Kind == PromotionCommandKind.Resume
            )
        )
        {
            stored = await store.ApplyAsync(stored, PromotionEvent.Resumed, command.Reason, command.By, cancellationToken);
            await commands.HandledAsync(promotion, command, "Done.", cancellationToken);
        }
        return true;
    }

    public async Task<IReadOnlyList<WatchedAnomaly>> AnomaliesAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        await rows.ListAsync(promotion, WatchedAnomaly.Kind, PromotionRowsJson.Default.WatchedAnomaly, cancellationToken);

    public Task<List<AvailabilitySample>> SamplesAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        rows.ListAsync(promotion, SampleKind, PromotionRowsJson.Default.AvailabilitySample, cancellationToken);

    /// <summary>A person's yes to a recommended action.</summary>
    /// <returns>
    /// The anomaly, done or, where the channel did not take it, not yet; null if there is no such recommendation open, or it is not one
    /// that is carried out here.
    /// </returns>
    public async Task<WatchedAnomaly?> ApproveAsync(PromotionRecord record, string anomaly, string by, CancellationToken cancellationToken)
    {
        var key = RowKeys.Of(WatchedAnomaly.Kind, anomaly);
        if (
            await rows.FindAsync(record.Id, key, PromotionRowsJson.Default.WatchedAnomaly, cancellationToken)
                is not { DoneAt: null, ClearedAt: null } open
            || !await actions.CanCarryOutAsync(record, open.Decision.Action, cancellationToken)
        )
            return null;
        var done = await DoAsync(record, open, by, cancellationToken);
        await rows.PutAsync(record.Id, key, done, PromotionRowsJson.Default.WatchedAnomaly, cancellationToken);
        return done;
    }

    // Signals arrive with every sale; the evaluation runs only at the policy's interval.
    private async Task WatchAsync(PromotionRecord record, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var last = await rows.FindAsync(record.Id, LastKey, PromotionRowsJson.Default.AvailabilitySample, cancellationToken);
        if (last is not null && now - last.At < policy.MonitorEvery && last.At >= record.LiveAt)
            return;
        var (sample, found) = await watch.LookAsync(record, last?.At ?? record.LiveAt ?? now, now, cancellationToken);
        await rows.PutAsync(
            record.Id,
            RowKeys.Of(SampleKind, $"{now.UtcTicks:00000000000000000000}"),
            sample,
            PromotionRowsJson.Default.AvailabilitySample,
            cancellationToken
        );
        var known = (await AnomaliesAsync(record.Id, cancellationToken)).ToDictionary(static a => a.Id);
        foreach (var anomaly in found)
            await SeenAsync(record, anomaly, known.GetValueOrDefault(IdOf(anomaly)), now, cancellationToken);
        var ids = found.Select(IdOf).ToHashSet(StringComparer.Ordinal);
        foreach (var over in known.Values.Where(a => a.ClearedAt is null && !ids.Contains(a.Id)))
            await ClearAsync(record, over, now, cancellationToken);
        // Written last, so that a crash before it repeats the evaluation idempotently.
        await rows.PutAsync(record.Id, LastKey, sample, PromotionRowsJson.Default.AvailabilitySample, cancellationToken);
    }

    private async Task SeenAsync(
        PromotionRecord record,
        Anomaly anomaly,
        WatchedAnomaly? before,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        if (before is { ClearedAt: null })
        {
            // Automatic and approved actions are retried at every evaluation until the channel has accepted them.
            if (before is { DoneAt: null } && (before.Decision.Authority == ActionAuthority.Execute || before.DoneBy is not null))
                await rows.PutAsync(
                    record.Id,
                    RowKeys.Of(WatchedAnomaly.Kind, before.Id),
                    await DoAsync(record, before, before.DoneBy ?? Rule, cancellationToken),
                    PromotionRowsJson.Default.WatchedAnomaly,
                    cancellationToken
                );
            return;
        }
        var decision = watch.Policy.Decide(anomaly.Actions[0]);
        var seen = new WatchedAnomaly(IdOf(anomaly), anomaly, decision, now, null, null, null);
        if (decision.Authority == ActionAuthority.Execute)
            seen = await DoAsync(record, seen, Rule, cancellationToken);
        await exceptions.RaiseAsync(
            new OperationException
            {
                Type = TypeOf(anomaly),
                Subject = SubjectOf(record, anomaly),
                Failure = anomaly.Kind.ToString(),
                Owner = "promotion operations",
                Sla = TimeSpan.FromHours(1),
                FirstSeenAt = now,
                LastSeenAt = now,
                ExposedUnits = anomaly.Exposure.Units.Value,
                ExposedMoney = anomaly.Exposure.Money?.Amount ?? 0,
                Currency = anomaly.Exposure.Money?.Currency,
                RecommendedAction =
                    $"{anomaly.Reason} {decision.Action.Kind}: {decision.Action.Reason} {(seen.DoneAt is not null ? "Done by policy." : decision.Authority == ActionAuthority.Approve ? $"Approve it: POST /api/v1/promotions/{record.Id}/actions/{seen.Id}." : "")}".TrimEnd(),
            },
            cancellationToken
        );
        await rows.PutAsync(
            record.Id,
            RowKeys.Of(WatchedAnomaly.Kind, seen.Id),
            seen,
            PromotionRowsJson.Default.WatchedAnomaly,
            cancellationToken
        );
        if (decision.Authority == ActionAuthority.Approve && await actions.CanCarryOutAsync(record, decision.Action, cancellationToken))
            await questions.OpenAsync(questions.Action(record, seen), cancellationToken);
    }

    private async Task ClearAsync(PromotionRecord record, WatchedAnomaly over, DateTimeOffset now, CancellationToken cancellationToken)
    {
        await exceptions.ResolveAsync(TypeOf(over.Anomaly), SubjectOf(record, over.Anomaly), now, cancellationToken);
        await rows.PutAsync(
            record.Id,
            RowKeys.Of(WatchedAnomaly.Kind, over.Id),
            over with
            {
                ClearedAt = now,
            },
            PromotionRowsJson.Default.WatchedAnomaly,
            cancellationToken
        );
    }

    private async Task<WatchedAnomaly> DoAsync(
        PromotionRecord record,
        WatchedAnomaly anomaly,
        string by,
        CancellationToken cancellationToken
    )
    {
        var (now, action) = (time.GetUtcNow(), anomaly.Decision.Action);
        var (done, published) = await actions.CarryOutAsync(record, action, by, now, cancellationToken);
        await decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(record.Id),
                DecidedAt = now,
                Decision = $"{action.Kind} for {anomaly.Anomaly.Subject}",
                DecidedBy = by,
                Published = [published],
                Inputs =
                [
                    new DecisionInput("seen", anomaly.Anomaly.Seen, anomaly.Anomaly.Subject, null),
                    new DecisionInput("expected", anomaly.Anomaly.Expected, "the plan", null),
                ],
                Verdicts =
                [
                    new RuleVerdict(anomaly.Anomaly.Kind.ToString(), false, anomaly.Anomaly.Reason),
                    new RuleVerdict("action policy", true, anomaly.Decision.Reason),
                ],
            },
            $"action {anomaly.Id} {anomaly.FirstAt.UtcTicks} {published}",
            cancellationToken
        );
        return anomaly with { DoneAt = done ? now : null, DoneBy = by };
    }

    private static string TypeOf(Anomaly anomaly) => $"promotion-{anomaly.Kind}";

    private static string SubjectOf(PromotionRecord record, Anomaly anomaly) => $"{PromotionStore.SubjectOf(record.Id)}: {anomaly.Subject}";

    private static string IdOf(Anomaly anomaly) =>
        Convert.ToHexStringLower(
            System
                .Security.Cryptography.SHA256.HashData(System.Text.Encoding.UTF8.GetBytes($"{anomaly.Kind}\n{anomaly.Subject}"))
                .AsSpan(0, 6)
        );
}
