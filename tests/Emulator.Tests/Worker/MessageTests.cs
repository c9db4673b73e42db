using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class MessageTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceBusClient _client;

    public MessageTests() => _client = new ServiceBusClient(_folder.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _folder.Dispose();
    }

    private sealed record Count(string Sku, int Quantity);

    private sealed class One(Probe probe)
    {
        [Function("One")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message) =>
            probe.Saw($"{message.Body} {message.MessageId} {message.DeliveryCount}");
    }

    private sealed class Typed(Probe probe)
    {
        [Function("Typed")]
        public void Run([ServiceBusTrigger("%Queue%", Connection = WorkerHost.Connection)] Count count) => probe.Saw(count);

        [Function("Text")]
        public void Text([ServiceBusTrigger("news", "a", Connection = WorkerHost.Connection)] string text) => probe.Saw(text);
    }

    private sealed class Batch(Probe probe)
    {
        [Function("Batch")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection, IsBatched = true)] ServiceBusReceivedMessage[] messages) =>
            probe.Saw(string.Join(",", messages.Select(m => m.MessageId)));
    }

    private sealed class TypedBatch(Probe probe)
    {
        [Function("TypedBatch")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection, IsBatched = true)] Count[] counts) => probe.Saw(string.Join(",", counts.Select(c => c.Quantity)));
    }

    private sealed class FailsTwice(Probe probe)
    {
        [Function("FailsTwice")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message)
        {
            probe.Saw(message.DeliveryCount);
            if (message.DeliveryCount < 3) throw new InvalidOperationException("not yet");
        }
    }

    private sealed class FailsAlways(Probe probe)
    {
        [Function("FailsAlways")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message)
        {
            probe.Saw(message.DeliveryCount);
            throw new InvalidOperationException("never");
        }
    }

    private sealed class Settles(Probe probe)
    {
        [Function("Settles")]
        public async Task Run(
            [ServiceBusTrigger("plain", Connection = WorkerHost.Connection, IsBatched = true)] ServiceBusReceivedMessage[] messages, ServiceBusMessageActions actions, CancellationToken cancellation)
        {
            foreach (var message in messages)
                await (message.Subject switch
                {
                    "bad" => actions.DeadLetterMessageAsync(message, new() { ["by"] = "test" }, "Bad", "because", cancellation),
                    "later" => actions.DeferMessageAsync(message, cancellationToken: cancellation),
                    _ => Task.CompletedTask,
                });
            probe.Saw(messages.Length);
        }
    }

    private sealed class SettlesThenThrows(Probe probe)
    {
        [Function("SettlesThenThrows")]
        public async Task Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message, ServiceBusMessageActions actions)
        {
            await actions.CompleteMessageAsync(message);
            probe.Saw(message.DeliveryCount);
            throw new InvalidOperationException("afterwards");
        }
    }

    private sealed class LeavesOpen(Probe probe)
    {
        [Function("LeavesOpen")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection, AutoCompleteMessages = false)] ServiceBusReceivedMessage message) => probe.Saw(message.MessageId);
    }

    private Task<WorkerHost> StartAsync(Type functions, params string[] args) => WorkerHost.StartAsync([functions], null, _folder, args);

    private Task SendAsync(params ServiceBusMessage[] messages) => _client.CreateSender("plain").SendMessagesAsync(messages);

    private async Task<IReadOnlyList<ServiceBusReceivedMessage>> LeftAsync(string queue = "plain", SubQueue subQueue = SubQueue.None)
    {
        await using var receiver = _client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = subQueue });
        return await receiver.PeekMessagesAsync(100);
    }

    private static ServiceBusMessage Json(int quantity) => new(JsonSerializer.Serialize(new Count("A", quantity), JsonSerializerOptions.Web));

    [Fact]
    public async Task Message_is_completed_when_the_function_returns()
    {
        await SendAsync(new ServiceBusMessage("hello") { MessageId = "m1" });
        await using (var host = await StartAsync(typeof(One))) Assert.Equal("hello m1 1", await host.Probe.NextAsync());
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Message_sent_while_the_host_runs_is_taken()
    {
        await using var host = await StartAsync(typeof(One));
        await SendAsync(new ServiceBusMessage("hello") { MessageId = "m1" });
        Assert.Equal("hello m1 1", await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Body_is_read_as_the_parameter_is_typed()
    {
        await SendAsync(Json(3));
        await using var host = await StartAsync(typeof(Typed), "--Queue=plain");
        Assert.Equal(new Count("A", 3), await host.Probe.NextAsync());
        await _client.CreateSender("news").SendMessageAsync(new ServiceBusMessage("by topic"));
        Assert.Equal("by topic", await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Body_that_does_not_fit_ends_as_a_dead_letter()
    {
        await SendAsync(new ServiceBusMessage("no json") { MessageId = "m1" }, Json(4));
        await using (var host = await StartAsync(typeof(Typed), "--Queue=plain")) Assert.Equal(new Count("A", 4), await host.Probe.NextAsync());
        Assert.All(await LeftAsync(), left => Assert.Equal("m1", left.MessageId));
    }

    [Fact]
    public async Task Batch_brings_what_waits_in_order()
    {
        await SendAsync([.. Enumerable.Range(1, 5).Select(i => new ServiceBusMessage("x") { MessageId = $"{i}" })]);
        await using (var host = await StartAsync(typeof(Batch))) Assert.Equal("1,2,3,4,5", await host.Probe.NextAsync());
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Batch_is_no_larger_than_host_json_says()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "host.json"), """{ "extensions": { "serviceBus": { "maxMessageBatchSize": 2 } } }""");
        await SendAsync([.. Enumerable.Range(1, 5).Select(Json)]);
        await using var host = await StartAsync(typeof(TypedBatch));
        Assert.Equal(["1,2", "3,4", "5"], [await host.Probe.NextAsync(), await host.Probe.NextAsync(), await host.Probe.NextAsync()]);
    }

    [Fact]
    public async Task Message_comes_again_when_the_function_throws()
    {
        await SendAsync(new ServiceBusMessage("x"));
        await using (var host = await StartAsync(typeof(FailsTwice)))
            Assert.Equal([1, 2, 3], [await host.Probe.NextAsync(), await host.Probe.NextAsync(), await host.Probe.NextAsync()]);
        Assert.Empty(await LeftAsync());
        Assert.Empty(await LeftAsync(subQueue: SubQueue.DeadLetter));
    }

    [Fact]
    public async Task Message_that_always_fails_is_dead_lettered()
    {
        await SendAsync(new ServiceBusMessage("x"));
        await using (var host = await StartAsync(typeof(FailsAlways)))
            for (var delivery = 1; delivery <= 3; delivery++) Assert.Equal(delivery, await host.Probe.NextAsync());
        Assert.Empty(await LeftAsync());
        Assert.Equal("MaxDeliveryCountExceeded", Assert.Single(await LeftAsync(subQueue: SubQueue.DeadLetter)).DeadLetterReason);
    }

    [Fact]
    public async Task What_the_function_settles_is_left_as_settled_and_the_rest_completed()
    {
        await SendAsync(new ServiceBusMessage("a") { Subject = "good" }, new ServiceBusMessage("b") { Subject = "bad" }, new ServiceBusMessage("c") { Subject = "later" });
        await using (var host = await StartAsync(typeof(Settles))) Assert.Equal(3, await host.Probe.NextAsync());
        var dead = Assert.Single(await LeftAsync(subQueue: SubQueue.DeadLetter));
        Assert.Equal(("b", "Bad", "because", "test"), ($"{dead.Body}", dead.DeadLetterReason, dead.DeadLetterErrorDescription, dead.ApplicationProperties["by"]));
        var deferred = Assert.Single(await LeftAsync());
        Assert.Equal(("c", ServiceBusMessageState.Deferred), ($"{deferred.Body}", deferred.State));
    }

    [Fact]
    public async Task Message_completed_before_a_throw_does_not_come_again()
    {
        await SendAsync(new ServiceBusMessage("x"));
        await using (var host = await StartAsync(typeof(SettlesThenThrows))) Assert.Equal(1, await host.Probe.NextAsync());
        Assert.Empty(await LeftAsync());
    }

    [Fact]
    public async Task Without_auto_complete_an_unsettled_message_stays()
    {
        await SendAsync(new ServiceBusMessage("x") { MessageId = "m1" });
        await using (var host = await StartAsync(typeof(LeavesOpen))) Assert.Equal("m1", await host.Probe.NextAsync());
        Assert.Equal("m1", Assert.Single(await LeftAsync()).MessageId);
    }
}
