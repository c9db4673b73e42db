using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.ServiceBus;

/// <summary>What the broker's file owes its users over restarts, and who may open it.</summary>
public sealed class BrokerFileTests : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task What_was_not_settled_is_there_after_a_restart()
    {
        await using (var client = new ServiceBusClient(_folder.ConnectionString))
        {
            await client.CreateSender("sessions").SendMessagesAsync(Enumerable.Range(0, 10).Select(i => new ServiceBusMessage($"{i}") { SessionId = "s" }));
            await client.CreateSender("plain").ScheduleMessageAsync(new ServiceBusMessage("scheduled"), DateTimeOffset.MaxValue.AddYears(-1));
            await client.CreateSender("once").SendMessageAsync(new ServiceBusMessage("1") { MessageId = "m" });
            await using var session = await client.AcceptNextSessionAsync("sessions");
            await session.SetSessionStateAsync(new BinaryData("state"));
            var taken = await session.ReceiveMessagesAsync(4);
            await session.CompleteMessageAsync(taken[1]);
            await session.DeferMessageAsync(taken[2]);
            await session.DeadLetterMessageAsync(taken[3], "Unreadable");
        }

        await using var again = new ServiceBusClient(_folder.ConnectionString);
        await again.CreateSender("once").SendMessageAsync(new ServiceBusMessage("2") { MessageId = "m" });
        Assert.Single(await again.CreateReceiver("once").PeekMessagesAsync(10));
        Assert.Equal(ServiceBusMessageState.Scheduled, (await again.CreateReceiver("plain").PeekMessageAsync()).State);
        var letters = again.CreateReceiver("sessions", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        Assert.Equal(("3", "Unreadable"), ((await letters.PeekMessageAsync()).Body.ToString(), (await letters.PeekMessageAsync(0)).DeadLetterReason));
        await using var next = await again.AcceptNextSessionAsync("sessions").WaitAsync(Patience);
        Assert.Equal("state", (await next.GetSessionStateAsync())!.ToString());
        var rest = await next.ReceiveMessagesAsync(20);
        Assert.Equal(["0", "4", "5", "6", "7", "8", "9"], rest.Select(message => message.Body.ToString()));
        Assert.Equal([2, 1, 1, 1, 1, 1, 1], rest.Select(message => message.DeliveryCount));
    }

    [Fact]
    public async Task A_session_with_an_empty_name_is_a_session_after_a_restart_too()
    {
        await using (var client = new ServiceBusClient(_folder.ConnectionString))
            await client.CreateSender("sessions").SendMessageAsync(new ServiceBusMessage("1") { SessionId = "" });
        await using var again = new ServiceBusClient(_folder.ConnectionString);
        await using var session = await again.AcceptNextSessionAsync("sessions").WaitAsync(Patience);
        Assert.Equal(("", "1"), (session.SessionId, (await session.ReceiveMessageAsync()).Body.ToString()));
    }

    [Fact]
    public async Task One_call_does_not_bring_the_whole_backlog_into_memory()
    {
        await using var client = new ServiceBusClient(_folder.ConnectionString);
        for (var batch = 0; batch < 5; batch++)
            await client.CreateSender("plain").SendMessagesAsync(Enumerable.Range(0, 1_000).Select(i => new ServiceBusMessage($"{i}")));
        var receiver = client.CreateReceiver("plain");
        var first = await receiver.ReceiveMessagesAsync(int.MaxValue);
        Assert.Equal(4_096, first.Count);
        Assert.Equal(904, (await receiver.ReceiveMessagesAsync(int.MaxValue)).Count);
        // Freed in front of thousands of locked ones, and found behind none of them.
        await receiver.AbandonMessageAsync(first[5]);
        Assert.Equal(first[5].SequenceNumber, (await receiver.ReceiveMessageAsync()).SequenceNumber);
    }

    [Fact]
    public async Task A_number_is_never_given_out_twice()
    {
        var numbers = new List<long>();
        for (var run = 0; run < 3; run++)
        {
            await using var client = new ServiceBusClient(_folder.ConnectionString);
            await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
            var receiver = client.CreateReceiver("plain", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
            numbers.Add((await receiver.ReceiveMessageAsync()).SequenceNumber);
        }
        Assert.Equal(numbers.Distinct().Order(), numbers);
    }

    [Fact]
    public async Task Clients_of_one_file_share_its_broker_until_the_last_is_gone()
    {
        var first = new ServiceBusClient(_folder.ConnectionString);
        var second = new ServiceBusClient(_folder.ConnectionString);
        await first.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
        var receiver = second.CreateReceiver("plain");
        Assert.Equal("1", (await receiver.ReceiveMessageAsync()).Body.ToString());
        await first.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => first.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("2")));
        var waiting = receiver.ReceiveMessageAsync();
        await second.DisposeAsync();
        var e = await Assert.ThrowsAsync<ServiceBusException>(() => waiting.WaitAsync(Patience));
        Assert.Equal(ServiceBusFailureReason.ServiceCommunicationProblem, e.Reason);
    }

    [Fact]
    public async Task A_second_process_is_refused_by_name()
    {
        using var holder = Child.Start(Child.Broker, "hold", _folder.Path);
        Assert.Equal("holding", await holder.StandardOutput.ReadLineAsync().WaitAsync(Patience));
        await using var client = new ServiceBusClient(_folder.ConnectionString);
        var e = await Assert.ThrowsAsync<ServiceBusException>(() => client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1")));
        Assert.Contains(_folder.DataFile, e.Message);
        Assert.Contains("DataFile=", e.Message);
        holder.Kill();
        await holder.WaitForExitAsync();
        await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
    }

    [Fact]
    public async Task Settled_messages_give_their_space_back()
    {
        await using (var client = new ServiceBusClient(_folder.ConnectionString))
        {
            var sender = client.CreateSender("sessions");
            var body = new byte[1_000];
            for (var round = 0; round < 20; round++)
            {
                for (var batch = 0; batch < 10; batch++)
                    await sender.SendMessagesAsync(Enumerable.Range(0, 200).Select(i => new ServiceBusMessage(body) { SessionId = $"{i % 7}" }));
                for (var taken = 0; taken < 2_000;)
                {
                    await using var session = await client.AcceptNextSessionAsync("sessions");
                    var messages = await session.ReceiveMessagesAsync(500);
                    await session.CompleteMessagesAsync(messages);
                    taken += messages.Count;
                }
            }
        }
        // Forty megabytes went through it.
        Assert.InRange(new FileInfo(_folder.DataFile).Length, 0, 8_000_000);
    }
}
