using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Settles messages where they were received: on a receiver, or in the handler of a processor, which has to know.</summary>
internal abstract class Settler
{
    public abstract Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken);

    public abstract Task AbandonAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    );

    public abstract Task DeferAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    );

    public abstract Task DeadLetterAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? properties,
        string? reason,
        string? description,
        CancellationToken cancellationToken
    );

    public abstract Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken);
}

/// <summary>What was received by a receiver.</summary>
internal sealed class ReceiverSettler(ServiceBusReceiver receiver) : Settler
{
    public override Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        receiver.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => receiver.AbandonMessageAsync(message, properties, cancellationToken);

    public override Task DeferAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => receiver.DeferMessageAsync(message, properties, cancellationToken);

    public override Task DeadLetterAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? properties,
        string? reason,
        string? description,
        CancellationToken cancellationToken
    ) => receiver.DeadLetterMessageAsync(message, properties ?? [], reason, description, cancellationToken);

    public override Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        receiver.RenewMessageLockAsync(message, cancellationToken);
}

/// <summary>What a processor handed out.</summary>
internal sealed class MessageSettler(ProcessMessageEventArgs args) : Settler
{
    public override Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        args.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => args.AbandonMessageAsync(message, properties, cancellationToken);

    public override Task DeferAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => args.DeferMessageAsync(message, properties, cancellationToken);

    public override Task DeadLetterAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? properties,
        string? reason,
        string? description,
        CancellationToken cancellationToken
    ) => args.DeadLetterMessageAsync(message, properties ?? [], reason, description, cancellationToken);

    public override Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        args.RenewMessageLockAsync(message, cancellationToken);
}

/// <summary>What a session processor handed out.</summary>
internal sealed class SessionMessageSettler(ProcessSessionMessageEventArgs args) : Settler
{
    public override Task CompleteAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        args.CompleteMessageAsync(message, cancellationToken);

    public override Task AbandonAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => args.AbandonMessageAsync(message, properties, cancellationToken);

    public override Task DeferAsync(
        ServiceBusReceivedMessage message,
        IDictionary<string, object>? properties,
        CancellationToken cancellationToken
    ) => args.DeferMessageAsync(message, properties, cancellationToken);

    public override Task DeadLetterAsync(
        ServiceBusReceivedMessage message,
        Dictionary<string, object>? properties,
        string? reason,
        string? description,
        CancellationToken cancellationToken
    ) => args.DeadLetterMessageAsync(message, properties ?? [], reason, description, cancellationToken);

    public override Task RenewAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken) =>
        throw new InvalidOperationException("A message of a session has no lock; renew the session's lock.");
}
