using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

public abstract partial class ServiceBusCompliance
{
    [Fact]
    public async Task A_dead_lettered_message_says_why()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        await receiver.DeadLetterMessageAsync(
            await Next(receiver),
            new Dictionary<string, object> { ["step"] = 3 },
            "Unreadable",
            "not JSON"
        );
        await AssertNothing(receiver);
        var letters = DeadLettersOf("plain");
        var dead = await Next(letters);
        Assert.Equal("Unreadable", dead.DeadLetterReason);
        Assert.Equal("not JSON", dead.DeadLetterErrorDescription);
        Assert.Equal(3, dead.ApplicationProperties["step"]);
        await letters.CompleteMessageAsync(dead);
        Assert.Null(await letters.PeekMessageAsync(0));
    }

    [Fact]
    public async Task A_message_handed_out_too_often_is_dead_lettered()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            var message = await Next(receiver);
            Assert.Equal(delivery, message.DeliveryCount);
            await receiver.AbandonMessageAsync(message);
        }
        await AssertNothing(receiver);
        Assert.Equal("MaxDeliveryCountExceeded", (await Next(DeadLettersOf("plain"))).DeadLetterReason);
    }

    [ClockFact]
    public async Task Lost_locks_count_towards_the_dead_letters()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        for (var delivery = 1; delivery <= 3; delivery++)
        {
            await Next(receiver);
            await PassTime(LockDuration + TimeSpan.FromSeconds(1));
        }
        await AssertNothing(receiver);
        Assert.Equal("MaxDeliveryCountExceeded", (await Next(DeadLettersOf("plain"))).DeadLetterReason);
    }

    [Fact]
    public async Task A_dead_letter_sent_again_carries_no_dead_letter_properties()
    {
        await Send(
            "plain",
            new ServiceBusMessage("1")
            {
                MessageId = "m",
                CorrelationId = "c",
                ApplicationProperties = { ["kind"] = "stock" },
            }
        );
        var receiver = Client.CreateReceiver("plain");
        await receiver.DeadLetterMessageAsync(await Next(receiver), "Unreadable", "not JSON");
        var letters = DeadLettersOf("plain");
        var dead = await Next(letters);
        await Client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage(dead));
        await letters.CompleteMessageAsync(dead);
        var again = await Next(receiver);
        Assert.Equal(("1", "m", "c", 1), (Text(again), again.MessageId, again.CorrelationId, again.DeliveryCount));
        Assert.Null(again.DeadLetterReason);
        Assert.Equal(["kind"], again.ApplicationProperties.Keys);
    }

    [Fact]
    public async Task Dead_letters_stay_however_often_they_are_looked_at()
    {
        await Send("plain", Message("1"));
        var receiver = Client.CreateReceiver("plain");
        await receiver.DeadLetterMessageAsync(await Next(receiver));
        var letters = DeadLettersOf("plain");
        for (var i = 0; i < 6; i++)
            await letters.AbandonMessageAsync(await Next(letters));
        Assert.Equal("1", Text(await Next(letters)));
    }

    [Fact]
    public async Task An_older_message_that_is_dead_lettered_later_is_found()
    {
        await Send("plain", Message("1"), Message("2"));
        var receiver = Client.CreateReceiver("plain");
        var messages = await Take(receiver, 2);
        var letters = DeadLettersOf("plain");
        await receiver.DeadLetterMessageAsync(messages[1]);
        var second = await Next(letters);
        await receiver.DeadLetterMessageAsync(messages[0]);
        Assert.Equal("1", Text(await Next(letters)));
        await letters.CompleteMessageAsync(second);
    }
}
