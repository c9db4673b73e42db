using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>Empties the suite's entities in a namespace that outlives a test.</summary>
internal static class Namespace
{
    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public static async Task Empty(ServiceBusClient client)
    {
        foreach (var queue in (string[])["plain", "dropping", "once", "news/Subscriptions/a", "news/Subscriptions/b"])
            await Drain(client, queue, SubQueue.None);
        foreach (var queue in (string[])["plain", "dropping", "once", "sessions", "news/Subscriptions/by-session"])
            await Drain(client, queue, SubQueue.DeadLetter);
        foreach (var queue in (string[])["sessions", "news/Subscriptions/by-session"])
            await DrainSessions(client, queue);
    }

    private static async Task Drain(ServiceBusClient client, string queue, SubQueue part)
    {
        var options = new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete, SubQueue = part };
        await using var receiver = client.CreateReceiver(queue, options);
        while ((await receiver.ReceiveMessagesAsync(100, Wait)).Count > 0) { }
    }

    private static async Task DrainSessions(ServiceBusClient client, string queue)
    {
        var options = new ServiceBusSessionReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete };
        while ((await client.CreateReceiver(queue).PeekMessagesAsync(1, 0)).Count > 0)
        {
            await using var session = await client.AcceptNextSessionAsync(queue, options);
            while ((await session.ReceiveMessagesAsync(100, Wait)).Count > 0) { }
            await session.SetSessionStateAsync(null!);
        }
    }
}
