using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Promotions.Launch;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Two-phase launch: first every channel confirms the exact prices, then at the start every channel activates them. If one channel fails,
/// none launches.
/// </summary>
internal static class LaunchPhase
{
    public static async Task RunAsync(PromotionSteps steps)
    {
        while (true)
        {
            var plan = await steps.PlanAsync();
            if (await steps.DriveAsync(plan, LaunchStep.Prepare, plan.PrepareBy, () => StillPreparingAsync(steps)) is { } unprepared)
            {
                await steps.FailAsync(unprepared);
                return;
            }
            if (!await StillPreparingAsync(steps))
                return;
            var check = await HoldAsync(steps, plan);
            if (!await StillPreparingAsync(steps))
                return;
            if (check.Reason is { } reason)
            {
                await DropAsync(steps, reason);
                return;
            }
            // A regular price changed: the prepared prices and the prices to restore are outdated.
            if (!check.PricesHold)
                continue;
            if (await steps.DriveAsync(plan, LaunchStep.Activate, plan.ActivateBy) is { } inactive)
                await steps.FailAsync(inactive);
            else
                await steps.MoveAsync(PromotionEvent.ChannelsReady, $"Every channel shows the prices of plan {plan.Revision}.");
            return;
        }
    }

    /// <summary>Waits for the start after preparation. The gates are judged on every change and once just before the start.</summary>
    private static async Task<LaunchCheck> HoldAsync(PromotionSteps steps, PlannedLaunch plan)
    {
        LaunchCheck check;
        do
        {
            var changed = await steps.WaitAsync(plan.CheckAt);
            if (changed && !await StillPreparingAsync(steps))
                return new LaunchCheck(true, null);
            check = await steps.CheckAsync(plan.Revision);
            if (check is not { PricesHold: true, Reason: null })
                return check;
        } while (steps.Now < plan.CheckAt);
        // Later changes are handled when the promotion is live.
        while (steps.Now < plan.ActivateAt)
            await steps.WaitAsync(plan.ActivateAt);
        return check;
    }

    // Commands are carried out by the look: a promotion that was cancelled is not preparing any more.
    private static async Task<bool> StillPreparingAsync(PromotionSteps steps) =>
        (await steps.LookAsync()).State == PromotionState.Preparing;

    // No customer has seen a price yet: the prepared prices are dropped, and the promotion returns to its gates.
    private static async Task DropAsync(PromotionSteps steps, string reason)
    {
        if (await steps.RestoreAsync() is { } stuck)
            await steps.FailAsync($"{reason} {stuck}");
        else
            await steps.MoveAsync(PromotionEvent.GatesToRepeat, reason);
    }
}
