using Azure.Messaging.ServiceBus;

namespace Stockgate.Local.Tests.Host;

/// <summary>Service Bus triggers, through the real client.</summary>
[Collection(HostCollection.Name)]
public sealed class MessageTests(HostFixture fixture)
{
    [Fact]
    public async Task A_message_arrives_whole_and_is_completed()
    {
        await Send("single", new ServiceBusMessage("one") { MessageId = "m1", ApplicationProperties = { ["kind"] = "test" } });
        await Patience.UntilAsync(() => fixture.Journal("OnSingle").Contains("one|1|m1|m1|test"), "the message");
        await IsEmpty("single");
    }

    [Fact]
    public async Task A_failing_message_is_abandoned_until_it_is_a_dead_letter()
    {
        await Send("single", new ServiceBusMessage("fail-single") { MessageId = "m2" });
        await Patience.UntilAsync(() => fixture.Journal("OnSingle").Contains("fail-single|3|m2|m2|"), "the third delivery");
        await using var dead = fixture.Bus.CreateReceiver("single", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var message = await dead.ReceiveMessageAsync(TimeSpan.FromSeconds(30));
        Assert.Equal("fail-single", message.Body.ToString());
        await dead.CompleteMessageAsync(message);
    }

    [Fact]
    public async Task A_batch_arrives_with_its_metadata_in_arrays()
    {
        await Send("batch", [.. Enumerable.Range(0, 5).Select(i => new ServiceBusMessage($"b{i}") { MessageId = $"b{i}" })]);
        await Patience.UntilAsync(() => Bodies("OnBatch").Count(body => body.StartsWith('b')) == 5, "five messages");
        Assert.Contains(fixture.Journal("OnBatch.metadata"), line => line.StartsWith("[\"b0\"", StringComparison.Ordinal));
        await IsEmpty("batch");
    }

    [Fact]
    public async Task A_body_alone_arrives_as_text_from_a_topic()
    {
        await Send("news", new ServiceBusMessage("hello"));
        await Patience.UntilAsync(() => fixture.Journal("OnNews").Contains("hello"), "the body");
    }

    [Fact]
    public async Task A_function_settles_by_itself_and_an_unknown_lock_is_a_failed_precondition()
    {
        await Send("settled", [.. new[] { "complete", "abandon", "dead-letter", "twice" }.Select(body => new ServiceBusMessage(body))]);
        await Patience.UntilAsync(() => fixture.Journal("OnSettled").Contains("abandon|3"), "what was abandoned comes again");
        await Patience.UntilAsync(
            () => fixture.Journal("OnSettled").Contains("refused RpcException FailedPrecondition"),
            "the second settlement is refused"
        );
        await using var dead = fixture.Bus.CreateReceiver("settled", new ServiceBusReceiverOptions { SubQueue = SubQueue.DeadLetter });
        var letters = new List<ServiceBusReceivedMessage>();
        await Patience.UntilAsync(
            async () =>
            {
                letters.AddRange(await dead.ReceiveMessagesAsync(10, TimeSpan.FromSeconds(1)));
                return letters.Count == 2;
            },
            "two dead letters"
        );
        var own = letters.Single(letter => letter.Body.ToString() == "dead-letter");
        Assert.Equal(("bad", "it is bad", "test"), (own.DeadLetterReason, own.DeadLetterErrorDescription, own.ApplicationProperties["by"]));
    }

    [Fact]
    public async Task Single_messages_run_sessions_side_by_side_and_each_in_order()
    {
        await Send("session-single", [.. Sessions(3, 4)]);
        await Patience.UntilAsync(() => fixture.Journal("OnSessionSingle").Length == 12, "twelve messages");
        var lines = fixture.Journal("OnSessionSingle").Select(line => line.Split('|')).ToList();
        foreach (var session in lines.GroupBy(line => line[0]))
            Assert.Equal(["0", "1", "2", "3"], session.Select(line => line[1]));
        Assert.Contains(lines, line => int.Parse(line[2]) > 1);
    }

    [Fact]
    public async Task Batches_run_one_session_at_a_time_and_each_in_order()
    {
        await Send("session-batch", [.. Sessions(3, 10)]);
        await Patience.UntilAsync(() => SessionBodies("s").Count == 30, "thirty messages");
        foreach (var session in new[] { "s0", "s1", "s2" })
            Assert.Equal(Enumerable.Range(0, 10).Select(i => $"{i}"), SessionBodies(session));
        // Never a second batch before the first has ended.
        var lines = fixture.Journal("OnSessionBatch");
        for (var i = 0; i + 1 < lines.Length; i += 2)
            Assert.True(lines[i] != "end" && lines[i + 1] == "end", string.Join('\n', lines));
    }

    [Fact]
    public async Task A_failing_batch_is_abandoned_in_order_and_the_session_goes_on()
    {
        await Send(
            "session-batch",
            [.. new[] { "fail", "after1", "after2" }.Select(body => new ServiceBusMessage(body) { SessionId = "f" })]
        );
        await Patience.UntilAsync(
            () => fixture.Journal("OnSessionBatch").Count(line => line.StartsWith("f|fail", StringComparison.Ordinal)) >= 3,
            "three tries"
        );
        var tries = fixture.Journal("OnSessionBatch").Where(line => line.StartsWith("f|fail,", StringComparison.Ordinal)).ToList();
        Assert.All(tries, line => Assert.Equal("f|fail,after1,after2", line));
    }

    private static IEnumerable<ServiceBusMessage> Sessions(int sessions, int each) =>
        Enumerable
            .Range(0, each)
            .SelectMany(i => Enumerable.Range(0, sessions).Select(session => new ServiceBusMessage($"{i}") { SessionId = $"s{session}" }));

    private IEnumerable<string> Bodies(string function) => fixture.Journal(function).SelectMany(line => line.Split(','));

    private List<string> SessionBodies(string session) =>
        [
            .. fixture
                .Journal("OnSessionBatch")
                .Where(line => line.StartsWith(session, StringComparison.Ordinal))
                .SelectMany(line => line.Split('|')[1].Split(',')),
        ];

    private async Task Send(string entity, params ServiceBusMessage[] messages)
    {
        await using var sender = fixture.Bus.CreateSender(entity);
        await sender.SendMessagesAsync(messages);
    }

    private async Task IsEmpty(string queue)
    {
        await using var receiver = fixture.Bus.CreateReceiver(queue);
        await Patience.UntilAsync(async () => await receiver.PeekMessageAsync(0) is null, $"{queue} is empty");
    }
}
