using System.Globalization;

namespace Azure.Messaging.ServiceBus;

/// <summary>A message to send.</summary>
public class ServiceBusMessage
{
    private const int MaxIdLength = 128;

    private string? _messageId;
    private string? _sessionId;
    private string? _replyToSessionId;
    private string? _partitionKey;
    private string? _transactionPartitionKey;
    private TimeSpan _timeToLive = TimeSpan.MaxValue;
    private Dictionary<string, object>? _properties;

    /// <summary>An empty message.</summary>
    public ServiceBusMessage() : this(ReadOnlyMemory<byte>.Empty)
    {
    }

    /// <summary>A message whose body is the string in UTF-8.</summary>
    public ServiceBusMessage(string? body) : this(new BinaryData(body ?? ""))
    {
    }

    /// <summary>A message with these bytes as body.</summary>
    public ServiceBusMessage(ReadOnlyMemory<byte> body) : this(BinaryData.FromBytes(body))
    {
    }

    /// <summary>A message with this body.</summary>
    public ServiceBusMessage(BinaryData body)
    {
        ArgumentNullException.ThrowIfNull(body);
        Body = body;
    }

    /// <summary>A copy of a received message to send again: without the dead-letter properties and what the broker set.</summary>
    public ServiceBusMessage(ServiceBusReceivedMessage receivedMessage)
    {
        ArgumentNullException.ThrowIfNull(receivedMessage);
        Body = receivedMessage.Body;
        _messageId = receivedMessage.MessageId;
        _sessionId = receivedMessage.SessionId;
        _partitionKey = receivedMessage.PartitionKey;
        _transactionPartitionKey = receivedMessage.TransactionPartitionKey;
        _replyToSessionId = receivedMessage.ReplyToSessionId;
        _timeToLive = receivedMessage.SentTimeToLive;
        CorrelationId = receivedMessage.CorrelationId;
        Subject = receivedMessage.Subject;
        To = receivedMessage.To;
        ContentType = receivedMessage.ContentType;
        ReplyTo = receivedMessage.ReplyTo;
        foreach (var (name, value) in receivedMessage.ApplicationProperties)
            if (name is not (ServiceBusReceivedMessage.DeadLetterReasonKey or ServiceBusReceivedMessage.DeadLetterErrorDescriptionKey))
                ApplicationProperties[name] = value;
    }

    /// <summary>The content.</summary>
    public BinaryData Body { get; set; }

    /// <summary>Identifies the message to duplicate detection. 1 to 128 characters; the broker sets one when absent.</summary>
    public string? MessageId
    {
        get => _messageId;
        set
        {
            if (string.IsNullOrEmpty(value)) throw new ArgumentException("MessageId cannot be null or empty.", nameof(MessageId));
            _messageId = Checked(value, nameof(MessageId));
        }
    }

    /// <summary>Kept with the message; must equal <see cref="SessionId"/> when both are set.</summary>
    public string? PartitionKey
    {
        get => _partitionKey;
        set
        {
            if (_sessionId is not null && value != _sessionId)
                throw new ArgumentOutOfRangeException(nameof(PartitionKey), value,
                    $"PartitionKey:{value} cannot be set to a different value than SessionId:{_sessionId}.");
            _partitionKey = Checked(value, nameof(PartitionKey));
        }
    }

    /// <summary>Kept with the message; there are no cross-entity transactions here.</summary>
    public string? TransactionPartitionKey
    {
        get => _transactionPartitionKey;
        set => _transactionPartitionKey = Checked(value, nameof(TransactionPartitionKey));
    }

    /// <summary>The session: messages of one session are received in order, by one receiver at a time. Up to 128 characters.</summary>
    public string? SessionId
    {
        get => _sessionId;
        set
        {
            _sessionId = Checked(value, nameof(SessionId));
            if (_partitionKey is not null) _partitionKey = value;
        }
    }

    /// <summary>The session in which an answer is expected.</summary>
    public string? ReplyToSessionId
    {
        get => _replyToSessionId;
        set => _replyToSessionId = Checked(value, nameof(ReplyToSessionId));
    }

    /// <summary>How long after enqueueing the message is still wanted; above zero. The queue's default caps it.</summary>
    public TimeSpan TimeToLive
    {
        get => _timeToLive;
        set
        {
            ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(value, TimeSpan.Zero, nameof(TimeToLive));
            _timeToLive = value;
        }
    }

    /// <summary>The sender's correlation id.</summary>
    public string? CorrelationId { get; set; }

    /// <summary>What the message is about; a label.</summary>
    public string? Subject { get; set; }

    /// <summary>Reserved for routing; kept as it is.</summary>
    public string? To { get; set; }

    /// <summary>The media type of <see cref="Body"/>.</summary>
    public string? ContentType { get; set; }

    /// <summary>Where an answer is expected.</summary>
    public string? ReplyTo { get; set; }

    /// <summary>Not in the queue before this time; default is at once.</summary>
    public DateTimeOffset ScheduledEnqueueTime { get; set; }

    /// <summary>Values of the AMQP primitive types, sent beside the body.</summary>
    public IDictionary<string, object> ApplicationProperties => _properties ??= [];

    internal Dictionary<string, object>? Properties => _properties;

    /// <inheritdoc />
    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{{MessageId:{MessageId}}}");

    private static string? Checked(string? value, string name) => value is { Length: > MaxIdLength }
        ? throw new ArgumentException($"{name} is {value.Length} characters long; the limit is {MaxIdLength}.", name)
        : value;
}
