using System.Net.Sockets;
using System.Text.Json;
using Azure.Core.Amqp;
using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>What the front owes clients beyond the suite that a namespace passes too: kinds of bodies, many links, broken peers.</summary>
public sealed class WireTests : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TemporaryFolder _folder = new();
    private BrokerServer _server = null!;
    private ServiceBusClient _client = null!;

    public async Task InitializeAsync()
    {
        _server = await BrokerServer.StartAsync(_folder.Options with { AdminPort = 0 });
        _client = TestClient.To(_server.ConnectionString);
    }

    public async Task DisposeAsync()
    {
        await _client.DisposeAsync();
        await _server.DisposeAsync();
        _folder.Dispose();
    }

    [Fact]
    public async Task Values_and_sequences_and_several_data_sections_arrive_as_they_were_sent()
    {
        var sender = _client.CreateSender("plain");
        await sender.SendMessageAsync(MessageOf(AmqpMessageBody.FromValue("a value")));
        await sender.SendMessageAsync(
            MessageOf(
                AmqpMessageBody.FromSequence([
                    [1, "two", 3.5],
                    ["four"],
                ])
            )
        );
        await sender.SendMessageAsync(MessageOf(AmqpMessageBody.FromData([new byte[] { 1, 2 }, new byte[] { 3 }])));
        var bodies = (await Take(_client.CreateReceiver("plain"), 3)).ConvertAll(message => message.GetRawAmqpMessage().Body);
        Assert.True(bodies[0].TryGetValue(out var value));
        Assert.Equal("a value", value);
        Assert.True(bodies[1].TryGetSequence(out var sequence));
        Assert.Equal([1, "two", 3.5], sequence!.First());
        Assert.True(bodies[2].TryGetData(out var data));
        Assert.Equal([1, 2, 3], data!.SelectMany(part => part.ToArray()));
    }

    [Fact]
    public async Task A_life_of_more_than_49_days_is_kept()
    {
        await _client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1") { TimeToLive = TimeSpan.FromDays(100) });
        Assert.Equal(TimeSpan.FromDays(100), (await _client.CreateReceiver("plain").ReceiveMessageAsync()).TimeToLive);
    }

    [Fact]
    public async Task Changed_properties_lie_over_the_senders_and_the_body_stays()
    {
        await _client
            .CreateSender("plain")
            .SendMessageAsync(new ServiceBusMessage("body") { ApplicationProperties = { ["kept"] = 1, ["changed"] = "old" } });
        var receiver = _client.CreateReceiver("plain");
        var changes = new Dictionary<string, object> { ["changed"] = "new", ["when"] = TimeProvider.System.GetUtcNow() };
        await receiver.AbandonMessageAsync(await receiver.ReceiveMessageAsync(), changes);
        await receiver.AbandonMessageAsync(await receiver.ReceiveMessageAsync(), new Dictionary<string, object> { ["again"] = 2L });
        var message = await receiver.ReceiveMessageAsync();
        Assert.Equal(
            ("body", 1, "new", changes["when"], 2L, 3),
            (
                message.Body.ToString(),
                message.ApplicationProperties["kept"],
                message.ApplicationProperties["changed"],
                message.ApplicationProperties["when"],
                message.ApplicationProperties["again"],
                message.DeliveryCount
            )
        );
    }

    [Fact]
    public async Task A_hundred_sessions_are_read_side_by_side_on_one_connection()
    {
        const int Sessions = 100,
            Each = 5;
        var sender = _client.CreateSender("sessions");
        for (var i = 0; i < Each; i++)
            await sender.SendMessagesAsync(Enumerable.Range(0, Sessions).Select(s => new ServiceBusMessage($"{i}") { SessionId = $"{s}" }));
        var read = await Task.WhenAll(
                Enumerable
                    .Range(0, Sessions)
                    .Select(async _ =>
                    {
                        var session = await _client.AcceptNextSessionAsync("sessions");
                        var messages = await Take(session, Each);
                        await session.CompleteAll(messages);
                        return (session.SessionId, Bodies: string.Join(' ', messages.Select(message => message.Body)));
                    })
            )
            .WaitAsync(Patience);
        Assert.Equal(Sessions, read.Select(session => session.SessionId).Distinct().Count());
        Assert.All(read, session => Assert.Equal("0 1 2 3 4", session.Bodies));
        Assert.Empty(await _client.CreateReceiver("sessions").PeekMessagesAsync(10));
    }

    [Fact]
    public async Task A_session_processor_gets_every_message_of_every_session_in_order()
    {
        const int Sessions = 20,
            Each = 30;
        var sender = _client.CreateSender("sessions");
        for (var i = 0; i < Each; i++)
            await sender.SendMessagesAsync(Enumerable.Range(0, Sessions).Select(s => new ServiceBusMessage($"{i}") { SessionId = $"{s}" }));
        var seen = Enumerable.Range(0, Sessions).ToDictionary(session => $"{session}", _ => new List<int>());
        var left = Sessions * Each;
        var done = new TaskCompletionSource();
        await using var processor = _client.CreateSessionProcessor(
            "sessions",
            new ServiceBusSessionProcessorOptions
            {
                MaxConcurrentSessions = 8,
                PrefetchCount = 10,
                SessionIdleTimeout = TimeSpan.FromMilliseconds(200),
            }
        );
        processor.ProcessMessageAsync += args =>
        {
            lock (seen[args.SessionId])
                seen[args.SessionId].Add(int.Parse(args.Message.Body.ToString()));
            if (Interlocked.Decrement(ref left) == 0)
                done.TrySetResult();
            return Task.CompletedTask;
        };
        processor.ProcessErrorAsync += _ => Task.CompletedTask;
        await processor.StartProcessingAsync();
        await done.Task.WaitAsync(Patience);
        await processor.StopProcessingAsync();
        Assert.All(seen.Values, numbers => Assert.Equal(Enumerable.Range(0, Each), numbers));
    }

    [Fact]
    public async Task Prefetched_messages_of_a_closed_receiver_come_back_uncounted_and_in_order()
    {
        await _client.CreateSender("plain").SendMessagesAsync(Enumerable.Range(0, 50).Select(i => new ServiceBusMessage($"{i}")));
        await using (var prefetching = _client.CreateReceiver("plain", new ServiceBusReceiverOptions { PrefetchCount = 40 }))
            await prefetching.CompleteMessageAsync(await prefetching.ReceiveMessageAsync());
        var rest = await Take(_client.CreateReceiver("plain"), 49);
        Assert.Equal(Enumerable.Range(1, 49).Select(i => $"{i}"), rest.Select(message => message.Body.ToString()));
        Assert.All(rest, message => Assert.Equal(1, message.DeliveryCount));
    }

    [Fact]
    public async Task Receives_that_run_out_of_time_lose_nothing()
    {
        const int Count = 300;
        var sending = Task.Run(async () =>
        {
            var sender = _client.CreateSender("sessions");
            for (var i = 0; i < Count; i++)
                await sender.SendMessageAsync(new ServiceBusMessage($"{i}") { SessionId = "s" });
        });
        await using var session = await _client.AcceptSessionAsync("sessions", "s");
        var received = new List<int>();
        while (received.Count < Count)
        {
            // A wait about as long as a message takes: the client drains its credit just when one is on its way.
            var messages = await session.ReceiveMessagesAsync(7, TimeSpan.FromMilliseconds(1 + received.Count % 3)).WaitAsync(Patience);
            received.AddRange(messages.Select(message => int.Parse(message.Body.ToString())));
            await session.CompleteAll(messages);
        }
        await sending;
        Assert.Equal(Enumerable.Range(0, Count), received);
    }

    [Fact]
    public async Task A_peer_that_speaks_no_amqp_harms_nobody()
    {
        var receiving = _client.CreateReceiver("plain").ReceiveMessageAsync();
        foreach (
            var start in (byte[][])
                ["GET / HTTP/1.1\r\n\r\n"u8.ToArray(), [.. "AMQP"u8, 3, 1, 0, 0, 0xff, 0xff, 0xff, 0xff, 0, 0, 0, 0], [0, 0]]
        )
        {
            using var peer = new TcpClient();
            await peer.ConnectAsync("127.0.0.1", _server.Port);
            await peer.GetStream().WriteAsync(start);
        }
        await _client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("1"));
        Assert.Equal("1", (await receiving.WaitAsync(Patience)).Body.ToString());
    }

    [Fact]
    public async Task The_admin_endpoint_answers_health_and_counts()
    {
        await _client
            .CreateSender("plain")
            .SendMessagesAsync([new ServiceBusMessage("1"), new ServiceBusMessage("2"), new ServiceBusMessage("3")]);
        await _client
            .CreateSender("plain")
            .ScheduleMessageAsync(new ServiceBusMessage("later"), TimeProvider.System.GetUtcNow().AddHours(1));
        var receiver = _client.CreateReceiver("plain");
        await receiver.DeadLetterMessageAsync(await receiver.ReceiveMessageAsync());
        await receiver.ReceiveMessageAsync();
        using var http = new HttpClient { BaseAddress = new Uri($"http://127.0.0.1:{_server.AdminPort}") };
        Assert.True((await http.GetAsync("/health")).IsSuccessStatusCode);
        var entities = JsonDocument
            .Parse(await http.GetStringAsync("/entities"))
            .RootElement.EnumerateArray()
            .ToDictionary(entity => entity.GetProperty("name").GetString()!, entity => entity.GetRawText());
        Assert.Equal("""{"name":"plain","waiting":2,"scheduled":1,"deadLettered":1}""", entities["plain"]);
        Assert.Contains("news/Subscriptions/by-session", entities.Keys);
    }

    private static ServiceBusMessage MessageOf(AmqpMessageBody body)
    {
        var message = new ServiceBusMessage();
        message.GetRawAmqpMessage().Body = body;
        return message;
    }

    private static async Task<List<ServiceBusReceivedMessage>> Take(ServiceBusReceiver receiver, int count)
    {
        var messages = new List<ServiceBusReceivedMessage>();
        while (messages.Count < count)
            messages.AddRange(await receiver.ReceiveMessagesAsync(count - messages.Count).WaitAsync(Patience));
        return messages;
    }
}
