using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Approvals;

namespace Stockgate.Functions.Approvals;

/// <summary>Finds cases that nobody owns, and decisions whose signal was lost in a crash, and sees to it that both go on.</summary>
public sealed class AdoptApprovals(ApprovalStore store, ILogger<AdoptApprovals> logger)
{
    [Function("AdoptApprovals")]
    public async Task Run(
        [TimerTrigger("*/30 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var owned = await OrchestrationOwner.OpenAsync(client, ApprovalOwner.Prefix, cancellationToken);
        foreach (var record in await store.ListWaitingAsync(cancellationToken))
        {
            var id = record.Case.Id;
            // An order action asks by an orchestration below its own, which AdoptOrderActions looks after.
            if (
                record.Case.Kind != CaseKind.OrderAction
                && !owned.Contains(ApprovalOwner.InstanceOf(id))
                && await ApprovalOwner.EnsureAsync(client, id, cancellationToken)
            )
                logger.LogInformation("Case {Case} has an owner now", id);
            if (record.State != CaseState.Open)
                await ApprovalOwner.SignalAsync(client, id, cancellationToken);
        }
    }
}
