using Azure.Core;
using Stockgate.Emulator.ServiceBus.Config;
using Stockgate.Emulator.ServiceBus.Engine;

namespace Azure.Messaging.ServiceBus;

/// <summary>
/// Senders and receivers of the queues and topics in one broker file. Clients of the same file share one broker in the process; it opens with
/// the first operation and closes, everything stored, when the last client is disposed.
/// </summary>
public class ServiceBusClient : IAsyncDisposable
{
    private readonly ConnectionString? _connection;
    private readonly TimeProvider _time = TimeProvider.System;
    private readonly Lock _gate = new();
    private Broker? _broker;
    private volatile bool _closed;

    /// <summary>For mocking.</summary>
    protected ServiceBusClient()
    {
    }

    /// <summary>A client of the file that the connection string names.</summary>
    /// <exception cref="FormatException">The connection string cannot be read.</exception>
    /// <exception cref="InvalidOperationException">It is not for the local runtime.</exception>
    public ServiceBusClient(string connectionString) : this(connectionString, new ServiceBusClientOptions())
    {
    }

    /// <inheritdoc cref="ServiceBusClient(string)"/>
    public ServiceBusClient(string connectionString, ServiceBusClientOptions? options) : this(connectionString, options, TimeProvider.System)
    {
    }

    /// <summary>Not in the local runtime: a credential is for a real namespace.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, AzureNamedKeyCredential credential, ServiceBusClientOptions? options = null) =>
        throw ConnectionString.LocalOnly($"a named-key credential is for a real namespace such as {fullyQualifiedNamespace}");

    /// <summary>Not in the local runtime: a credential is for a real namespace.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, AzureSasCredential credential, ServiceBusClientOptions? options = null) =>
        throw ConnectionString.LocalOnly($"a SAS credential is for a real namespace such as {fullyQualifiedNamespace}");

    /// <summary>Not in the local runtime: a credential is for a real namespace.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential) : this(fullyQualifiedNamespace, credential, new ServiceBusClientOptions())
    {
    }

    /// <summary>Not in the local runtime: a credential is for a real namespace.</summary>
    public ServiceBusClient(string fullyQualifiedNamespace, TokenCredential credential, ServiceBusClientOptions? options) =>
        throw ConnectionString.LocalOnly($"a token credential is for a real namespace such as {fullyQualifiedNamespace}");

    internal ServiceBusClient(string connectionString, ServiceBusClientOptions? options, TimeProvider time)
    {
        _connection = ConnectionString.Parse(connectionString);
        _time = time;
        FullyQualifiedNamespace = _connection.Host;
        Identifier = options?.Identifier ?? $"{_connection.Host}-{Guid.NewGuid()}";
    }

    /// <summary>The host in the connection string.</summary>
    public virtual string FullyQualifiedNamespace { get; } = "";

    /// <summary>True after disposal.</summary>
    public virtual bool IsClosed => _closed;

    /// <summary>The client's name in logs.</summary>
    public virtual string Identifier { get; } = "";

    internal TimeProvider Time => _time;

    /// <summary>The broker, opened at the first use.</summary>
    internal Broker Broker
    {
        get
        {
            if (Volatile.Read(ref _broker) is { } open && !_closed) return open;
            lock (_gate)
            {
                ObjectDisposedException.ThrowIf(_closed, this);
                var connection = _connection ?? throw new InvalidOperationException("A mocked client has no broker.");
                return _broker ??= OpenBrokers.Acquire(connection.DataFile, connection.EntityConfig, _time);
            }
        }
    }

    /// <summary>Lets go of the broker. The last client to do so closes it.</summary>
    public virtual async ValueTask DisposeAsync()
    {
        Broker? broker;
        lock (_gate)
        {
            if (_closed) return;
            _closed = true;
            broker = _broker;
        }
        if (broker is not null) await OpenBrokers.Release(broker);
        GC.SuppressFinalize(this);
    }

    /// <summary>A sender to a queue or topic.</summary>
    public virtual ServiceBusSender CreateSender(string queueOrTopicName) => new SenderOf(this, queueOrTopicName);

    /// <summary>A peek-lock receiver of a queue.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName) => CreateReceiver(queueName, new ServiceBusReceiverOptions());

    /// <summary>A receiver of a queue.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string queueName, ServiceBusReceiverOptions? options) =>
        new ServiceBusReceiver(this, Named(queueName, nameof(queueName)), options, session: null);

    /// <summary>A peek-lock receiver of a subscription.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName) =>
        CreateReceiver(topicName, subscriptionName, new ServiceBusReceiverOptions());

    /// <summary>A receiver of a subscription.</summary>
    public virtual ServiceBusReceiver CreateReceiver(string topicName, string subscriptionName, ServiceBusReceiverOptions? options) =>
        new ServiceBusReceiver(this, SubscriptionPath(topicName, subscriptionName), options, session: null);

    /// <summary>The session that has waited longest; waits for one up to <paramref name="maxWait"/> (a minute by default), then fails with ServiceTimeout.</summary>
    internal Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(string queueName, ServiceBusSessionReceiverOptions? options = null,
        TimeSpan? maxWait = null, CancellationToken cancellationToken = default) =>
        ServiceBusSessionReceiver.Accept(this, Named(queueName, nameof(queueName)), null, options, maxWait, cancellationToken);

    /// <inheritdoc cref="AcceptNextSessionAsync(string, ServiceBusSessionReceiverOptions, TimeSpan?, CancellationToken)"/>
    internal Task<ServiceBusSessionReceiver> AcceptNextSessionAsync(string topicName, string subscriptionName,
        ServiceBusSessionReceiverOptions? options = null, TimeSpan? maxWait = null, CancellationToken cancellationToken = default) =>
        ServiceBusSessionReceiver.Accept(this, SubscriptionPath(topicName, subscriptionName), null, options, maxWait, cancellationToken);

    /// <summary>The named session, at once; fails with SessionCannotBeLocked when another receiver has it.</summary>
    internal Task<ServiceBusSessionReceiver> AcceptSessionAsync(string queueName, string sessionId,
        ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default) =>
        ServiceBusSessionReceiver.Accept(this, Named(queueName, nameof(queueName)), sessionId, options, null, cancellationToken);

    /// <inheritdoc cref="AcceptSessionAsync(string, string, ServiceBusSessionReceiverOptions, CancellationToken)"/>
    internal Task<ServiceBusSessionReceiver> AcceptSessionAsync(string topicName, string subscriptionName, string sessionId,
        ServiceBusSessionReceiverOptions? options = null, CancellationToken cancellationToken = default) =>
        ServiceBusSessionReceiver.Accept(this, SubscriptionPath(topicName, subscriptionName), sessionId, options, null, cancellationToken);

    internal static string SubscriptionPath(string topicName, string subscriptionName) =>
        Catalog.SubscriptionPath(Named(topicName, nameof(topicName)), Named(subscriptionName, nameof(subscriptionName)));

    internal static string Named(string name, string parameter)
    {
        ArgumentException.ThrowIfNullOrWhiteSpace(name, parameter);
        return name;
    }

    // The sender's constructors are protected, as in the real package.
    private sealed class SenderOf(ServiceBusClient client, string path) : ServiceBusSender(client, path);
}
