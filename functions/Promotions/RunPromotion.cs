using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Orchestration of a promotion from posting to settlement. Each execution runs the phase of the current state and continues as new when
/// the state changes, so that the history stays short.
/// </summary>
public static class RunPromotion
{
    [Function(nameof(RunPromotion))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var promotion = context.GetInput<string>()!;
        var steps = new PromotionSteps(context, new PromotionId(promotion));
        var look = await steps.LookAsync();
        switch (look.State)
        {
            case PromotionState.Draft or PromotionState.Gating or PromotionState.AwaitingApproval or PromotionState.Scheduled:
                await GatingPhase.RunAsync(steps, look);
                break;
            case PromotionState.Preparing:
                await LaunchPhase.RunAsync(steps);
                break;
            case PromotionState.Live or PromotionState.Paused:
                await LivePhase.RunAsync(steps);
                break;
            case PromotionState.RollingBack:
                await RollbackPhase.RunAsync(steps);
                break;
            case PromotionState.Ended:
                await SettlementPhase.RunAsync(steps);
                break;
            default:
                return;
        }
        context.ContinueAsNew(promotion);
    }
}
