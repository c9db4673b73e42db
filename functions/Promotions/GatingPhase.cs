using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions.Gating;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Gating phase: judges the gates on every change until all are green and the preparation time has come, and announces the promotion to the
/// channels.
/// </summary>
internal static class GatingPhase
{
    public static async Task RunAsync(PromotionSteps steps, PromotionLook look)
    {
        for (var looks = 0; looks < PromotionSteps.LooksPerExecution; looks++)
        {
            if (look.State is not (PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled))
                return;
            if (look.State == PromotionState.Scheduled && steps.Now >= look.PrepareAt)
            {
                await steps.MoveAsync(
                    PromotionEvent.LaunchDue,
                    "Every gate is green, and the channels' lead time before the start has begun."
                );
                return;
            }
            if (look.Announce.Count > 0)
            {
                await steps.AnnounceAsync(look.Announce);
                look = await steps.LookAsync();
                // Channels that did not accept are retried after a pause.
                if (look.Announce.Count > 0)
                    await steps.WaitAsync(look.WakeAt);
            }
            else
                await steps.WaitAsync(look.WakeAt);
            look = await steps.LookAsync();
        }
    }
}
