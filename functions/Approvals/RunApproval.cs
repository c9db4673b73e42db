using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Approvals;

namespace Stockgate.Functions.Approvals;

/// <summary>
/// Orchestration of a case from the first mail until its decision is applied: asks, reminds, escalates and lets it expire. The link's page
/// writes the answers; a signal, which may be lost, only ends the wait.
/// </summary>
public static class RunApproval
{
    private const int LooksPerExecution = 40;

    // An outage of the mail server or storage must not end a case: retries last about an hour, and AdoptApprovals restarts an instance that
    // gave up.
    private static readonly TaskOptions Retries = TaskOptions.FromRetryPolicy(
        new RetryPolicy(40, TimeSpan.FromSeconds(1), backoffCoefficient: 2, maxRetryInterval: TimeSpan.FromMinutes(2))
    );

    [Function(nameof(RunApproval))]
    public static async Task<CaseState> RunAsync([OrchestrationTrigger] TaskOrchestrationContext context)
    {
        var id = context.GetInput<string>()!;
        var changed = new SignalWait(context);
        for (var looks = 0; looks < LooksPerExecution; looks++)
        {
            var look = await context.CallActivityAsync<CaseLook>(nameof(ApprovalActivities.LookAtCase), id, Retries);
            if (look.WakeAt is not { } wakeAt)
            {
                await context.CallActivityAsync<string>(nameof(ApprovalActivities.TakeDecisionOver), id, Retries);
                return look.State;
            }
            if (look.Letters.Count > 0)
                await Task.WhenAll(
                    look.Letters.Select(letter =>
                        context.CallActivityAsync<bool>(nameof(ApprovalActivities.MailApprover), new LetterOfCase(id, letter), Retries)
                    )
                );
            else
                await changed.UntilAsync(wakeAt);
        }
        context.ContinueAsNew(id);
        return CaseState.Open;
    }
}
