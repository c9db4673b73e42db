using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Worker.Messages;

/// <summary>An invocation started by messages.</summary>
internal sealed class MessageInvocation(Function function, IServiceProvider services, CancellationToken cancellationToken) : Invocation(function, services, cancellationToken)
{
    public required ServiceBusReceivedMessage[] Messages { get; init; }

    public required Settlement Settlement { get; init; }

    public SessionActions? Session { get; init; }
}

/// <summary>Settles through the receiver, and remembers what the function settled itself.</summary>
internal sealed class Settlement(ServiceBusReceiver? receiver) : ServiceBusMessageActions
{
    private readonly HashSet<string> settled = [];
    private readonly Lock gate = new();

    /// <summary>Those that the function left to the host.</summary>
    public IReadOnlyList<ServiceBusReceivedMessage> Left(ServiceBusReceivedMessage[] messages)
    {
        lock (gate) return settled.Count == 0 ? messages : [.. messages.Where(m => !settled.Contains(m.LockToken))];
    }

    public override Task CompleteMessageAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        Settle(message, r => r.CompleteMessageAsync(message, cancellationToken));

    public override Task AbandonMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        Settle(message, r => r.AbandonMessageAsync(message, propertiesToModify, cancellationToken));

    public override Task DeadLetterMessageAsync(
        ServiceBusReceivedMessage message, Dictionary<string, object>? propertiesToModify = null, string? deadLetterReason = null, string? deadLetterErrorDescription = null,
        CancellationToken cancellationToken = default) =>
        Settle(message, r => r.DeadLetterMessageAsync(message, propertiesToModify ?? [], deadLetterReason ?? string.Empty, deadLetterErrorDescription, cancellationToken));

    public override Task DeferMessageAsync(ServiceBusReceivedMessage message, IDictionary<string, object>? propertiesToModify = null, CancellationToken cancellationToken = default) =>
        Settle(message, r => r.DeferMessageAsync(message, propertiesToModify, cancellationToken));

    public override Task RenewMessageLockAsync(ServiceBusReceivedMessage message, CancellationToken cancellationToken = default) =>
        receiver?.RenewMessageLockAsync(message, cancellationToken) ?? Task.CompletedTask;

    // Run by hand a message has no receiver: settling it is a word to nobody.
    private Task Settle(ServiceBusReceivedMessage message, Func<ServiceBusReceiver, Task> settle)
    {
        lock (gate) settled.Add(message.LockToken);
        return receiver is null ? Task.CompletedTask : settle(receiver);
    }
}

/// <summary>The session that an invocation's messages are of; run by hand there is none, and its state lasts as long as the run.</summary>
internal sealed class SessionActions(ServiceBusSessionReceiver? session) : ServiceBusSessionMessageActions
{
    private BinaryData? byHand;

    /// <summary>True where the function asked to let the session go after this invocation.</summary>
    public bool Released { get; private set; }

    public override DateTimeOffset SessionLockedUntil => session?.SessionLockedUntil ?? DateTimeOffset.MaxValue;

    public override async Task<BinaryData> GetSessionStateAsync(CancellationToken cancellationToken = default) =>
        (session is null ? byHand : await session.GetSessionStateAsync(cancellationToken))!;

    public override Task SetSessionStateAsync(BinaryData sessionState, CancellationToken cancellationToken = default)
    {
        if (session is not null) return session.SetSessionStateAsync(sessionState, cancellationToken);
        byHand = sessionState;
        return Task.CompletedTask;
    }

    public override Task ReleaseSession(CancellationToken cancellationToken = default)
    {
        Released = true;
        return Task.CompletedTask;
    }

    public override Task RenewSessionLockAsync(CancellationToken cancellationToken = default) =>
        session?.RenewSessionLockAsync(cancellationToken) ?? Task.CompletedTask;
}
