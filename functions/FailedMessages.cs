using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.Logging;

namespace Stockgate.Functions;

/// <summary>A message of a batch that could not be used.</summary>
/// <param name="Message">As received.</param>
/// <param name="Reason">Why, in a line.</param>
/// <param name="IsLast">True if it is not tried again.</param>
internal sealed record FailedMessage(ServiceBusReceivedMessage Message, string Reason, bool IsLast);

/// <summary>Settles the failed messages of a batch. The host completes the others when the function ends, at a third of the cost.</summary>
internal static class FailedMessages
{
    // The longest pause is short, so that a message waiting for another does not block its bucket for a minute.
    private static readonly TimeSpan FirstPause = TimeSpan.FromMilliseconds(250),
        LongestPause = TimeSpan.FromSeconds(4);

    private const int DoublingsToLongest = 4;

    public static async Task SettleAsync(
        IReadOnlyList<FailedMessage> failed,
        string deadLetterReason,
        ServiceBusMessageActions actions,
        TimeProvider time,
        ILogger logger,
        CancellationToken cancellationToken
    )
    {
        if (failed.Count == 0)
            return;
        // Without a pause five deliveries take less than a second, and a transient fault becomes a dead letter.
        if (failed.Any(static f => !f.IsLast))
            await Task.Delay(PauseAfter(failed.Min(static f => f.Message.DeliveryCount)), time, cancellationToken);
        // Sequential, so that the messages are returned in their order.
        foreach (var (message, reason, isLast) in failed)
        {
            logger.LogWarning(
                "Message {MessageId} of bucket {Bucket}, delivery {Delivery}, {Fate}: {Reason}",
                message.MessageId,
                message.SessionId,
                message.DeliveryCount,
                isLast ? "is dead-lettered" : "is retried",
                reason
            );
            if (isLast)
                await actions.DeadLetterMessageAsync(
                    message,
                    deadLetterReason: deadLetterReason,
                    deadLetterErrorDescription: reason,
                    cancellationToken: cancellationToken
                );
            else
                await actions.AbandonMessageAsync(message, cancellationToken: cancellationToken);
        }
    }

    private static TimeSpan PauseAfter(int deliveries)
    {
        // One that waits for another may be delivered hundreds of times.
        var pause = FirstPause * Math.Pow(2, Math.Min(deliveries - 1, DoublingsToLongest));
        return pause < LongestPause ? pause : LongestPause;
    }
}
