using Stockgate.Emulator.ServiceBus.Engine;

namespace Azure.Messaging.ServiceBus;

/// <summary>Options of a session receiver. Internal, with the real names: session receivers are not part of the surface that both runtimes share.</summary>
internal sealed class ServiceBusSessionReceiverOptions
{
    public ServiceBusReceiveMode ReceiveMode { get; set; }

    public int PrefetchCount { get; set; }

    public string? Identifier { get; set; }
}

/// <summary>Receives the messages of one session, in order, while nobody else does.</summary>
internal sealed class ServiceBusSessionReceiver : ServiceBusReceiver
{
    private readonly SessionLock _held;
    private readonly Broker _broker;
    private long _lockedUntil;

    private ServiceBusSessionReceiver(ServiceBusClient client, string path, ServiceBusSessionReceiverOptions options, SessionLock held, Broker broker)
        : base(client, path, new ServiceBusReceiverOptions
        {
            ReceiveMode = options.ReceiveMode,
            PrefetchCount = options.PrefetchCount,
            Identifier = options.Identifier
        }, held)
    {
        _held = held;
        _broker = broker;
        _lockedUntil = held.Until;
    }

    public string SessionId => _held.Lane.SessionId!;

    /// <summary>When the session's lock ends unless it is renewed, in UTC.</summary>
    public DateTimeOffset SessionLockedUntil => new(Interlocked.Read(ref _lockedUntil), TimeSpan.Zero);

    public static async Task<ServiceBusSessionReceiver> Accept(ServiceBusClient client, string path, string? sessionId, ServiceBusSessionReceiverOptions? options,
        TimeSpan? maxWait, CancellationToken cancellationToken)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var broker = client.Broker;
        var queue = broker.Catalog.Queue(path, SubQueue.None);
        if (!queue.HasSessions)
            throw new InvalidOperationException($"A sessionful message receiver cannot be created on an entity that does not require sessions. '{path}' has none.");
        var wait = maxWait == Timeout.InfiniteTimeSpan ? TimeSpan.MaxValue : maxWait ?? TimeSpan.FromMinutes(1);
        var operation = new AcceptOperation(queue, sessionId, wait);
        var held = await broker.Writer.RunCancellable(operation, operation.CancelBeforeStart, operation.Cancel, cancellationToken, default);
        return new ServiceBusSessionReceiver(client, path, options ?? new ServiceBusSessionReceiverOptions(), held, broker);
    }

    public async Task<BinaryData?> GetSessionStateAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return await Broker.Writer.Run(new GetSessionStateOperation(_held)) is { } state ? BinaryData.FromBytes(state) : null;
    }

    public async Task SetSessionStateAsync(BinaryData? sessionState, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        await Broker.Writer.Run(new SetSessionStateOperation(_held, sessionState?.ToArray()));
    }

    public async Task RenewSessionLockAsync(CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        var until = await Broker.Writer.Run(new RenewSessionOperation(_held));
        Interlocked.Exchange(ref _lockedUntil, until.UtcTicks);
    }

    /// <summary>Gives the session up; what is not settled is available to the next receiver.</summary>
    public override async Task CloseAsync(CancellationToken cancellationToken = default)
    {
        if (IsClosed) return;
        await base.CloseAsync(cancellationToken);
        try
        {
            await _broker.Writer.Run(new ReleaseSessionOperation(_held));
        }
        catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceCommunicationProblem)
        {
            // The broker is closed, and its locks with it.
        }
    }
}
