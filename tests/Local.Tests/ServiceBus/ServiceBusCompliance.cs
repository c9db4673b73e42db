using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>
/// What the app relies on in a Service Bus namespace. Written against the client's own surface, so that the same suite can be pointed at a
/// real namespace that has the entities of <see cref="TemporaryFolder.Entities"/> and is empty.
/// </summary>
public abstract partial class ServiceBusCompliance
{
    protected static readonly TimeSpan LockDuration = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    protected abstract ServiceBusClient Client { get; }

    /// <summary>Lets time pass: on the local broker by moving its clock.</summary>
    protected abstract Task PassTime(TimeSpan time);

    /// <summary>Waits for the task while time goes by.</summary>
    protected abstract Task<T> WhileTimePasses<T>(Task<T> task);

    protected static ServiceBusMessage Message(string body, string? session = null) => new(body) { SessionId = session };

    protected static string Text(ServiceBusReceivedMessage message) => message.Body.ToString();

    protected static async Task<ServiceBusReceivedMessage> Next(ServiceBusReceiver receiver)
    {
        var message = await receiver.ReceiveMessageAsync().WaitAsync(Patience);
        Assert.NotNull(message);
        return message;
    }

    /// <summary>Exactly that many, however many calls it takes.</summary>
    protected static async Task<List<ServiceBusReceivedMessage>> Take(ServiceBusReceiver receiver, int count)
    {
        var messages = new List<ServiceBusReceivedMessage>();
        while (messages.Count < count)
            messages.AddRange(await receiver.ReceiveMessagesAsync(count - messages.Count).WaitAsync(Patience));
        return messages;
    }

    protected static async Task AssertNothing(ServiceBusReceiver receiver) =>
        Assert.Null(await receiver.ReceiveMessageAsync(TimeSpan.FromMilliseconds(ServiceBusTests.Remote is null ? 100 : 3_000)));

    protected Task Send(string entity, params ServiceBusMessage[] messages) => Client.CreateSender(entity).SendMessagesAsync(messages);

    protected ServiceBusReceiver DeadLettersOf(string queue) =>
        Client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });

    protected static async Task<ServiceBusException> Fails(ServiceBusFailureReason reason, Func<Task> act)
    {
        var e = await Assert.ThrowsAsync<ServiceBusException>(act);
        Assert.Equal(reason, e.Reason);
        return e;
    }
}
