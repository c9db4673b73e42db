using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>What the broker's file owes its users over restarts.</summary>
public sealed class BrokerFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_not_settled_is_there_after_a_restart()
    {
        await Run(async client =>
        {
            await client
                .CreateSender("sessions")
                .SendMessagesAsync(Enumerable.Range(0, 10).Select(i => new ServiceBusMessage($"{i}") { SessionId = "s" }));
            await client
                .CreateSender("plain")
                .ScheduleMessageAsync(new ServiceBusMessage("scheduled"), TimeProvider.System.GetUtcNow().AddYears(1));
            await client.CreateSender("once").SendMessageAsync(new ServiceBusMessage("1") { MessageId = "m" });
            await using var session = await client.AcceptNextSessionAsync("sessions");
            await session.SetSessionStateAsync(new BinaryData("state"));
            var taken = new List<ServiceBusReceivedMessage>();
            while (taken.Count < 4)
                taken.AddRange(await session.ReceiveMessagesAsync(4 - taken.Count));
            await session.AbandonMessageAsync(taken[0]);
            await session.CompleteMessageAsync(taken[1]);
            await session.DeferMessageAsync(taken[2]);
            await session.DeadLetterMessageAsync(taken[3], "Unreadable");
        });
        await Run(async again =>
        {
            await again.CreateSender("once").SendMessageAsync(new ServiceBusMessage("2") { MessageId = "m" });
            Assert.Single(await again.CreateReceiver("once").PeekMessagesAsync(10));
            Assert.Equal(ServiceBusMessageState.Scheduled, (await again.CreateReceiver("plain").PeekMessageAsync()).State);
            var letters = again.CreateReceiver("sessions", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
            var dead = await letters.PeekMessageAsync();
            Assert.Equal(("3", "Unreadable", "sessions"), (dead.Body.ToString(), dead.DeadLetterReason, dead.DeadLetterSource));
            await using var next = await again.AcceptNextSessionAsync("sessions").WaitAsync(Patience);
            Assert.Equal("state", (await next.GetSessionStateAsync())!.ToString());
            var rest = new List<ServiceBusReceivedMessage>();
            while (rest.Count < 7)
                rest.AddRange(await next.ReceiveMessagesAsync(20, Patience));
            Assert.Equal(["0", "4", "5", "6", "7", "8", "9"], rest.Select(message => message.Body.ToString()));
            Assert.Equal([2, 1, 1, 1, 1, 1, 1], rest.Select(message => message.DeliveryCount));
        });
    }

    [Fact]
    public async Task A_backlog_is_received_across_the_messages_that_are_locked()
    {
        await Run(async client =>
        {
            for (var batch = 0; batch < 5; batch++)
                await client.CreateSender("plain").SendMessagesAsync(Enumerable.Range(0, 1_000).Select(i => new ServiceBusMessage($"{i}")));
            var receiver = client.CreateReceiver("plain");
            var all = new List<ServiceBusReceivedMessage>();
            while (all.Count < 5_000)
                all.AddRange(await receiver.ReceiveMessagesAsync(5_000 - all.Count, Patience));
            // What comes while the client is not receiving it sends back, so without a session the order is not all that strict.
            Assert.Equal(5_000, all.Select(message => message.SequenceNumber).Distinct().Count());
            // Freed in front of thousands of locked ones, and found behind none of them.
            await receiver.AbandonMessageAsync(all[5]);
            Assert.Equal(all[5].SequenceNumber, (await receiver.ReceiveMessageAsync(Patience)).SequenceNumber);
        });
    }

    [Fact]
    public async Task A_number_is_never_given_out_twice()
    {
        var numbers = new List<long>();
        for (var run = 0; run < 3; run++)
            await Run(async client =>
            {
                await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
                var receiver = client.CreateReceiver(
                    "plain",
                    new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }
                );
                numbers.Add((await receiver.ReceiveMessageAsync(Patience)).SequenceNumber);
            });
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public async Task Settled_messages_give_their_space_back()
    {
        await Run(async client =>
        {
            var sender = client.CreateSender("sessions");
            var body = new byte[1_000];
            for (var round = 0; round < 10; round++)
            {
                for (var batch = 0; batch < 10; batch++)
                    await sender.SendMessagesAsync(
                        Enumerable.Range(0, 200).Select(i => new ServiceBusMessage(body) { SessionId = $"{i % 7}" })
                    );
                for (var taken = 0; taken < 2_000; )
                {
                    await using var session = await client.AcceptNextSessionAsync("sessions");
                    var messages = await session.ReceiveMessagesAsync(500, Patience);
                    await session.CompleteAll(messages);
                    taken += messages.Count;
                }
            }
        });
        // Twenty megabytes went through it.
        Assert.InRange(new FileInfo(_folder.DataFile).Length, 0, 8_000_000);
    }

    private async Task Run(Func<ServiceBusClient, Task> act)
    {
        await using var server = await BrokerServer.StartAsync(_folder.Options);
        await using var client = TestClient.To(server.ConnectionString);
        await act(client);
    }
}
