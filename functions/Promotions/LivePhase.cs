using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Functions.Promotions;

/// <summary>Live and paused phase: monitors, carries out commands, and ends with the window or the budget.</summary>
internal static class LivePhase
{
    public static async Task RunAsync(PromotionSteps steps)
    {
        for (var looks = 0; looks < PromotionSteps.LooksPerExecution; looks++)
        {
            var look = await steps.WatchAsync();
            if (look.State is not (PromotionState.Live or PromotionState.Paused))
                return;
            if (look is { State: PromotionState.Paused, Restored: false })
            {
                if (await steps.RestoreAsync() is { } stuck)
                {
                    await steps.FailAsync(stuck);
                    return;
                }
                await steps.RestoredAsync();
            }
            else if (look.ToResume)
            {
                if (await ShowAsync(steps) is { } failed)
                    await steps.FailAsync(failed);
                else
                    await steps.ResumedAsync();
                return;
            }
            else if (look.ToWiden)
            {
                if (await ShowAsync(steps) is { } failed)
                {
                    await steps.FailAsync(failed);
                    return;
                }
            }
            else
                await steps.WaitAsync(look.WakeAt);
        }
    }

    // Prepared and activated like the first time: prices may have changed while it was off, or off in some regions.
    private static async Task<string?> ShowAsync(PromotionSteps steps)
    {
        var plan = await steps.PlanAsync();
        return await steps.DriveAsync(plan, LaunchStep.Prepare, plan.PrepareBy)
            ?? await steps.DriveAsync(plan, LaunchStep.Activate, plan.ActivateBy);
    }
}
