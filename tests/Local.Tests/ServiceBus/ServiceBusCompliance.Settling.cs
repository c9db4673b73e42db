using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

public abstract partial class ServiceBusCompliance
{
    [Fact]
    public async Task Messages_come_in_the_order_they_were_sent()
    {
        await Send("plain", Message("1"), Message("2"));
        await Send("plain", Message("3"));
        var received = await Take(Client.CreateReceiver("plain"), 3);
        Assert.Equal(["1", "2", "3"], received.Select(Text));
        Assert.True(received[0].SequenceNumber < received[1].SequenceNumber && received[1].SequenceNumber < received[2].SequenceNumber);
        Assert.All(received, message => Assert.Equal(1, message.DeliveryCount));
    }

    [ClockFact]
    public async Task A_completed_message_is_gone()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        await receiver.CompleteMessageAsync(await Next(receiver));
        Assert.Null(await receiver.PeekMessageAsync(0));
        await PassTime(LockDuration * 2);
        await AssertNothing(receiver);
    }

    [Fact]
    public async Task A_locked_message_is_nobody_elses()
    {
        await Send("plain", Message("1"));
        await Next(Client.CreateReceiver("plain"));
        await AssertNothing(Client.CreateReceiver("plain"));
    }

    [Fact]
    public async Task Abandoned_message_comes_back_with_a_higher_delivery_count()
    {
        await Send("plain", Message("1"), Message("2"));
        var receiver = Client.CreateReceiver("plain");
        var first = await Next(receiver);
        await receiver.AbandonMessageAsync(first, new Dictionary<string, object> { ["seen"] = "yes" });
        var again = await Next(receiver);
        Assert.Equal("1", Text(again));
        Assert.Equal(2, again.DeliveryCount);
        Assert.Equal("yes", again.ApplicationProperties["seen"]);
        Assert.Equal(first.SequenceNumber, again.SequenceNumber);
    }

    [ClockFact]
    public async Task A_message_whose_lock_ran_out_comes_back_and_cannot_be_settled_by_the_first_receiver()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        var first = await Next(receiver);
        await PassTime(LockDuration + TimeSpan.FromSeconds(1));
        var again = await Next(receiver);
        Assert.Equal(2, again.DeliveryCount);
        await Fails(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(first));
        await receiver.CompleteMessageAsync(again);
    }

    [ClockFact]
    public async Task A_renewed_lock_holds()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        var message = await Next(receiver);
        var until = message.LockedUntil;
        await PassTime(LockDuration * 0.6);
        await receiver.RenewMessageLockAsync(message);
        Assert.True(message.LockedUntil > until);
        await PassTime(LockDuration * 0.6);
        await AssertNothing(Client.CreateReceiver("plain"));
        await receiver.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task A_message_is_settled_once()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        var message = await Next(receiver);
        await receiver.CompleteMessageAsync(message);
        await Fails(ServiceBusFailureReason.MessageLockLost, () => receiver.CompleteMessageAsync(message));
    }

    [Fact]
    public async Task Receive_and_delete_takes_the_message_at_once()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver(
            "plain",
            new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete }
        );
        var message = await Next(receiver);
        Assert.Null(await receiver.PeekMessageAsync(0));
        await Assert.ThrowsAsync<InvalidOperationException>(() => receiver.CompleteMessageAsync(message));
    }

    [Fact]
    public async Task A_waiting_receiver_gets_a_message_that_is_sent_later()
    {
        var waiting = Client.CreateReceiver("plain").ReceiveMessageAsync();
        await Send("plain", Message("1"));
        Assert.Equal("1", Text(await waiting.WaitAsync(Patience)));
    }

    [Fact]
    public async Task A_cancelled_wait_ends_promptly_and_takes_nothing()
    {
        var receiver = Client.CreateReceiver("plain");
        using var cancel = new CancellationTokenSource();
        var waiting = receiver.ReceiveMessageAsync(cancellationToken: cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
        await Send("plain", Message("1"));
        Assert.Equal("1", Text(await Next(receiver)));
    }

    [Fact]
    public async Task A_closed_receiver_stops_waiting()
    {
        var receiver = Client.CreateReceiver("plain");
        var waiting = receiver.ReceiveMessageAsync();
        await receiver.CloseAsync();
        await Assert.ThrowsAnyAsync<Exception>(() => waiting.WaitAsync(Patience));
        Assert.True(receiver.IsClosed);
        await Send("plain", Message("1"));
        Assert.Equal("1", Text(await Next(Client.CreateReceiver("plain"))));
    }

    [Fact]
    public async Task A_deferred_message_is_received_by_its_number_only()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        var message = await Next(receiver);
        await receiver.DeferMessageAsync(message, new Dictionary<string, object> { ["why"] = "later" });
        await AssertNothing(receiver);
        Assert.Equal(ServiceBusMessageState.Deferred, (await receiver.PeekMessageAsync(0)).State);
        var deferred = await receiver.ReceiveDeferredMessageAsync(message.SequenceNumber);
        Assert.Equal("1", Text(deferred));
        Assert.Equal("later", deferred.ApplicationProperties["why"]);
        Assert.Equal(2, deferred.DeliveryCount);
        await Fails(ServiceBusFailureReason.MessageNotFound, () => receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
        await receiver.AbandonMessageAsync(deferred);
        await receiver.CompleteMessageAsync(await receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
        await Fails(ServiceBusFailureReason.MessageNotFound, () => receiver.ReceiveDeferredMessageAsync(message.SequenceNumber));
    }

    [Fact]
    public async Task Peeking_takes_nothing_and_goes_on_from_the_last_one()
    {
        await Send("plain", Message("1"), Message("2"), Message("3"));
        var receiver = Client.CreateReceiver("plain");
        Assert.Equal("1", Text(await receiver.PeekMessageAsync()));
        var rest = await receiver.PeekMessagesAsync(10);
        Assert.Equal(["2", "3"], rest.Select(Text));
        Assert.Equal(0, rest[0].DeliveryCount);
        Assert.Null(await receiver.PeekMessageAsync());
        Assert.Equal("1", Text(await Next(receiver)));
    }
}
