using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Approvals;

namespace Stockgate.Functions.Approvals;

/// <summary>
/// Owns a case from the first mail to the moment at which its decision is taken over: asks, reminds, escalates, lets it expire. What
/// people answer is written by the link's page; a signal, which may be lost, only ends the wait.
/// </summary>
public static class RunApproval
{
    private const int LooksPerExecution = 40;

    // A mail server or a storage that is away for minutes must not end a case: about an hour is tried, and what gives up even then is
    // taken up again by AdoptApprovals.
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
