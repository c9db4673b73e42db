using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Signals;

/// <summary>Reads received work and processes it; one failure does not block the batch.</summary>
public sealed class PriceMessages(PriceWriter writer, ExceptionLog exceptions, TimeProvider time)
{
    /// <summary>Deliveries after which a message is dead-lettered.</summary>
    public const int Tries = 5;

    private const int ReasonCharacters = 300;

    public static bool IsLast(ServiceBusReceivedMessage message) => message.DeliveryCount >= Tries;

    /// <param name="received">Messages of one session, in order.</param>
    /// <param name="cancellationToken">Cancels the work.</param>
    /// <returns>The result, and the reason for each failed message.</returns>
    public async Task<(PriceWriterResult Result, IReadOnlyDictionary<ServiceBusReceivedMessage, string> Failed)> WorkAsync(
        IReadOnlyList<ServiceBusReceivedMessage> received,
        CancellationToken cancellationToken
    )
    {
        var (failed, work) = (
            new Dictionary<ServiceBusReceivedMessage, string>(),
            new List<(ServiceBusReceivedMessage Message, QueuedPriceWork Work)>()
        );
        foreach (var message in received)
            if (Read(message) is { } read)
                work.Add((message, new QueuedPriceWork(read, message.SequenceNumber)));
            else
                failed[message] = "is not a valid pricing message";
        var result = new PriceWriterResult([], [], 0);
        if (work.Count > 0)
            try
            {
                result = await writer.WorkAsync([.. work.Select(static w => w.Work)], cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException && work.Count > 1)
            {
                foreach (var (message, one) in work)
                    result = await AloneAsync(message, one, result, failed, cancellationToken);
            }
            catch (Exception failure) when (failure is not OperationCanceledException)
            {
                failed[work[0].Message] = ReasonOf(failure);
            }
        foreach (var (message, reason) in failed)
            if (IsLast(message))
                await RaiseAsync(message, reason, cancellationToken);
        return (result, failed);
    }

    private async Task<PriceWriterResult> AloneAsync(
        ServiceBusReceivedMessage message,
        QueuedPriceWork work,
        PriceWriterResult so,
        Dictionary<ServiceBusReceivedMessage, string> failed,
        CancellationToken cancellationToken
    )
    {
        try
        {
            var more = await writer.WorkAsync([work], cancellationToken);
            return new PriceWriterResult([.. so.ToAsk, .. more.ToAsk], [.. so.Published, .. more.Published], so.Looked + more.Looked);
        }
        catch (Exception failure) when (failure is not OperationCanceledException)
        {
            failed[message] = ReasonOf(failure);
            return so;
        }
    }

    private static PriceWork? Read(ServiceBusReceivedMessage message)
    {
        try
        {
            return
                JsonSerializer.Deserialize(message.Body.ToMemory().Span, PricingJson.Default.PriceWork) is { Skus.Count: > 0 } work
                && (work.Decisions is null || work.Decisions.Count == work.Skus.Count)
                ? work
                : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }

    private static string ReasonOf(Exception failure) =>
        $"{failure.GetType().Name}: {failure.Message.TrimStart().Split('\n', 2)[0].TrimEnd()}" is var line && line.Length > ReasonCharacters
            ? line[..ReasonCharacters]
            : line;

    private Task RaiseAsync(ServiceBusReceivedMessage dead, string reason, CancellationToken cancellationToken) =>
        exceptions.RaiseAsync(
            new OperationException
            {
                Type = "message-dead-lettered",
                Subject = $"prices of bucket {dead.SessionId}",
                Failure = $"{dead.Subject}: {reason}",
                FirstSeenAt = time.GetUtcNow(),
                LastSeenAt = time.GetUtcNow(),
                Owner = "operations",
                Sla = TimeSpan.FromHours(1),
                RecommendedAction =
                    $"Fix the cause and resubmit message {dead.MessageId} from the dead-letter queue of {PriceQueue.Name}; a late resubmission is safe.",
            },
            cancellationToken
        );
}
