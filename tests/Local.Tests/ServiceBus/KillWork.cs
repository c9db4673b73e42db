using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>Sends to two queues while receivers settle what is there, until the broker is gone.</summary>
internal sealed class KillWork(ServiceBusClient client, KillLog log, string run)
{
    private const int Senders = 8;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(1);

    public async Task Run(CancellationToken end)
    {
        var tasks = Enumerable
            .Range(0, Senders)
            .Select(sender => Send(sender % 2 == 0 ? "plain" : "sessions", $"{run}-{sender}", end))
            .Append(Receive(end))
            .Append(ReceiveSessions(end))
            .Append(ReceiveSessions(end));
        await Task.WhenAll(tasks.Select(UntilTheEnd));
    }

    /// <summary>Everything that is left, and takes it out.</summary>
    public async Task ReadTheRest()
    {
        var plain = client.CreateReceiver("plain");
        while (await plain.PeekMessageAsync(0) is not null)
            await Take(plain, inOrder: false);
        // Peeking without a session shows whether any has messages.
        while (await client.CreateReceiver("sessions").PeekMessageAsync(0) is not null)
        {
            await using var session = await client.AcceptNextSessionAsync("sessions");
            await Take(session, inOrder: true);
        }
    }

    private static async Task UntilTheEnd(Task task)
    {
        try
        {
            await task;
        }
        catch (Exception e) when (e is ServiceBusException or OperationCanceledException or ObjectDisposedException or TimeoutException)
        {
            // The broker was killed. A receiver that is closed just then waits for a dead one's answer to its drain, hence the time-out.
        }
    }

    private async Task Send(string queue, string name, CancellationToken end)
    {
        await using var sender = client.CreateSender(queue);
        for (var i = 0; !end.IsCancellationRequested; i++)
        {
            var id = $"{name}:{i}";
            await sender.SendMessageAsync(new ServiceBusMessage(id) { MessageId = id, SessionId = name }, end);
            log.Acknowledged(id);
        }
    }

    private async Task Receive(CancellationToken end)
    {
        await using var receiver = client.CreateReceiver("plain");
        while (!end.IsCancellationRequested)
            await Settle(receiver, inOrder: false, end);
    }

    private async Task ReceiveSessions(CancellationToken end)
    {
        while (!end.IsCancellationRequested)
        {
            await using var session = await client.AcceptNextSessionAsync("sessions", cancellationToken: end);
            await Settle(session, inOrder: true, end);
        }
    }

    private async Task Settle(ServiceBusReceiver receiver, bool inOrder, CancellationToken end)
    {
        var messages = await receiver.ReceiveMessagesAsync(16, Wait, end);
        foreach (var message in messages)
            log.Received(message.MessageId, inOrder);
        // The last ones stay: the file must keep them through the kill.
        var done = messages.SkipLast(2).ToList();
        foreach (var message in done)
            log.Settling(message.MessageId);
        await Task.WhenAll(
            done.Select(async message =>
            {
                await receiver.CompleteMessageAsync(message, end);
                log.Completed(message.MessageId);
            })
        );
        foreach (var message in messages.TakeLast(2))
            await receiver.AbandonMessageAsync(message, cancellationToken: end);
    }

    private async Task Take(ServiceBusReceiver receiver, bool inOrder)
    {
        var messages = await receiver.ReceiveMessagesAsync(1_000, Wait);
        foreach (var message in messages)
        {
            log.Received(message.MessageId, inOrder);
            log.Left(message.MessageId);
        }
        await receiver.CompleteAll(messages);
    }
}
