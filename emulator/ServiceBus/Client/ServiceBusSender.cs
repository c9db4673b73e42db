using Stockgate.Emulator.ServiceBus.Engine;
using Stockgate.Emulator.ServiceBus.Storage;

namespace Azure.Messaging.ServiceBus;

/// <summary>Sends to a queue or topic. A call returns when its messages are on the disk.</summary>
public class ServiceBusSender : IAsyncDisposable
{
    private readonly ServiceBusClient? _client;
    private Address? _address;
    private volatile bool _closed;

    /// <summary>For mocking.</summary>
    protected ServiceBusSender()
    {
    }

    /// <summary>A sender to a queue or topic; whether it is declared is found out at the first use.</summary>
    protected ServiceBusSender(ServiceBusClient client, string queueOrTopicName)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        EntityPath = ServiceBusClient.Named(queueOrTopicName, nameof(queueOrTopicName));
        Identifier = $"{queueOrTopicName}-{Guid.NewGuid()}";
    }

    /// <summary>The client's host.</summary>
    public virtual string FullyQualifiedNamespace => _client?.FullyQualifiedNamespace ?? "";

    /// <summary>The queue or topic.</summary>
    public virtual string EntityPath { get; } = "";

    /// <summary>True after closing.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>The sender's name in logs.</summary>
    public virtual string Identifier { get; } = "";

    /// <summary>Sends one message.</summary>
    /// <exception cref="ServiceBusException">MessageSizeExceeded over 256 KiB; MessagingEntityNotFound.</exception>
    public virtual Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var (broker, address) = Open();
        var outgoing = OutgoingMessage.From(message);
        CheckSize(outgoing.Size, 1);
        return broker.Writer.Run(new SendOperation(address, outgoing));
    }

    /// <summary>Sends the messages together, all or none; 256 KiB in total.</summary>
    public virtual async Task SendMessagesAsync(IEnumerable<ServiceBusMessage> messages, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        await Send([.. messages.Select(OutgoingMessage.From)], cancellationToken);
    }

    /// <summary>An empty batch.</summary>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CancellationToken cancellationToken = default) =>
        CreateMessageBatchAsync(new CreateMessageBatchOptions(), cancellationToken);

    /// <summary>An empty batch with a limit of its own.</summary>
    public virtual ValueTask<ServiceBusMessageBatch> CreateMessageBatchAsync(CreateMessageBatchOptions? options, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var size = options?.MaxSizeInBytes ?? OutgoingMessage.MaxSizeInBytes;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, OutgoingMessage.MaxSizeInBytes, nameof(CreateMessageBatchOptions.MaxSizeInBytes));
        return ValueTask.FromResult(new ServiceBusMessageBatch(size));
    }

    /// <summary>Sends the batch, all or none.</summary>
    public virtual async Task SendMessagesAsync(ServiceBusMessageBatch messageBatch, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messageBatch);
        // A copy: the caller may dispose the batch while the writer still works on it.
        await Send([.. messageBatch.Messages], cancellationToken);
    }

    /// <summary>Sends a message that enters the queue at that time; answers the number to cancel it by until then.</summary>
    public virtual async Task<long> ScheduleMessageAsync(ServiceBusMessage message, DateTimeOffset scheduledEnqueueTime,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        return (await ScheduleMessagesAsync([message], scheduledEnqueueTime, cancellationToken))[0];
    }

    /// <summary>Schedules the messages together, all or none.</summary>
    public virtual async Task<IReadOnlyList<long>> ScheduleMessagesAsync(IEnumerable<ServiceBusMessage> messages, DateTimeOffset scheduledEnqueueTime,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(messages);
        return await Send([.. messages.Select(message =>
        {
            message.ScheduledEnqueueTime = scheduledEnqueueTime.ToUniversalTime();
            return OutgoingMessage.From(message);
        })], cancellationToken);
    }

    /// <summary>Takes a scheduled message back.</summary>
    public virtual Task CancelScheduledMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        CancelScheduledMessagesAsync([sequenceNumber], cancellationToken);

    /// <summary>Takes scheduled messages back, all or none.</summary>
    public virtual async Task CancelScheduledMessagesAsync(IEnumerable<long> sequenceNumbers, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        cancellationToken.ThrowIfCancellationRequested();
        var (broker, address) = Open();
        await broker.Writer.Run(new CancelScheduledOperation(address, [.. sequenceNumbers]));
    }

    /// <summary>Ends the sender; nothing is buffered in it.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken = default)
    {
        _closed = true;
        return Task.CompletedTask;
    }

    /// <inheritdoc cref="CloseAsync"/>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    private async Task<IReadOnlyList<long>> Send(List<OutgoingMessage> messages, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var (broker, address) = Open();
        if (messages.Count == 0) return [];
        CheckSize(messages.Sum(message => (long)message.Size), messages.Count);
        return await broker.Writer.Run(new SendBatchOperation(address, messages));
    }

    private (Broker Broker, Address Address) Open()
    {
        ObjectDisposedException.ThrowIf(_closed, this);
        var broker = (_client ?? throw new InvalidOperationException("A mocked sender has no broker.")).Broker;
        return (broker, _address ??= broker.Catalog.Address(EntityPath));
    }

    private void CheckSize(long size, int count)
    {
        if (size > OutgoingMessage.MaxSizeInBytes)
            throw new ServiceBusException(
                $"The {(count == 1 ? "message is" : $"{count} messages of the batch are")} {size} bytes; the limit is {OutgoingMessage.MaxSizeInBytes} bytes.",
                ServiceBusFailureReason.MessageSizeExceeded, EntityPath);
    }
}
