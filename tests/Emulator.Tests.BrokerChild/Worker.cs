using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.BrokerChild;

/// <summary>Sends to two queues from many senders while receivers settle what is there; says on standard output what the broker acknowledged.</summary>
internal static class Worker
{
    public static async Task<int> Run(string folder)
    {
        await using var client = new ServiceBusClient(Connection.To(folder));
        var run = Guid.NewGuid().ToString("N");
        await Task.WhenAll(Enumerable.Range(0, 16).Select(sender => Send(client, sender % 2 == 0 ? "plain" : "sessions", $"{run}-{sender}"))
            .Append(Receive(client)).Append(Receive(client)).Append(ReceiveSessions(client)));
        return 0;
    }

    private static async Task Send(ServiceBusClient client, string queue, string name)
    {
        var sender = client.CreateSender(queue);
        for (var i = 0; ; i++)
        {
            var id = $"{name}-{i}";
            await sender.SendMessageAsync(new ServiceBusMessage(id) { MessageId = id, SessionId = $"{i % 3}" });
            Say("sent", [id]);
        }
    }

    private static async Task Receive(ServiceBusClient client)
    {
        var receiver = client.CreateReceiver("plain");
        while (true) await Settle(receiver);
    }

    private static async Task ReceiveSessions(ServiceBusClient client)
    {
        while (true)
        {
            await using var session = await client.AcceptNextSessionAsync("sessions");
            await Settle(session);
        }
    }

    private static async Task Settle(ServiceBusReceiver receiver)
    {
        var messages = await receiver.ReceiveMessagesAsync(8, TimeSpan.FromSeconds(1));
        // Every third stays: the file must keep it through the kill.
        var done = messages.Where((_, i) => i % 3 != 0).ToList();
        Say("settling", done.Select(message => message.MessageId));
        await Task.WhenAll(done.Select(async message =>
        {
            await receiver.CompleteMessageAsync(message);
            Say("settled", [message.MessageId]);
        }));
    }

    private static void Say(string what, IEnumerable<string> ids)
    {
        lock (Console.Out)
        {
            foreach (var id in ids) Console.Out.WriteLine($"{what} {id}");
            Console.Out.Flush();
        }
    }
}
