using System.Runtime.Serialization;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

public abstract partial class ServiceBusCompliance
{
    [Fact]
    public async Task Everything_the_sender_set_arrives()
    {
        await Send(
            "plain",
            new ServiceBusMessage("body")
            {
                MessageId = "id",
                SessionId = "s",
                PartitionKey = "s",
                ReplyToSessionId = "rs",
                CorrelationId = "c",
                Subject = "subject",
                To = "to",
                ContentType = "application/json",
                ReplyTo = "reply",
                TimeToLive = Minute * 3,
            }
        );
        var m = await Next(Client.CreateReceiver("plain"));
        Assert.Equal(
            ("body", "id", "s", "s", "rs", "c", "subject"),
            (Text(m), m.MessageId, m.SessionId, m.PartitionKey, m.ReplyToSessionId, m.CorrelationId, m.Subject)
        );
        Assert.Equal(("to", "application/json", "reply", Minute * 3), (m.To, m.ContentType, m.ReplyTo, m.TimeToLive));
        Assert.NotEqual(Guid.Empty.ToString(), m.LockToken);
        Assert.Equal(m.SequenceNumber, m.EnqueuedSequenceNumber);
    }

    [Fact]
    public async Task Application_properties_keep_their_types()
    {
        var sent = new Dictionary<string, object>
        {
            ["string"] = "ä",
            ["bool"] = true,
            ["byte"] = (byte)1,
            ["sbyte"] = (sbyte)-1,
            ["short"] = (short)-2,
            ["ushort"] = (ushort)2,
            ["int"] = -3,
            ["uint"] = 3u,
            ["long"] = long.MinValue,
            ["ulong"] = ulong.MaxValue,
            ["float"] = 1.5f,
            ["double"] = double.Epsilon,
            ["decimal"] = 79228162514264337593543950335m,
            ["char"] = 'x',
            ["guid"] = new Guid("b5f1a1f2-0000-4000-8000-000000000001"),
            ["time"] = new DateTime(2026, 3, 1, 2, 3, 4, DateTimeKind.Utc),
            ["offset"] = new DateTimeOffset(2026, 3, 1, 2, 3, 4, TimeSpan.Zero),
            ["span"] = TimeSpan.FromMilliseconds(1),
            ["uri"] = new Uri("https://example.org/a?b"),
            ["bytes"] = new byte[] { 1, 2, 3 },
        };
        var message = Message("1");
        foreach (var (name, value) in sent)
            message.ApplicationProperties[name] = value;
        await Send("plain", message);
        var received = (await Next(Client.CreateReceiver("plain"))).ApplicationProperties;
        Assert.Equal(sent.OrderBy(pair => pair.Key), received.OrderBy(pair => pair.Key));
        Assert.All(sent, pair => Assert.Equal(pair.Value.GetType(), received[pair.Key].GetType()));
    }

    [Fact]
    public async Task An_application_property_of_another_type_is_refused()
    {
        var message = Message("1");
        message.ApplicationProperties["version"] = new Version(1, 0);
        var e = await Assert.ThrowsAsync<SerializationException>(() => Client.CreateSender("plain").SendMessageAsync(message));
        Assert.Contains("System.Version", e.Message);
    }

    [Fact]
    public async Task An_empty_message_arrives_with_an_id()
    {
        await Send("plain", new ServiceBusMessage());
        var message = await Next(Client.CreateReceiver("plain"));
        Assert.Empty(message.Body.ToArray());
        Assert.NotEmpty(message.MessageId);
        Assert.Empty(message.ApplicationProperties);
    }

    [Fact]
    public async Task A_message_over_the_limit_is_refused()
    {
        var sender = Client.CreateSender("plain");
        await Fails(
            ServiceBusFailureReason.MessageSizeExceeded,
            () => sender.SendMessageAsync(new ServiceBusMessage(new byte[257 * 1024]))
        );
        await sender.SendMessageAsync(new ServiceBusMessage(new byte[250 * 1024]));
        Assert.Equal(250 * 1024, (await Next(Client.CreateReceiver("plain"))).Body.ToMemory().Length);
    }

    [Fact]
    public async Task A_batch_over_the_limit_is_refused_as_a_whole()
    {
        await Fails(
            ServiceBusFailureReason.MessageSizeExceeded,
            () => Send("plain", [.. Enumerable.Range(0, 3).Select(_ => new ServiceBusMessage(new byte[100 * 1024]))])
        );
        Assert.Null(await Client.CreateReceiver("plain").PeekMessageAsync(0));
    }

    [Fact]
    public async Task A_batch_takes_messages_up_to_its_limit_and_sends_them_together()
    {
        var sender = Client.CreateSender("plain");
        using var batch = await sender.CreateMessageBatchAsync(new CreateMessageBatchOptions { MaxSizeInBytes = 4_096 });
        var added = 0;
        while (batch.TryAddMessage(new ServiceBusMessage(new byte[1_000])))
            added++;
        Assert.InRange(added, 3, 4);
        Assert.Equal(added, batch.Count);
        Assert.InRange(batch.SizeInBytes, 3_000, 4_096);
        await sender.SendMessagesAsync(batch);
        Assert.Equal(added, (await Take(Client.CreateReceiver("plain"), added)).Count);
    }

    [Fact]
    public async Task Every_subscription_gets_what_is_sent_to_the_topic()
    {
        await Send(
            "news",
            new ServiceBusMessage("1") { MessageId = "m", SessionId = "s" },
            new ServiceBusMessage("dup") { MessageId = "m", SessionId = "s" }
        );
        var a = Client.CreateReceiver("news", "a");
        await a.CompleteMessageAsync(await Next(a));
        await AssertNothing(a);
        Assert.Equal("1", Text(await Next(Client.CreateReceiver("news", "b"))));
        await using var session = await Client.AcceptNextSessionAsync("news", "by-session");
        Assert.Equal("1", Text(await Next(session)));
    }

    [Fact]
    public async Task A_message_without_session_is_dead_lettered_by_a_subscription_with_sessions()
    {
        await Send("news", Message("1"));
        var letters = Client.CreateReceiver("news", "by-session", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        Assert.Equal("Session ID is null.", (await Next(letters)).DeadLetterReason);
        Assert.Equal("1", Text(await Next(Client.CreateReceiver("news", "a"))));
    }

    [ClockFact]
    public async Task A_message_scheduled_to_a_topic_reaches_its_subscriptions()
    {
        await Client.CreateSender("news").ScheduleMessageAsync(Message("later", "s"), await Now() + Minute);
        var b = Client.CreateReceiver("news", "b", new ServiceBusReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
        await Next(b);
        await AssertNothing(b);
        await PassTime(Minute);
        Assert.Equal("later", Text(await Next(b)));
    }

    [Fact]
    public async Task An_undeclared_entity_is_named()
    {
        var e = await Fails(
            ServiceBusFailureReason.MessagingEntityNotFound,
            () => Client.CreateSender("nowhere").SendMessageAsync(Message("1"))
        );
        Assert.Contains("nowhere", e.Message);
        await Fails(ServiceBusFailureReason.MessagingEntityNotFound, () => Client.CreateReceiver("news", "nobody").ReceiveMessageAsync());
    }
}
