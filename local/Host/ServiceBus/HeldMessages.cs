using System.Collections.Concurrent;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>A message held by a function until its invocation ends.</summary>
internal sealed class HeldMessage(ServiceBusReceivedMessage message, Settler settler)
{
    private volatile bool settled;

    public ServiceBusReceivedMessage Message => message;

    /// <summary>The function has settled it; the host leaves it alone.</summary>
    public bool Settled => settled;

    public async Task SettleAsync(Func<Settler, ServiceBusReceivedMessage, Task> how)
    {
        await how(settler, message);
        settled = true;
    }

    public Task RenewAsync(CancellationToken cancellationToken) => settler.RenewAsync(message, cancellationToken);
}

/// <summary>A session held by a function: its state and its lock.</summary>
internal sealed record HeldSession(
    Func<CancellationToken, Task<BinaryData>> State,
    Func<BinaryData, CancellationToken, Task> SetState,
    Func<CancellationToken, Task<DateTimeOffset>> Renew,
    Action Release
);

/// <summary>What the worker may settle at this moment, by lock token, and the sessions by id.</summary>
internal sealed class HeldMessages
{
    private readonly ConcurrentDictionary<string, HeldMessage> messages = new(StringComparer.OrdinalIgnoreCase);
    private readonly ConcurrentDictionary<string, HeldSession> sessions = new(StringComparer.Ordinal);

    public HeldMessage Hold(ServiceBusReceivedMessage message, Settler settler) =>
        messages[message.LockToken] = new HeldMessage(message, settler);

    public void Drop(IEnumerable<HeldMessage> held)
    {
        foreach (var one in held)
            messages.TryRemove(one.Message.LockToken, out _);
    }

    public void Hold(string sessionId, HeldSession session) => sessions[sessionId] = session;

    public void Drop(string sessionId, HeldSession session) => sessions.TryRemove(KeyValuePair.Create(sessionId, session));

    public HeldMessage? Find(string lockToken) => messages.GetValueOrDefault(lockToken);

    public HeldSession? FindSession(string sessionId) => sessions.GetValueOrDefault(sessionId);
}
