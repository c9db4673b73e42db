using System.Collections.ObjectModel;
using System.Globalization;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message as the broker handed it out.</summary>
public class ServiceBusReceivedMessage
{
    internal const string DeadLetterReasonKey = "DeadLetterReason";
    internal const string DeadLetterErrorDescriptionKey = "DeadLetterErrorDescription";

    private static readonly ReadOnlyDictionary<string, object> NoProperties = new(new Dictionary<string, object>());

    internal ServiceBusReceivedMessage()
    {
    }

    /// <summary>The content.</summary>
    public BinaryData Body { get; internal init; } = BinaryData.FromBytes(ReadOnlyMemory<byte>.Empty);

    /// <summary>The sender's id of the message, or the one the broker gave it.</summary>
    public string MessageId { get; internal set; } = "";

    /// <summary>As sent.</summary>
    public string? PartitionKey { get; internal set; }

    /// <summary>As sent.</summary>
    public string? TransactionPartitionKey { get; internal set; }

    /// <summary>The session the message belongs to.</summary>
    public string? SessionId { get; internal set; }

    /// <summary>As sent.</summary>
    public string? ReplyToSessionId { get; internal set; }

    /// <summary>How long the message lives from <see cref="EnqueuedTime"/>, after the queue's default capped it.</summary>
    public TimeSpan TimeToLive { get; internal set; } = TimeSpan.MaxValue;

    /// <summary>As sent.</summary>
    public string? CorrelationId { get; internal set; }

    /// <summary>As sent.</summary>
    public string? Subject { get; internal set; }

    /// <summary>As sent.</summary>
    public string? To { get; internal set; }

    /// <summary>As sent.</summary>
    public string? ContentType { get; internal set; }

    /// <summary>As sent.</summary>
    public string? ReplyTo { get; internal set; }

    /// <summary>When the message was to enter the queue, when it was scheduled.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; internal set; }

    /// <summary>As sent, and as settling calls modified them.</summary>
    public IReadOnlyDictionary<string, object> ApplicationProperties { get; internal set; } = NoProperties;

    /// <summary>The lock this delivery holds.</summary>
    public string LockToken => LockTokenGuid.ToString();

    /// <summary>How many times the message was handed out, this time included.</summary>
    public int DeliveryCount { get; internal init; }

    /// <summary>When the lock ends, in UTC.</summary>
    public DateTimeOffset LockedUntil { get; internal set; }

    /// <summary>The broker's number of the message; grows in the order of enqueueing.</summary>
    public long SequenceNumber { get; internal init; }

    /// <summary>The entity the message was dead-lettered in before it was forwarded; nothing is forwarded here.</summary>
    public string? DeadLetterSource { get; internal init; }

    /// <summary>The sequence number where the message was first enqueued.</summary>
    public long EnqueuedSequenceNumber { get; internal init; }

    /// <summary>When the message entered the queue, in UTC.</summary>
    public DateTimeOffset EnqueuedTime { get; internal init; }

    /// <summary>When the message expires, in UTC.</summary>
    public DateTimeOffset ExpiresAt =>
        TimeToLive >= DateTimeOffset.MaxValue - EnqueuedTime ? DateTimeOffset.MaxValue : EnqueuedTime + TimeToLive;

    /// <summary>Why it was dead-lettered.</summary>
    public string? DeadLetterReason => ApplicationProperties.TryGetValue(DeadLetterReasonKey, out var reason) ? reason as string : null;

    /// <summary>Details of <see cref="DeadLetterReason"/>.</summary>
    public string? DeadLetterErrorDescription =>
        ApplicationProperties.TryGetValue(DeadLetterErrorDescriptionKey, out var description) ? description as string : null;

    /// <summary>Active, deferred or scheduled.</summary>
    public ServiceBusMessageState State { get; internal init; }

    internal Guid LockTokenGuid { get; init; }

    // What the sender asked for; a message that is sent again starts from this, not from what the queue made of it.
    internal TimeSpan SentTimeToLive { get; set; } = TimeSpan.MaxValue;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{MessageId:{MessageId}}}");
}
