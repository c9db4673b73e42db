using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

public abstract partial class ServiceBusCompliance
{
    [Fact]
    public async Task A_session_is_read_in_order_by_one_receiver()
    {
        await Send("sessions", Message("a1", "a"), Message("b1", "b"), Message("a2", "a"));
        await using var session = await Client.AcceptSessionAsync("sessions", "a");
        Assert.Equal("a", session.SessionId);
        Assert.Equal(["a1", "a2"], (await Take(session, 2)).Select(Text));
        await Fails(ServiceBusFailureReason.SessionCannotBeLocked, () => Client.AcceptSessionAsync("sessions", "a"));
        await using var other = await Client.AcceptNextSessionAsync("sessions");
        Assert.Equal("b", other.SessionId);
    }

    [Fact]
    public async Task The_session_that_waited_longest_is_next()
    {
        await Send("sessions", Message("1", "x"), Message("2", "y"), Message("3", "x"), Message("4", "z"));
        var order = new List<string>();
        for (var i = 0; i < 4; i++)
        {
            await using var session = await Client.AcceptNextSessionAsync("sessions");
            order.Add(session.SessionId);
            await session.CompleteMessageAsync(await Next(session));
        }
        Assert.Equal(["x", "y", "z", "x"], order);
    }

    [Fact]
    public async Task A_released_session_starts_with_what_was_not_settled()
    {
        await Send("sessions", Message("1", "s"), Message("2", "s"), Message("3", "s"));
        await using (var first = await Client.AcceptNextSessionAsync("sessions"))
        {
            var taken = await Take(first, 2);
            await first.CompleteMessageAsync(taken[1]);
        }
        await using var second = await Client.AcceptNextSessionAsync("sessions");
        var messages = await Take(second, 2);
        Assert.Equal(["1", "3"], messages.Select(Text));
        // Giving a session up is no failed delivery.
        Assert.Equal([1, 1], messages.Select(message => message.DeliveryCount));
    }

    [Fact]
    public async Task An_abandoned_message_comes_before_the_rest_of_its_session()
    {
        await Send("sessions", Message("1", "s"), Message("2", "s"), Message("3", "s"));
        await using var session = await Client.AcceptNextSessionAsync("sessions");
        var taken = await Take(session, 2);
        await session.AbandonMessageAsync(taken[0]);
        await session.AbandonMessageAsync(taken[1]);
        Assert.Equal(["1", "2", "3"], (await Take(session, 3)).Select(Text));
    }

    [ClockFact]
    public async Task A_session_lock_that_ran_out_is_lost_with_its_messages()
    {
        await Send("sessions", Message("1", "s"));
        await using var first = await Client.AcceptNextSessionAsync("sessions");
        var message = await Next(first);
        await PassTime(LockDuration + TimeSpan.FromSeconds(1));
        await using var second = await Client.AcceptNextSessionAsync("sessions").WaitAsync(Patience);
        Assert.Equal(2, (await Next(second)).DeliveryCount);
        await FailsAsLost(() => first.CompleteMessageAsync(message));
        await FailsAsLost(() => first.ReceiveMessageAsync());
        await FailsAsLost(() => first.RenewSessionLockAsync());
        await FailsAsLost(() => first.SetSessionStateAsync(new BinaryData("x")));
    }

    [ClockFact]
    public async Task A_renewed_session_holds_with_its_messages()
    {
        await Send("sessions", Message("1", "s"));
        await using var session = await Client.AcceptNextSessionAsync("sessions");
        var message = await Next(session);
        var until = session.SessionLockedUntil;
        await PassTime(LockDuration * 0.6);
        await session.RenewSessionLockAsync();
        Assert.True(session.SessionLockedUntil > until);
        await PassTime(LockDuration * 0.6);
        await session.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task Session_state_stays_with_the_session()
    {
        await using (var first = await Client.AcceptSessionAsync("sessions", "s"))
        {
            Assert.Null(await first.GetSessionStateAsync());
            await first.SetSessionStateAsync(new BinaryData("half way"));
        }
        await using var second = await Client.AcceptSessionAsync("sessions", "s");
        Assert.Equal("half way", (await second.GetSessionStateAsync())!.ToString());
        await second.SetSessionStateAsync(null!);
        Assert.Null(await second.GetSessionStateAsync());
    }

    [Fact]
    public async Task Waiting_for_a_session_ends_when_a_message_arrives()
    {
        var waiting = Client.AcceptNextSessionAsync("sessions");
        await Send("sessions", Message("1", "s"));
        await using var session = await waiting.WaitAsync(Patience);
        Assert.Equal("1", Text(await Next(session)));
    }

    [Fact]
    public async Task Waiting_for_a_session_ends_when_one_is_released()
    {
        await Send("sessions", Message("1", "s"));
        var first = await Client.AcceptNextSessionAsync("sessions");
        var waiting = Client.AcceptNextSessionAsync("sessions");
        await first.CloseAsync();
        await using var second = await waiting.WaitAsync(Patience);
        Assert.Equal("s", second.SessionId);
    }

    [Fact]
    public async Task Waiting_for_a_session_can_be_cancelled()
    {
        using var cancel = new CancellationTokenSource();
        var waiting = Client.AcceptNextSessionAsync("sessions", cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    [ClockFact]
    public async Task No_session_in_time_is_a_timeout() =>
        await Fails(ServiceBusFailureReason.ServiceTimeout, () => WhileTimePasses(Client.AcceptNextSessionAsync("sessions")));

    [Fact]
    public async Task A_deferred_message_belongs_to_its_session()
    {
        await Send("sessions", Message("1", "s"), Message("2", "s"));
        await using var session = await Client.AcceptNextSessionAsync("sessions");
        var first = await Next(session);
        await session.DeferMessageAsync(first);
        Assert.Equal("2", Text(await Next(session)));
        await session.CompleteMessageAsync(await session.ReceiveDeferredMessageAsync(first.SequenceNumber));
    }

    [Fact]
    public async Task Dead_letters_of_sessions_are_read_without_one()
    {
        await Send("sessions", Message("1", "s"));
        await using var session = await Client.AcceptNextSessionAsync("sessions");
        await session.DeadLetterMessageAsync(await Next(session), "Unreadable");
        var dead = await Next(DeadLettersOf("sessions"));
        Assert.Equal(("s", "Unreadable"), (dead.SessionId, dead.DeadLetterReason));
        await Client.CreateSender("sessions").SendMessageAsync(new ServiceBusMessage(dead));
        Assert.Equal("1", Text(await Next(session)));
    }

    [Fact]
    public async Task Peeking_without_a_session_shows_all_of_them_in_the_order_they_were_sent()
    {
        await Send("sessions", Message("1", "a"), Message("2", "b"), Message("3", "a"));
        await Client.CreateSender("sessions").ScheduleMessageAsync(Message("later", "c"), await Now() + Minute);
        var peeked = await Client.CreateReceiver("sessions").PeekMessagesAsync(10);
        Assert.Equal(["1", "2", "3", "later"], peeked.Select(Text));
        await using var session = await Client.AcceptSessionAsync("sessions", "a");
        Assert.Equal(["1", "3"], (await session.PeekMessagesAsync(10)).Select(Text));
    }

    [Fact]
    public async Task Sessions_and_plain_receivers_do_not_mix()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.CreateReceiver("sessions").ReceiveMessageAsync());
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.AcceptNextSessionAsync("plain"));
        await Assert.ThrowsAsync<InvalidOperationException>(() => Client.CreateSender("sessions").SendMessageAsync(Message("no session")));
    }

    // The client closes a session receiver when it hears that the lock is lost: until then it is one exception, from then on the other.
    private static async Task FailsAsLost(Func<Task> act)
    {
        var e = await Assert.ThrowsAnyAsync<Exception>(act);
        Assert.True(e is ObjectDisposedException or ServiceBusException { Reason: ServiceBusFailureReason.SessionLockLost }, $"{e}");
    }

    [Fact]
    public async Task Refused_sends_leave_nothing_of_their_batch()
    {
        await Assert.ThrowsAsync<InvalidOperationException>(() => Send("sessions", Message("1", "s"), Message("no session")));
        await using var session = await Client.AcceptSessionAsync("sessions", "s");
        await AssertNothing(session);
    }
}
