using Microsoft.DurableTask;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>What the phases of a promotion are made of: calls to its activities, and waiting.</summary>
internal sealed class PromotionSteps(TaskOrchestrationContext context, PromotionId promotion)
{
    /// <summary>Looks of one phase before the history begins anew.</summary>
    public const int LooksPerExecution = 40;

    // Storage that is away for minutes must not end a promotion: about an hour is tried, and what gives up even then is taken up again by
    // AdoptPromotions.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(40, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2))
    );

    private readonly SignalWait changed = new(context);

    public DateTimeOffset Now => new(context.CurrentUtcDateTime, TimeSpan.Zero);

    /// <returns>Whether something changed; false where the time came.</returns>
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

    /// <summary>Puts the prior prices back in every channel that was ever sent others.</summary>
    /// <returns>Null where every channel confirmed; otherwise which did not, and why.</returns>
    public async Task<string?> RestoreAsync() =>
        await PlanRestoreAsync() is { } plan ? await DriveAsync(plan, LaunchStep.Revert, plan.RevertBy) : null;

    /// <summary>
    /// A channel failed: the exception first, so that it is there before the first price is put back, and then the way back.
    /// </summary>
    public async Task FailAsync(string reason)
    {
        await RaiseAsync(
            new PromotionTrouble(
                "promotion-rolled-back",
                reason,
                "Look at the channel named, then post the promotion again. Prior prices are being put back everywhere."
            )
        );
        await MoveAsync(PromotionEvent.ChannelFailed, reason);
    }

    /// <summary>
    /// Brings every channel of a plan to a step: all at once, each tried again until it confirms, refuses, or the time is over.
    /// </summary>
    /// <param name="plan">The plan.</param>
    /// <param name="step">What they are asked.</param>
    /// <param name="deadline">After it whoever has not confirmed has failed.</param>
    /// <param name="goesOn">Asked between two rounds: false ends it with nothing said.</param>
    /// <returns>Null where every channel confirmed; otherwise which did not, and why.</returns>
    public async Task<string?> DriveAsync(PlannedLaunch plan, LaunchStep step, DateTimeOffset deadline, Func<Task<bool>>? goesOn = null)
    {
        var open = plan.Channels;
        for (var wait = plan.AskEvery; ; wait = Longer(wait, step))
        {
            // All of them have answered, or their time was over, before anything else is sent: no activation is under way when prices are
            // put back.
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

    // Before customers see a price every second counts; a channel that will not take the old ones back for an hour is asked once a minute.
    private static TimeSpan Longer(TimeSpan wait, LaunchStep step) =>
        step == LaunchStep.Revert && wait < TimeSpan.FromMinutes(1) ? wait * 1.5 : wait;

    private static string Verb(LaunchStep step) =>
        step switch
        {
            LaunchStep.Prepare => "prepare",
            LaunchStep.Activate => "activate",
            _ => "put back the prices of",
        };

    private Task<T> CallAsync<T>(string activity, object input) => context.CallActivityAsync<T>(activity, input, Retries);
}
