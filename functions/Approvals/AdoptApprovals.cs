using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Domain.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Approvals;

namespace Stockgate.Functions.Approvals;

/// <summary>Restarts the orchestration of cases that lost it, and repeats signals that were lost in a crash.</summary>
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
                logger.LogInformation("Case {Case} was left without an orchestration; a new one was started", id);
            if (record.State != CaseState.Open)
                await ApprovalOwner.SignalAsync(client, id, cancellationToken);
        }
    }
}
