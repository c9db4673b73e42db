using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class SessionTests : IAsyncDisposable
{
    private readonly TemporaryFolder _folder = new();
    private readonly ServiceBusClient _client;

    public SessionTests() => _client = new ServiceBusClient(_folder.ConnectionString);

    public async ValueTask DisposeAsync()
    {
        await _client.DisposeAsync();
        _folder.Dispose();
    }

    private sealed class Single(Probe probe)
    {
        [Function("Single")]
        public void Run([ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true)] ServiceBusReceivedMessage message) =>
            probe.Saw($"{message.SessionId}{message.Body}");
    }

    private sealed class Batch(Probe probe)
    {
        [Function("Batch")]
        public async Task Run(
            [ServiceBusTrigger("news", "by-session", Connection = WorkerHost.Connection, IsSessionsEnabled = true, IsBatched = true)] ServiceBusReceivedMessage[] messages,
            ServiceBusSessionMessageActions session)
        {
            var before = await session.GetSessionStateAsync();
            await session.SetSessionStateAsync(BinaryData.FromString($"{before}{string.Concat(messages.Select(m => m.Body))}"));
            await session.RenewSessionLockAsync();
            probe.Saw($"{string.Join("+", messages.Select(m => m.SessionId).Distinct())}: {await session.GetSessionStateAsync()}");
        }
    }

    private sealed class Waits(Probe probe)
    {
        [Function("Waits")]
        public async Task Run([ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true)] ServiceBusReceivedMessage message)
        {
            probe.Saw(message.SessionId);
            await probe.Gate.Task;
        }
    }

    private sealed class Releases(Probe probe)
    {
        [Function("Releases")]
        public async Task Run(
            [ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true)] ServiceBusReceivedMessage message, ServiceBusSessionMessageActions session)
        {
            probe.Saw(message.SessionId);
            await session.ReleaseSession();
        }
    }

    private sealed class FailsOnce(Probe probe)
    {
        [Function("FailsOnce")]
        public void Run([ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true)] ServiceBusReceivedMessage message)
        {
            probe.Saw($"{message.Body} {message.DeliveryCount}");
            if (message.DeliveryCount == 1) throw new InvalidOperationException("not yet");
        }
    }

    private Task<WorkerHost> StartAsync(Type functions) => WorkerHost.StartAsync([functions], null, _folder);

    private void HostJson(string serviceBus) => File.WriteAllText(Path.Combine(_folder.Path, "host.json"), $$"""{ "extensions": { "serviceBus": { {{serviceBus}} } } }""");

    private Task SendAsync(string entity, params (string Session, string Body)[] messages) =>
        _client.CreateSender(entity).SendMessagesAsync(messages.Select(m => new ServiceBusMessage(m.Body) { SessionId = m.Session, MessageId = $"{m.Session}{m.Body}" }));

    [Fact]
    public async Task Messages_of_a_session_come_one_by_one_in_order()
    {
        await SendAsync("sessions", ("a", "1"), ("a", "2"), ("a", "3"));
        await using var host = await StartAsync(typeof(Single));
        Assert.Equal(["a1", "a2", "a3"], [await host.Probe.NextAsync(), await host.Probe.NextAsync(), await host.Probe.NextAsync()]);
    }

    [Fact]
    public async Task Failed_message_comes_again_before_those_behind_it()
    {
        await SendAsync("sessions", ("a", "1"), ("a", "2"));
        await using var host = await StartAsync(typeof(FailsOnce));
        foreach (var expected in new[] { "1 1", "1 2", "2 1", "2 2" }) Assert.Equal(expected, await host.Probe.NextAsync());
    }

    [Fact]
    public async Task Batch_is_of_one_session_and_its_state_is_kept()
    {
        await SendAsync("news", ("a", "1"), ("b", "2"), ("a", "3"));
        await using (var host = await StartAsync(typeof(Batch)))
        {
            var seen = new[] { await host.Probe.NextAsync<string>(), await host.Probe.NextAsync<string>() };
            Assert.Equal(["a: 13", "b: 2"], seen.Order());
        }
        await SendAsync("news", ("a", "4"));
        await using var again = await StartAsync(typeof(Batch));
        Assert.Equal("a: 134", await again.Probe.NextAsync());
    }

    [Fact]
    public async Task Sessions_run_side_by_side()
    {
        await SendAsync("sessions", ("a", "1"), ("b", "1"), ("a", "2"));
        await using var host = await StartAsync(typeof(Waits));
        var seen = new[] { await host.Probe.NextAsync<string>(), await host.Probe.NextAsync<string>() };
        Assert.Equal(["a", "b"], seen.Order());
        host.Probe.Gate.SetResult();
        Assert.Equal("a", await host.Probe.NextAsync());
    }

    [Fact]
    public async Task No_more_sessions_run_at_once_than_host_json_says()
    {
        HostJson("\"maxConcurrentSessions\": 1, \"sessionIdleTimeout\": \"00:00:00.01\"");
        await SendAsync("sessions", ("a", "1"), ("b", "1"));
        await using var host = await StartAsync(typeof(Waits));
        var first = await host.Probe.NextAsync<string>();
        Assert.True(host.Probe.IsQuiet);
        host.Probe.Gate.SetResult();
        Assert.NotEqual(first, await host.Probe.NextAsync<string>());
    }

    [Fact]
    public async Task Released_session_makes_room_for_another()
    {
        // The idle timeout is long: only the release lets the one receiver go on.
        HostJson("\"maxConcurrentSessions\": 1, \"sessionIdleTimeout\": \"01:00:00\"");
        await SendAsync("sessions", ("a", "1"), ("b", "1"));
        await using var host = await StartAsync(typeof(Releases));
        var seen = new[] { await host.Probe.NextAsync<string>(), await host.Probe.NextAsync<string>() };
        Assert.Equal(["a", "b"], seen.Order());
    }
}
