using Azure.Messaging.ServiceBus;

namespace Microsoft.Azure.Functions.Worker;

/// <summary>Settles the messages of one invocation. Every settlement is durable when its task ends.</summary>
public class ServiceBusMessageActions
{
    protected ServiceBusMessageActions() { }

    public virtual Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task AbandonMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null,
        string? deadLetterErrorDescription = null, CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task DeferMessageAsync(
        ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) => throw NotBound();

    // A test's mock derives from this class and overrides what it needs, as with the real one.
    private static InvalidOperationException NotBound() => new("These message actions are not bound to a receiver: override the member in your test double.");
}

/// <summary>The session that an invocation holds.</summary>
public class ServiceBusSessionMessageActions
{
    protected ServiceBusSessionMessageActions() { }

    public virtual DateTimeOffset SessionLockedUntil { get; set; }

    public virtual Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task ReleaseSession(CancellationToken cancellationToken = default) => throw NotBound();

    public virtual Task RenewSessionLockAsync(CancellationToken cancellationToken = default) => throw NotBound();

    private static InvalidOperationException NotBound() => new("These session actions are not bound to a session: override the member in your test double.");
}
