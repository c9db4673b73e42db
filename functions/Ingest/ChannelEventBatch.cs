using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Approvals;
using Stockgate.Functions.Orchestrations;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Functions.Promotions;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Ingest;

/// <summary>Projects a batch of one bucket and signals the orchestrations that wait for the changed entities.</summary>
public sealed class ChannelEventBatch(
    MessageProjection projection,
    PromotionSignals promotions,
    OrderActionSignals orderActions,
    PriceSignals prices,
    SettlementCorrections corrections,
    DampedSignals signals,
    TimeProvider time,
    ILogger<ChannelEventBatch> logger
)
{
    public async Task RunAsync(
        IReadOnlyList<ServiceBusReceivedMessage> messages,
        ServiceBusMessageActions actions,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var settled = await projection.ProjectAsync(messages, cancellationToken);
        var applied = settled.Select(static s => s.Applied).OfType<QueuedMessage>().ToList();
        // Before the messages are settled: after a crash in between they are redelivered and the signals repeated.
        await TellAsync(applied, client, cancellationToken);
        await FailedMessages.SettleAsync(
            [
                .. settled
                    .Where(static s => s.Fate != MessageFate.Complete)
                    .Select(static s => new FailedMessage(s.Message, s.Reason ?? "", s.Fate == MessageFate.DeadLetter)),
            ],
            "ProjectionFailed",
            actions,
            time,
            logger,
            cancellationToken
        );
    }

    private async Task TellAsync(IReadOnlyList<QueuedMessage> applied, DurableTaskClient client, CancellationToken cancellationToken)
    {
        foreach (var promotion in await promotions.ConcernedByAsync(applied, cancellationToken))
            await signals.RaiseAsync(client, PromotionSignal.InstanceOf(promotion), cancellationToken);
        var concerned = await orderActions.ConcernedByAsync(applied, cancellationToken);
        foreach (var action in concerned)
            await signals.RaiseAsync(client, OrderActionOwner.InstanceOf(action), cancellationToken);
        // An action in approval waits for the answer only, so its case is signalled separately.
        foreach (var asked in await orderActions.QuestionsOfAsync(concerned, cancellationToken))
            await signals.RaiseAsync(client, ApprovalOwner.InstanceOf(asked), cancellationToken);
        await prices.TellAsync(applied, cancellationToken);
        await corrections.NoteAsync(applied, cancellationToken);
    }
}
