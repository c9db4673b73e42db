using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Orchestrations;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Finds promotions that nobody owns (posted a moment before a crash, or their orchestration failed or was terminated) and starts their
/// orchestration, which goes on where the record stands.
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
                "Promotion {Promotion} was {State} and had no orchestration ({Before}); it has one now",
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
