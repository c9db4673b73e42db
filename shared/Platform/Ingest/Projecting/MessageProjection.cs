using Azure.Messaging.ServiceBus;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Ingest.Projecting;

/// <summary>How to settle a message after projection.</summary>
public enum MessageFate
{
    Complete,

    /// <summary>It is redelivered before later messages.</summary>
    TryAgain,
    DeadLetter,
}

/// <summary>A message and its settlement.</summary>
/// <param name="Reason">The reason of a failure.</param>
/// <param name="Applied">The content, if applied.</param>
public sealed record SettledMessage(ServiceBusReceivedMessage Message, MessageFate Fate, string? Reason, QueuedMessage? Applied = null);

/// <summary>Projects received messages and decides how each is settled.</summary>
public sealed class MessageProjection(Projector projector, LargeEvents large, ExceptionLog exceptions, TimeProvider time)
{
    /// <summary>Deliveries after which a message that can't be applied is dead-lettered.</summary>
    public const int Tries = 5;

    private const int ReasonCharacters = 300;

    /// <param name="messages">Messages of one session, in order.</param>
    /// <param name="cancellationToken">Ends the work; what was applied then is applied once all the same.</param>
    public async Task<IReadOnlyList<SettledMessage>> ProjectAsync(
        IReadOnlyList<ServiceBusReceivedMessage> messages,
        CancellationToken cancellationToken
    )
    {
        var settled = new SettledMessage[messages.Count];
        var readable = new List<(int Index, QueuedMessage Queued)>(messages.Count);
        for (var i = 0; i < messages.Count; i++)
        {
            try
            {
                readable.Add((i, await ReadAsync(messages[i], cancellationToken) with { LastTry = messages[i].DeliveryCount >= Tries }));
            }
            catch (UnreadableMessageException unreadable)
            {
                settled[i] = Failed(messages[i], unreadable);
            }
        }
        if (readable.Count > 0)
        {
            var failures = await projector.ProjectAsync(
                messages[0].SessionId!,
                [.. readable.Select(static r => r.Queued)],
                cancellationToken
            );
            for (var i = 0; i < readable.Count; i++)
                settled[readable[i].Index] = failures[i] is { } failure
                    ? Failed(messages[readable[i].Index], failure)
                    : new SettledMessage(messages[readable[i].Index], MessageFate.Complete, null, readable[i].Queued);
        }
        foreach (var dead in settled.Where(static s => s.Fate == MessageFate.DeadLetter))
            await RaiseAsync(dead, cancellationToken);
        return settled;
    }

    private async Task<QueuedMessage> ReadAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken)
    {
        var channel = TextOf(message, EventQueue.ChannelProperty) ?? "stockgate";
        var body = TextOf(message, EventQueue.BodyProperty) is { } name
            ? await projector.WithPatienceAsync(cancellation => large.ReadAsync(name, cancellation), cancellationToken)
            : message.Body.ToMemory();
        return QueuedMessage.Read(message.Subject ?? string.Empty, new ChannelId(channel), body.Span, time.GetUtcNow());
    }

    private static string? TextOf(ServiceBusReceivedMessage message, string property) =>
        message.ApplicationProperties.TryGetValue(property, out var value) ? value as string : null;

    private static SettledMessage Failed(ServiceBusReceivedMessage message, Exception failure)
    {
        // One that waits for another has not failed itself: it is never dead-lettered for waiting.
        var fate = message.DeliveryCount >= Tries && failure is not HeldBackException ? MessageFate.DeadLetter : MessageFate.TryAgain;
        return new SettledMessage(
            message,
            fate,
            failure is UnreadableMessageException or HeldBackException
                ? failure.Message
                : $"{failure.GetType().Name}: {FirstLine(failure.Message)}"
        );
    }

    // Storage's messages end with a request id and a time, which are removed so that repeated failures have one fingerprint.
    private static string FirstLine(string message)
    {
        var line = message.TrimStart().Split('\n', 2)[0].TrimEnd();
        return line.Length <= ReasonCharacters ? line : line[..ReasonCharacters];
    }

    private Task RaiseAsync(SettledMessage dead, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        return exceptions.RaiseAsync(
            new OperationException
            {
                Type = "message-dead-lettered",
                Subject = $"bucket {dead.Message.SessionId}",
                Failure = $"{dead.Message.Subject}: {dead.Reason}",
                FirstSeenAt = now,
                LastSeenAt = now,
                Owner = "operations",
                Sla = TimeSpan.FromHours(1),
                RecommendedAction =
                    $"Fix the cause and resubmit message {dead.Message.MessageId} from the dead-letter queue of {EventQueue.Name}; applying it late is safe.",
            },
            cancellationToken
        );
    }
}
