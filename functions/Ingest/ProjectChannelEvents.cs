using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Approvals;
using Stockgate.Functions.Orders.Actions;
using Stockgate.Functions.Promotions;
using Stockgate.Platform.Ingest;
using Stockgate.Platform.Orders.Actions;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Ingest;

/// <summary>Applies queued events to the tables, a bucket at a time.</summary>
public sealed class ProjectChannelEvents(MessageProjection projection, PromotionSignals promotions, OrderActionSignals orderActions, PriceSignals prices, ILogger<ProjectChannelEvents> logger)
{
    [Function("ProjectChannelEvents")]
    public async Task Run(
        [ServiceBusTrigger(EventQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] messages,
        ServiceBusMessageActions actions, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var settled = await projection.ProjectAsync(messages, cancellationToken);
        var applied = settled.Select(static s => s.Applied).OfType<QueuedMessage>().ToList();
        // Before the messages are settled: a crash in between delivers them again, and whoever waits is told then.
        foreach (var promotion in await promotions.ConcernedByAsync(applied, cancellationToken)) await PromotionSignal.RaiseAsync(client, promotion, cancellationToken);
        var concerned = await orderActions.ConcernedByAsync(applied, cancellationToken);
        foreach (var action in concerned) await OrderActionOwner.SignalAsync(client, action, cancellationToken);
        // An action that asks people waits for their answer alone: its question has to be told by itself.
        foreach (var asked in await orderActions.QuestionsOfAsync(concerned, cancellationToken)) await ApprovalOwner.SignalAsync(client, asked, cancellationToken);
        await prices.TellAsync(applied, cancellationToken);
        await Task.WhenAll(settled.Select(message => SettleAsync(message, actions)));
    }

    private Task SettleAsync(SettledMessage settled, ServiceBusMessageActions actions)
    {
        if (settled.Fate == MessageFate.Complete) return actions.CompleteMessageAsync(settled.Message);
        logger.LogWarning("Message {MessageId} of bucket {Bucket}, delivery {Delivery}: {Fate}: {Reason}",
            settled.Message.MessageId, settled.Message.SessionId, settled.Message.DeliveryCount, settled.Fate, settled.Reason);
        return settled.Fate == MessageFate.DeadLetter
            ? actions.DeadLetterMessageAsync(settled.Message, deadLetterReason: "ProjectionFailed", deadLetterErrorDescription: settled.Reason)
            : actions.AbandonMessageAsync(settled.Message);
    }
}
