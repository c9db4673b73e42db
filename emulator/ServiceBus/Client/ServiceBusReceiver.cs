using System.Runtime.CompilerServices;
using Stockgate.Emulator.ServiceBus.Engine;
using Stockgate.Emulator.ServiceBus.Storage;

namespace Azure.Messaging.ServiceBus;

/// <summary>Receives from a queue, a subscription, or the dead letters of either, and settles what it received.</summary>
public class ServiceBusReceiver : IAsyncDisposable
{
    private static readonly TimeSpan DefaultWait = TimeSpan.FromMinutes(1);

    private readonly ServiceBusClient? _client;
    private readonly SubQueue _subQueue;
    private readonly CancellationTokenSource _closing = new();
    private readonly SessionLock? _session;
    private readonly string _path = "";
    private BrokerQueue? _queue;
    private long _lastPeeked;

    /// <summary>For mocking.</summary>
    protected ServiceBusReceiver()
    {
    }

    /// <summary>A receiver of a queue.</summary>
    protected ServiceBusReceiver(ServiceBusClient client, string queueName, ServiceBusReceiverOptions? options)
        : this(client, ServiceBusClient.Named(queueName, nameof(queueName)), options, session: null)
    {
    }

    /// <summary>A receiver of a subscription.</summary>
    protected ServiceBusReceiver(ServiceBusClient client, string topicName, string subscriptionName, ServiceBusReceiverOptions? options)
        : this(client, ServiceBusClient.SubscriptionPath(topicName, subscriptionName), options, session: null)
    {
    }

    internal ServiceBusReceiver(ServiceBusClient client, string path, ServiceBusReceiverOptions? options, SessionLock? session)
    {
        ArgumentNullException.ThrowIfNull(client);
        _client = client;
        _path = path;
        _session = session;
        _subQueue = options?.SubQueue ?? SubQueue.None;
        ReceiveMode = options?.ReceiveMode ?? ServiceBusReceiveMode.PeekLock;
        PrefetchCount = options?.PrefetchCount ?? 0;
        EntityPath = _subQueue == SubQueue.DeadLetter ? path + "/$DeadLetterQueue" : path;
        Identifier = options?.Identifier ?? $"{path}-{Guid.NewGuid()}";
    }

    /// <summary>The client's host.</summary>
    public virtual string FullyQualifiedNamespace => _client?.FullyQualifiedNamespace ?? "";

    /// <summary>The queue, subscription or dead-letter queue.</summary>
    public virtual string EntityPath { get; } = "";

    /// <summary>Peek-lock or receive-and-delete.</summary>
    public virtual ServiceBusReceiveMode ReceiveMode { get; }

    /// <summary>As asked for; nothing is prefetched here.</summary>
    public virtual int PrefetchCount { get; }

    /// <summary>The receiver's name in logs.</summary>
    public virtual string Identifier { get; } = "";

    /// <summary>True after closing.</summary>
    public virtual bool IsClosed => _closing.IsCancellationRequested;

    private protected Broker Broker
    {
        get
        {
            ObjectDisposedException.ThrowIf(IsClosed, this);
            return (_client ?? throw new InvalidOperationException("A mocked receiver has no broker.")).Broker;
        }
    }

    private protected SessionLock? Session => _session;

    /// <summary>Ends the receiver: a waiting receive is cancelled; locked messages stay locked until their time is over.</summary>
    public virtual Task CloseAsync(CancellationToken cancellationToken = default) => _closing.CancelAsync();

    /// <summary>Up to <paramref name="maxMessages"/> messages as soon as there is one; none after <paramref name="maxWaitTime"/> (a minute by default).</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveMessagesAsync(int maxMessages, TimeSpan? maxWaitTime = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        if (maxWaitTime is { } wait) ArgumentOutOfRangeException.ThrowIfLessThanOrEqual(wait, TimeSpan.Zero, nameof(maxWaitTime));
        cancellationToken.ThrowIfCancellationRequested();
        var (broker, queue) = Open();
        var operation = new ReceiveOperation(_session?.Lane ?? queue.Whole, _session, maxMessages, ReceiveMode, maxWaitTime ?? DefaultWait);
        return Decode(await broker.Writer.RunCancellable(operation, operation.CancelBeforeStart, operation.Cancel, cancellationToken, _closing.Token));
    }

    /// <summary>Messages one by one until cancelled.</summary>
    public virtual async IAsyncEnumerable<ServiceBusReceivedMessage> ReceiveMessagesAsync([EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        while (!cancellationToken.IsCancellationRequested)
            if (await ReceiveMessageAsync(null, cancellationToken) is { } message) yield return message;
        cancellationToken.ThrowIfCancellationRequested();
    }

    /// <summary>The next message, or null after <paramref name="maxWaitTime"/> (a minute by default).</summary>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveMessageAsync(TimeSpan? maxWaitTime = default, CancellationToken cancellationToken = default) =>
        (await ReceiveMessagesAsync(1, maxWaitTime, cancellationToken)).FirstOrDefault()!;

    /// <summary>The next message after the one peeked last, or from a number on; it is not locked. Null at the end.</summary>
    public virtual async Task<ServiceBusReceivedMessage> PeekMessageAsync(long? fromSequenceNumber = default, CancellationToken cancellationToken = default) =>
        (await PeekMessagesAsync(1, fromSequenceNumber, cancellationToken)).FirstOrDefault()!;

    /// <summary>The next messages after the one peeked last, or from a number on; active, deferred and scheduled ones.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> PeekMessagesAsync(int maxMessages, long? fromSequenceNumber = default,
        CancellationToken cancellationToken = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(maxMessages, 1);
        cancellationToken.ThrowIfCancellationRequested();
        // Peeking needs no session, also where receiving does: it takes nothing.
        var (broker, queue) = Find();
        var messages = Decode(await broker.Writer.Run(new PeekOperation(queue, _session, fromSequenceNumber ?? _lastPeeked + 1, maxMessages)));
        if (messages.Count > 0) _lastPeeked = messages[^1].SequenceNumber;
        return messages;
    }

    /// <summary>Done with the message: it leaves the queue.</summary>
    /// <exception cref="ServiceBusException">MessageLockLost or SessionLockLost.</exception>
    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Settle(message, Verdict.Complete, null, cancellationToken);

    /// <summary>Not now: it is available again at once, in its place; after the queue's last delivery it goes to the dead letters.</summary>
    public virtual Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        Settle(message, Verdict.Abandon, propertiesToModify, cancellationToken);

    /// <summary>Moves the message to the dead letters.</summary>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        Settle(message, Verdict.DeadLetter, propertiesToModify, cancellationToken);

    /// <summary>Moves the message to the dead letters and says why.</summary>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify, string deadLetterReason,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default)
    {
        var changes = propertiesToModify is null ? [] : new Dictionary<string, object>(propertiesToModify);
        if (deadLetterReason is not null) changes[ServiceBusReceivedMessage.DeadLetterReasonKey] = deadLetterReason;
        if (deadLetterErrorDescription is not null) changes[ServiceBusReceivedMessage.DeadLetterErrorDescriptionKey] = deadLetterErrorDescription;
        return Settle(message, Verdict.DeadLetter, changes, cancellationToken);
    }

    /// <summary>Moves the message to the dead letters and says why.</summary>
    public virtual Task DeadLetterMessageAsync(ServiceBusReceivedMessage message, string deadLetterReason, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        DeadLetterMessageAsync(message, null, deadLetterReason, deadLetterErrorDescription, cancellationToken);

    /// <summary>Puts the message aside; it is received by its sequence number only.</summary>
    public virtual Task DeferMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null,
        CancellationToken cancellationToken = default) =>
        Settle(message, Verdict.Defer, propertiesToModify, cancellationToken);

    /// <summary>A deferred message by its number.</summary>
    /// <exception cref="ServiceBusException">MessageNotFound.</exception>
    public virtual async Task<ServiceBusReceivedMessage> ReceiveDeferredMessageAsync(long sequenceNumber, CancellationToken cancellationToken = default) =>
        (await ReceiveDeferredMessagesAsync([sequenceNumber], cancellationToken))[0];

    /// <summary>Deferred messages by their numbers; all or none.</summary>
    public virtual async Task<IReadOnlyList<ServiceBusReceivedMessage>> ReceiveDeferredMessagesAsync(IEnumerable<long> sequenceNumbers,
        CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(sequenceNumbers);
        cancellationToken.ThrowIfCancellationRequested();
        var (broker, queue) = Open();
        return Decode(await broker.Writer.Run(new ReceiveDeferredOperation(queue, _session, [.. sequenceNumbers.Distinct()], ReceiveMode)));
    }

    /// <summary>Holds the message for another lock duration and sets its <see cref="ServiceBusReceivedMessage.LockedUntil"/>.</summary>
    public virtual async Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        if (_session is not null) throw new InvalidOperationException("A message of a session has no lock of its own; renew the session's.");
        RefuseWithoutLocks();
        var (broker, queue) = Open();
        message.LockedUntil = await broker.Writer.Run(new RenewMessageOperation(queue.Whole, message.SequenceNumber, message.LockTokenGuid));
    }

    /// <inheritdoc cref="CloseAsync"/>
    public virtual async ValueTask DisposeAsync()
    {
        await CloseAsync();
        GC.SuppressFinalize(this);
    }

    /// <summary>Completes many messages in one operation; those still locked are completed even when others are not, and then it fails.</summary>
    internal async Task CompleteMessagesAsync(IReadOnlyList<ServiceBusReceivedMessage> messages, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWithoutLocks();
        if (messages.Count == 0) return;
        var (broker, queue) = Open();
        await broker.Writer.Run(new CompleteOperation(_session?.Lane ?? queue.Whole, _session, messages));
    }

    private async Task Settle(ServiceBusReceivedMessage message, Verdict verdict, IDictionary<string, object>? changes, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(message);
        cancellationToken.ThrowIfCancellationRequested();
        RefuseWithoutLocks();
        var (broker, queue) = Open();
        var encoded = changes is { Count: > 0 } ? PropertyBag.Encode(changes) : null;
        await broker.Writer.Run(new SettleOperation(_session?.Lane ?? queue.Whole, _session, message.SequenceNumber, message.LockTokenGuid, verdict, encoded));
    }

    private void RefuseWithoutLocks()
    {
        if (ReceiveMode != ServiceBusReceiveMode.PeekLock)
            throw new InvalidOperationException("The operation is only supported in 'PeekLock' receive mode.");
    }

    private (Broker Broker, BrokerQueue Queue) Find()
    {
        var broker = Broker;
        return (broker, _queue ??= broker.Catalog.Queue(_path, _subQueue));
    }

    private (Broker Broker, BrokerQueue Queue) Open()
    {
        var (broker, queue) = Find();
        if (queue.HasSessions && _session is null)
            throw new InvalidOperationException(
                $"It is not possible for an entity that requires sessions to create a non-sessionful message receiver. '{_path}' requires sessions.");
        return (broker, queue);
    }

    private static List<ServiceBusReceivedMessage> Decode(List<Delivery> deliveries)
    {
        var messages = new List<ServiceBusReceivedMessage>(deliveries.Count);
        foreach (var delivery in deliveries) messages.Add(StoredContent.Decode(delivery));
        return messages;
    }
}
