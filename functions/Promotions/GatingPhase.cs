using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Until every gate is green and the time has come: looks whenever something changes, and tells the channels so that they can get ready.
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
                await steps.MoveAsync(PromotionEvent.LaunchDue, "Every gate is green, and the channels need their time before the start.");
                return;
            }
            if (look.Announce.Count > 0)
            {
                await steps.AnnounceAsync(look.Announce);
                look = await steps.LookAsync();
                // What some did not take they are asked again, but not without a pause.
                if (look.Announce.Count > 0)
                    await steps.WaitAsync(look.WakeAt);
            }
            else
                await steps.WaitAsync(look.WakeAt);
            look = await steps.LookAsync();
        }
    }
}
