using Microsoft.DurableTask;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Promotions;

/// <summary>Building blocks of the promotion phases: activity calls and waits.</summary>
internal sealed class PromotionSteps(TaskOrchestrationContext context, PromotionId promotion)
{
    /// <summary>Evaluations of one phase before ContinueAsNew.</summary>
    public const int LooksPerExecution = 40;

    // A storage outage of minutes must not end a promotion: retries last about an hour, and AdoptPromotions restarts an instance that gave
    // up.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(40, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2))
    );

    private readonly SignalWait changed = new(context);

    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <returns>True after a signal; false on timeout.</returns>
    public Task<bool> WaitAsync(DateTimeOffset until) => changed.UntilAsync(until);

    public Task<PromotionLook> LookAsync() => CallAsync<PromotionLook>(nameof(PromotionActivities.LookAtPromotion), promotion.Value);

    public Task AnnounceAsync(IReadOnlyList<SalesChannelId> channels) =>
        CallAsync<bool>(
            nameof(PromotionActivities.AnnouncePromotion),
            new ChannelsOfPromotion(promotion.Value, [.. channels.Select(static c => c.Value)])
        );

    public Task<PromotionState> MoveAsync(PromotionEvent happened, string reason) =>
        CallAsync<PromotionState>(nameof(PromotionActivities.MovePromotion), new PromotionMove(promotion.Value, happened, reason));

    public Task<PlannedLaunch> PlanAsync() => CallAsync<PlannedLaunch>(nameof(PromotionActivities.PlanPromotionLaunch), promotion.Value);

    private Task<PlannedLaunch?> PlanRestoreAsync() =>
        CallAsync<PlannedLaunch?>(nameof(PromotionActivities.PlanPromotionRestore), promotion.Value);

    public Task<LaunchCheck> CheckAsync(int revision) =>
        CallAsync<LaunchCheck>(nameof(PromotionActivities.CheckPromotionLaunch), new PlanOfPromotion(promotion.Value, revision));

    public Task<LiveLook> WatchAsync() => CallAsync<LiveLook>(nameof(PromotionActivities.WatchPromotion), promotion.Value);

    public Task RestoredAsync() => CallAsync<bool>(nameof(PromotionActivities.NotePromotionRestored), promotion.Value);

    public Task ResumedAsync() => CallAsync<bool>(nameof(PromotionActivities.ResumePromotion), promotion.Value);

    public Task<SettlementLook> SettleAsync() => CallAsync<SettlementLook>(nameof(PromotionActivities.SettlePromotion), promotion.Value);

    public Task RaiseAsync(PromotionTrouble trouble) =>
        CallAsync<bool>(nameof(PromotionActivities.RaisePromotionException), new RaisedTrouble(promotion.Value, trouble));

    /// <summary>Restores the prior prices in every channel that received promotional prices.</summary>
    /// <returns>Null if every channel confirmed; otherwise the failed channels and the reasons.</returns>
    public async Task<string?> RestoreAsync() =>
        await PlanRestoreAsync() is { } plan ? await DriveAsync(plan, LaunchStep.Revert, plan.RevertBy) : null;

    /// <summary>After a channel's failure: opens the exception before the first price is restored, then rolls back.</summary>
    public async Task FailAsync(string reason)
    {
        await RaiseAsync(
            new PromotionTrouble(
                "promotion-rolled-back",
                reason,
                "Check the channel named, then post the promotion again. The prior prices are being restored in every channel."
            )
        );
        await MoveAsync(PromotionEvent.ChannelFailed, reason);
    }

    /// <summary>
    /// Brings every channel of a plan to a step in parallel; each is retried until it confirms, refuses, or the deadline passes.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">What they are asked.</param>
    /// <param name="deadline">Channels that have not confirmed by then have failed.</param>
    /// <param name="goesOn">Checked between two rounds; false ends the step without a result.</param>
    /// <returns>Null if every channel confirmed; otherwise the failed channels and the reasons.</returns>
    public async Task<string?> DriveAsync(PlannedLaunch plan, LaunchStep step, DateTimeOffset deadline, Func<Task<bool>>? goesOn = null)
    {
        var open = plan.Channels;
        for (var wait = plan.AskEvery; ; wait = Longer(wait, step))
        {
            // All channels have answered or timed out before another step is sent, so that no activation overlaps a rollback.
            var asked = new StepOfChannels(promotion.Value, plan.Revision, [.. open.Select(static c => c.Value)], step);
            var steps = await CallAsync<ChannelStep[]>(nameof(PromotionActivities.DrivePromotionChannels), asked);
            if (step != LaunchStep.Revert && steps.FirstOrDefault(static s => s.Progress == StepProgress.Refused) is { } refused)
                return $"{refused.Channel} refused to {Verb(step)} plan {plan.Revision}: {refused.Detail}";
            open = [.. steps.Where(static s => s.Progress != StepProgress.Confirmed).Select(static s => s.Channel)];
            if (open.Count == 0)
                return null;
            if (Now >= deadline)
                return $"{string.Join(", ", steps.Where(s => open.Contains(s.Channel)).Select(s => $"{s.Channel} ({s.Detail ?? "no answer"})"))} did not {Verb(step)} plan {plan.Revision} by {deadline:yyyy-MM-dd HH:mm:ss} UTC.";
            if (goesOn is not null && !await goesOn())
                return null;
            await WaitAsync(Earlier(Now + wait, deadline));
        }
    }

    public static DateTimeOffset Earlier(DateTimeOffset a, DateTimeOffset b) => a < b ? a : b;

    // Before the launch every second counts; a channel that refuses the prior prices for an hour is retried once a minute.
    private static TimeSpan Longer(TimeSpan wait, LaunchStep step) =>
        step == LaunchStep.Revert && wait < TimeSpan.FromMinutes(1) ? wait * 1.5 : wait;

    private static string Verb(LaunchStep step) =>
        step switch
        {
            LaunchStep.Prepare => "prepare",
            LaunchStep.Activate => "activate",
            _ => "restore the prices of",
        };

    private Task<T> CallAsync<T>(string activity, object input) => context.CallActivityAsync<T>(activity, input, Retries);
}
