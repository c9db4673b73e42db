using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Cases;

namespace Stockgate.Functions.Pricing;

/// <summary>Decides and publishes the prices of one bucket at a time.</summary>
public sealed class WritePrices(PriceMessages messages, ApprovalDesk approvals, ILogger<WritePrices> logger)
{
    [Function("WritePrices")]
    public async Task Run(
        [ServiceBusTrigger(PriceQueue.Name, Connection = "ServiceBus", IsSessionsEnabled = true, IsBatched = true, AutoCompleteMessages = false)] ServiceBusReceivedMessage[] received,
        ServiceBusMessageActions actions, [DurableClient] DurableTaskClient client, CancellationToken cancellationToken)
    {
        var (result, failed) = await messages.WorkAsync(received, cancellationToken);
        // Before the messages are settled: a crash in between delivers them again, and the same decisions are told again.
        foreach (var asked in result.ToAsk) await ApprovalOwner.EnsureAsync(client, (await approvals.OpenAsync(PriceCases.Of(asked), cancellationToken)).Case.Id, cancellationToken);
        await Task.WhenAll(received.Select(message => failed.TryGetValue(message, out var reason) ? SettleAsync(message, reason, actions) : actions.CompleteMessageAsync(message)));
    }

    private Task SettleAsync(ServiceBusReceivedMessage message, string reason, ServiceBusMessageActions actions)
    {
        logger.LogWarning("Message {MessageId} of bucket {Bucket}, delivery {Delivery}: {Reason}", message.MessageId, message.SessionId, message.DeliveryCount, reason);
        return PriceMessages.IsLast(message) ? actions.DeadLetterMessageAsync(message, deadLetterReason: "PricingFailed", deadLetterErrorDescription: reason) : actions.AbandonMessageAsync(message);
    }
}
