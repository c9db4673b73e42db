using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

public abstract partial class ServiceBusCompliance
{
    private static readonly TimeSpan Minute = TimeSpan.FromMinutes(1);

    [ClockFact]
    public async Task A_scheduled_message_comes_when_its_time_has_come()
    {
        var sender = Client.CreateSender("plain");
        var receiver = Client.CreateReceiver("plain");
        await sender.ScheduleMessageAsync(Message("later"), await Now() + Minute);
        await Send("plain", Message("now"));
        Assert.Equal(ServiceBusMessageState.Scheduled, (await receiver.PeekMessageAsync(0)).State);
        var now = await Next(receiver);
        Assert.Equal("now", Text(now));
        await receiver.CompleteMessageAsync(now);
        await AssertNothing(receiver);
        var waiting = receiver.ReceiveMessageAsync(Minute * 5);
        await PassTime(Minute);
        Assert.Equal("later", Text(await waiting.WaitAsync(Patience)));
    }

    [ClockFact]
    public async Task A_scheduled_message_can_be_taken_back_once()
    {
        var sender = Client.CreateSender("plain");
        var number = await sender.ScheduleMessageAsync(Message("later"), await Now() + Minute);
        await sender.CancelScheduledMessageAsync(number);
        await Fails(ServiceBusFailureReason.MessageNotFound, () => sender.CancelScheduledMessageAsync(number));
        await PassTime(Minute * 2);
        await AssertNothing(Client.CreateReceiver("plain"));
    }

    [ClockFact]
    public async Task A_message_scheduled_into_a_session_joins_its_end()
    {
        var sender = Client.CreateSender("sessions");
        await sender.ScheduleMessageAsync(Message("later", "s"), await Now() + Minute);
        await PassTime(Minute);
        await Send("sessions", Message("after", "s"));
        await using var session = await Client.AcceptNextSessionAsync("sessions").WaitAsync(Patience);
        Assert.Equal(["later", "after"], (await Take(session, 2)).Select(Text));
    }

    [ClockFact]
    public async Task An_expired_message_goes_to_the_dead_letters_where_the_queue_says_so()
    {
        await Send("plain", new ServiceBusMessage("1") { TimeToLive = Minute }, Message("2"));
        await PassTime(Minute + TimeSpan.FromSeconds(1));
        var receiver = Client.CreateReceiver("plain");
        Assert.Equal("2", Text(await Next(receiver)));
        await AssertNothing(receiver);
        Assert.Equal("TTLExpiredException", (await Next(DeadLettersOf("plain"))).DeadLetterReason);
    }

    [ClockFact]
    public async Task An_expired_message_is_dropped_where_the_queue_does_not()
    {
        await Send("dropping", Message("1"));
        await PassTime(Minute + TimeSpan.FromSeconds(1));
        await AssertNothing(Client.CreateReceiver("dropping"));
        await AssertNothing(DeadLettersOf("dropping"));
    }

    [Fact]
    public async Task The_queue_caps_the_time_to_live()
    {
        await Send("dropping", new ServiceBusMessage("1") { TimeToLive = Minute * 60 });
        var message = await Next(Client.CreateReceiver("dropping"));
        Assert.Equal(Minute, message.TimeToLive);
        Assert.Equal(message.EnqueuedTime + Minute, message.ExpiresAt);
    }

    [ClockFact]
    public async Task A_message_id_is_taken_once_within_the_window()
    {
        await Send("once", new ServiceBusMessage("1") { MessageId = "m" }, new ServiceBusMessage("2") { MessageId = "m" });
        await Send("once", new ServiceBusMessage("3") { MessageId = "m" });
        var receiver = Client.CreateReceiver("once");
        var message = await Next(receiver);
        Assert.Equal("1", Text(message));
        await receiver.CompleteMessageAsync(message);
        await Send("once", new ServiceBusMessage("4") { MessageId = "m" });
        await AssertNothing(receiver);
        await PassTime(TimeSpan.FromMinutes(11));
        await Send("once", new ServiceBusMessage("5") { MessageId = "m" });
        Assert.Equal("5", Text(await Next(receiver)));
    }

    [Fact]
    public async Task A_message_id_is_remembered_behind_thousands_of_others()
    {
        var sender = Client.CreateSender("once");
        await sender.SendMessageAsync(new ServiceBusMessage("first") { MessageId = "m" });
        for (var batch = 0; batch < 10; batch++)
            await sender.SendMessagesAsync(
                Enumerable.Range(0, 1_000).Select(i => new ServiceBusMessage("other") { MessageId = $"{batch}-{i}" })
            );
        await sender.SendMessageAsync(new ServiceBusMessage("again") { MessageId = "m" });
        await sender.SendMessageAsync(new ServiceBusMessage("again") { MessageId = "3-500" });
        var received = await Take(
            Client.CreateReceiver("once", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }),
            10_001
        );
        Assert.DoesNotContain("again", received.Select(Text));
    }

    /// <summary>The time the broker goes by.</summary>
    private async Task<DateTimeOffset> Now()
    {
        await Send("news", Message("what time is it?", "s"));
        return (
            await Next(
                Client.CreateReceiver("news", "a", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete })
            )
        ).EnqueuedTime;
    }
}
