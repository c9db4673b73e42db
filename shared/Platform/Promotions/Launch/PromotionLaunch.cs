using System.Collections.Concurrent;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Launch;

/// <summary>A channel's progress with one step of one revision.</summary>
public enum StepProgress
{
    /// <summary>It does not have the message yet, as far as is known.</summary>
    NotSent,

    /// <summary>It has it (202).</summary>
    Sent,
    Confirmed,
    Refused,
}

/// <summary>One step at one channel.</summary>
/// <param name="Detail">The channel's last answer, or why it was unreachable.</param>
public sealed record ChannelStep(
    SalesChannelId Channel,
    int Revision,
    LaunchStep Step,
    StepProgress Progress,
    int Attempts,
    DateTimeOffset? SentAt,
    DateTimeOffset? AnsweredAt,
    string? Detail
)
{
    internal const string Kind = "step";

    internal string Key => RowKeys.Of(Kind, $"{Revision:000000}", Channel.Value, Step.ToString());
}

/// <summary>
/// A launch plan as an orchestration needs it: without its thousands of prices, but with the times that policy sets, so that a change of
/// policy is a matter of the next plan.
/// </summary>
/// <param name="PrepareBy">By when every channel has to hold the prices.</param>
/// <param name="CheckAt">When the gates are judged for the last time.</param>
/// <param name="ActivateBy">By when every channel has to show the prices.</param>
/// <param name="RevertBy">By when every channel has to show the prior prices, if they are put back now.</param>
/// <param name="AskEvery">How often channels are looked at.</param>
public sealed record PlannedLaunch(
    int Revision,
    IReadOnlyList<SalesChannelId> Channels,
    DateTimeOffset PrepareBy,
    DateTimeOffset CheckAt,
    DateTimeOffset ActivateAt,
    DateTimeOffset ActivateBy,
    DateTimeOffset RevertBy,
    TimeSpan AskEvery
);

/// <summary>The result of the final check before the launch.</summary>
/// <param name="PricesHold">False if a regular price changed since the plan was made.</param>
/// <param name="Reason">Null if every gate is green; otherwise which are not and why.</param>
public sealed record LaunchCheck(bool PricesHold, string? Reason);

/// <summary>Captures prices and takes each channel through the launch steps.</summary>
public sealed class PromotionLaunch(
    PromotionStore store,
    PromotionGating gating,
    PromotionRows rows,
    PromotionFactsReader reader,
    StateTables tables,
    OutboundChannels channels,
    ChannelClient client,
    BudgetLedger budget,
    DecisionLog decisions,
    PromotionPolicy policy,
    TimeProvider time
)
{
    private const string Rule = "promotion launch";

    // The revision whose activation opened the budget last: the other channels of it need not ask for it again, and what closes a budget
    // is followed by a higher one.
    private readonly ConcurrentDictionary<PromotionId, int> opened = new();

    /// <summary>Captures the prices of a due launch, always as a new revision, because channels may have dropped the last one.</summary>
    public async Task<PlannedLaunch> PlanAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(promotion, cancellationToken);
        var now = time.GetUtcNow();
        // A late or resumed promotion is activated as soon as every channel is prepared.
        var activateAt =
            stored.Record.State is PromotionState.Preparing && stored.Record.Start > now + policy.FinalCheckLead
                ? stored.Record.Start
                : now;
        var facts = await reader.ReadAsync(stored.Record, cancellationToken);
        return Planned(
            await AddAsync(
                stored,
                LaunchPrices.Of(facts, GateEvaluation.Judge(facts).ShortRegions, stored.Record.Plan + 1, activateAt),
                "prices captured",
                cancellationToken
            )
        );
    }

    /// <summary>Judges the gates and the captured prices once more.</summary>
    public async Task<LaunchCheck> CheckAsync(PromotionId promotion, int revision, CancellationToken cancellationToken)
    {
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        var plan = await store.PlanAsync(promotion, revision, cancellationToken);
        var (facts, evaluated) = await gating.JudgeAsync(record, cancellationToken);
        return new LaunchCheck(
            LaunchPrices.Same(plan, LaunchPrices.Of(facts, evaluated.ShortRegions, revision, plan.ActivateAt)),
            evaluated.Board.MayLaunch ? null : string.Join(" ", evaluated.Board.Open.Select(static v => $"{v.Gate}: {v.Reason}"))
        );
    }

    /// <summary>The plan whose prior prices have to be put back; null if no channel was ever sent any.</summary>
    public async Task<PlannedLaunch?> PlanRestoreAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        var stored = await store.GetAsync(promotion, cancellationToken);
        // Before the first price is restored, so that new claims are denied.
        await budget.CloseAsync(promotion, cancellationToken);
        if (stored.Record.Plan == 0)
            return null;
        var plan = await store.PlanAsync(promotion, stored.Record.Plan, cancellationToken);
        var restore = LaunchPrices.ToRestore(plan, await reader.ReadAsync(stored.Record, cancellationToken), plan.Revision + 1);
        // The same revision is taken back that was sent, unless a regular price changed meanwhile.
        return Planned(
            LaunchPrices.Same(plan, restore)
                ? plan
                : await AddAsync(stored, restore, "prices to restore captured again: a regular price changed", cancellationToken)
        );
    }

    /// <summary>Advances one channel: sends a missing message, polls a polled channel, or reads a callback. Idempotent.</summary>
    public async Task<ChannelStep> DriveAsync(
        PromotionId promotion,
        int revision,
        SalesChannelId channel,
        LaunchStep step,
        CancellationToken cancellationToken
    )
    {
        var key = new ChannelStep(channel, revision, step, default, 0, null, null, null).Key;
        var before =
            await rows.FindAsync(promotion, key, PromotionRowsJson.Default.ChannelStep, cancellationToken)
            ?? new ChannelStep(channel, revision, step, StepProgress.NotSent, 0, null, null, null);
        if (before.Progress is StepProgress.Confirmed || (before.Progress is StepProgress.Refused && step != LaunchStep.Revert))
            return before;
        var after = channels.Find(channel) is { } to
            ? await DriveAsync(promotion, to, before, cancellationToken)
            : before with
            {
                Progress = StepProgress.Refused,
                Detail = $"Channel {channel} is no longer in the settings.",
            };
        if (after != before)
            await rows.PutAsync(promotion, key, after, PromotionRowsJson.Default.ChannelStep, cancellationToken);
        return after;
    }

    public Task<List<ChannelStep>> StepsAsync(PromotionId promotion, CancellationToken cancellationToken) =>
        rows.ListAsync(promotion, ChannelStep.Kind, PromotionRowsJson.Default.ChannelStep, cancellationToken);

    private async Task<ChannelStep> DriveAsync(
        PromotionId promotion,
        OutboundChannel to,
        ChannelStep step,
        CancellationToken cancellationToken
    )
    {
        var now = time.GetUtcNow();
        // An answer to a message that was not sent yet is ignored: otherwise a stray confirmation would leave the channel without prices.
        if (step.SentAt is not null && await AnswerAsync(promotion, to, step, cancellationToken) is { } answered)
            return answered;
        // Asked first: a channel that has it need not get it again.
        if (to.Confirm == ConfirmBy.Poll && step.SentAt is not null)
        {
            var polled = await client.PollAsync(to, promotion, step.Revision, step.Step, cancellationToken);
            if (polled.Outcome is PollOutcome.Confirmed or PollOutcome.Refused)
                return step with
                {
                    Progress = polled.Outcome == PollOutcome.Confirmed ? StepProgress.Confirmed : StepProgress.Refused,
                    AnsweredAt = time.GetUtcNow(),
                    Detail = polled.Detail,
                };
            if (polled.Outcome == PollOutcome.Working)
                return step with { Progress = StepProgress.Sent, Detail = polled.Detail };
        }
        if (step.Progress == StepProgress.Sent && now - step.SentAt < policy.RetryEvery)
            return step;
        // The first channel that shows the price may have a customer before the last one does.
        if (step.Step == LaunchStep.Activate)
            await OpenBudgetAsync(promotion, step.Revision, cancellationToken);
        var message = ChannelMessage.Of(await store.PlanAsync(promotion, step.Revision, cancellationToken), to.Id, step.Step);
        if (message is null)
            return step with { Progress = StepProgress.Confirmed, AnsweredAt = now, Detail = "The plan has no prices for it." };
        var delivery = await client.SendAsync(
            to,
            message.Id,
            JsonSerializer.SerializeToUtf8Bytes(message, PromotionsJson.Default.ChannelMessage),
            cancellationToken
        );
        var sent = step with { Attempts = step.Attempts + 1, SentAt = now, Detail = delivery.Detail };
        return delivery.Outcome switch
        {
            DeliveryOutcome.Accepted => sent with { Progress = StepProgress.Sent },
            // A channel that refuses the prior prices is retried until it is repaired, because customers see the wrong price meanwhile.
            DeliveryOutcome.Refused => sent with { Progress = StepProgress.Refused, AnsweredAt = time.GetUtcNow() },
            _ => sent,
        };
    }

    private async Task OpenBudgetAsync(PromotionId promotion, int revision, CancellationToken cancellationToken)
    {
        if (opened.TryGetValue(promotion, out var open) && open == revision)
            return;
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        var request = (await store.TermsAsync(promotion, record.Terms, cancellationToken)).Request;
        await budget.OpenAsync(promotion, request.Budget, request.Currency, cancellationToken);
        if (opened.Count >= 10_000)
            opened.Clear();
        opened[promotion] = revision;
    }

    // Only the channel's own answer is read.
    private async Task<ChannelStep?> AnswerAsync(
        PromotionId promotion,
        OutboundChannel to,
        ChannelStep step,
        CancellationToken cancellationToken
    )
    {
        var topic = new ChannelAnswered
        {
            Promotion = promotion,
            Channel = to.Id,
            Revision = step.Revision,
            Step = step.Step,
            Answer = default,
        };
        var row = await tables.PromotionReports.GetEntityIfExistsAsync<Azure.Data.Tables.TableEntity>(
            tables.PartitionOf(promotion),
            ReportForms.KeyOf(to.AnswersFrom, topic),
            cancellationToken: cancellationToken
        );
        if (!row.HasValue || ReportForms.Form.Read(row.Value!) is not { Said: ChannelAnswered said } fact)
            return null;
        // A refusal to put prices back is the reason to ask again, but not at once.
        if (
            said.Answer == StepAnswer.Refused
            && step.Step == LaunchStep.Revert
            && step.SentAt is { } sent
            && time.GetUtcNow() - sent >= policy.RetryEvery
        )
            return null;
        return step with
        {
            Progress = said.Answer == StepAnswer.Confirmed ? StepProgress.Confirmed : StepProgress.Refused,
            AnsweredAt = fact.At,
            Detail = said.Detail,
        };
    }

    private async Task<LaunchPlan> AddAsync(StoredPromotion stored, LaunchPlan plan, string decision, CancellationToken cancellationToken)
    {
        // A taken number was captured before a crash and never sent.
        while (!await store.AddPlanAsync(plan, cancellationToken))
            plan = plan with { Revision = plan.Revision + 1 };
        await decisions.AppendOnceAsync(
            new DecisionRecord
            {
                Subject = PromotionStore.SubjectOf(plan.Promotion),
                DecidedAt = plan.CapturedAt,
                Decision = $"{decision}: plan {plan.Revision}",
                DecidedBy = Rule,
                Published = [.. plan.Channels.Select(c => $"{c.Prices.Count} prices for {c.Channel}")],
                TakeBack = "send a revert of this plan to every channel",
            },
            $"plan {plan.Revision}",
            cancellationToken
        );
        await store.SaveAsync(stored, stored.Record with { Plan = plan.Revision }, cancellationToken);
        return plan;
    }

    private PlannedLaunch Planned(LaunchPlan plan)
    {
        var now = time.GetUtcNow();
        // What becomes ready a moment before the start is shown as soon as every channel has had its time, not taken back at the start.
        var prepareBy = plan.ActivateAt > now + policy.PrepareTime ? plan.ActivateAt : now + policy.PrepareTime;
        return new PlannedLaunch(
            plan.Revision,
            [.. plan.Channels.Select(static c => c.Channel)],
            prepareBy,
            plan.ActivateAt - policy.FinalCheckLead,
            plan.ActivateAt,
            prepareBy + policy.ActivateTime,
            now + policy.RevertTime,
            policy.AskEvery
        );
    }
}
