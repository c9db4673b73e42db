using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Restarts the orchestration of promotions that lost it (a crash after posting, a failed or terminated instance); it continues from the
/// record's state.
/// </summary>
public sealed class AdoptPromotions(PromotionStore store, PromotionTroubles troubles, ILogger<AdoptPromotions> logger)
{
    [Function("AdoptPromotions")]
    public async Task Run(
        [TimerTrigger("*/30 * * * * *")] TimerInfo timer,
        [DurableClient] DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var owned = await OrchestrationOwner.OpenAsync(client, PromotionSignal.Prefix, cancellationToken);
        foreach (var record in await store.ListAsync(onlyOpen: true, cancellationToken))
        {
            if (owned.Contains(PromotionSignal.InstanceOf(record.Id)))
                continue;
            var before = await client.GetInstanceAsync(PromotionSignal.InstanceOf(record.Id), getInputsAndOutputs: true, cancellationToken);
            if (!await PromotionOwner.EnsureAsync(client, record, cancellationToken))
                continue;
            logger.LogWarning(
                "Promotion {Promotion} was {State} without an orchestration ({Before}); a new one was started",
                record.Id,
                record.State,
                before?.RuntimeStatus.ToString() ?? "never started"
            );
            if (before is not null)
                await troubles.OrphanedAsync(
                    record,
                    before.FailureDetails?.ErrorMessage ?? before.RuntimeStatus.ToString(),
                    cancellationToken
                );
        }
    }
}
