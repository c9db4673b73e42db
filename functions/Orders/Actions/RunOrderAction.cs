using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Orders.Actions;

namespace Stockgate.Functions.Orders.Actions;

/// <summary>
/// Orchestration of an order action from the request to the channel's confirmation: review, approval if policy requires it, sending under
/// one id until the channel answers, compensation if it does not. The state is in the action's row; a new execution continues from it.
/// </summary>
public static class RunOrderAction
{
    private const int LooksPerExecution = 40;

    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(40, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2))
    );

    [Function(nameof(RunOrderAction))]
    public static async Task RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var action = context.GetInput<OrderActionKey>()!;
        var changed = new SignalWait(context);
        for (var looks = 0; looks < LooksPerExecution; looks++)
        {
            var look = await context.CallActivityAsync<OrderActionLook>(nameof(OrderActionActivities.LookAtOrderAction), action, Retries);
            switch (look.Next)
            {
                case OrderActionNext.Nothing:
                    return;
                // A fixed instance id: answers are raised to it, also after this orchestration is restarted.
                case OrderActionNext.Ask:
                    await context.CallSubOrchestratorAsync<CaseState>(
                        nameof(RunApproval),
                        look.Case!.Value.Value,
                        new SubOrchestrationOptions(instanceId: ApprovalOwner.InstanceOf(look.Case.Value))
                    );
                    break;
                case OrderActionNext.Send:
                    await context.CallActivityAsync<bool>(nameof(OrderActionActivities.SendOrderAction), action, Retries);
                    break;
                default:
                    await changed.UntilAsync(look.WakeAt);
                    break;
            }
        }
        context.ContinueAsNew(action);
    }
}
