using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Functions.Approvals;
using Stockgate.Platform.Approvals;
using Stockgate.Platform.Pricing.Cases;
using Stockgate.Platform.Pricing.Signals;

namespace Stockgate.Functions.Pricing;

/// <summary>Processes a batch of one bucket and opens the resulting approval cases.</summary>
public sealed class PriceBatch(PriceMessages messages, ApprovalDesk approvals, TimeProvider time, ILogger<PriceBatch> logger)
{
    public async Task RunAsync(
        IReadOnlyList<ServiceBusReceivedMessage> received,
        ServiceBusMessageActions actions,
        DurableTaskClient client,
        CancellationToken cancellationToken
    )
    {
        var (result, failed) = await messages.WorkAsync(received, cancellationToken);
        // Before the messages are settled: after a crash in between they are redelivered and the same cases opened again, idempotently.
        foreach (var asked in result.ToAsk)
            await ApprovalOwner.EnsureAsync(
                client,
                (await approvals.OpenAsync(PriceCases.Of(asked), cancellationToken)).Case.Id,
                cancellationToken
            );
        await FailedMessages.SettleAsync(
            [
                .. received
                    .Where(failed.ContainsKey)
                    .Select(message => new FailedMessage(message, failed[message], PriceMessages.IsLast(message))),
            ],
            "PricingFailed",
            actions,
            time,
            logger,
            cancellationToken
        );
    }
}
