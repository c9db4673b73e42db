using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class ShutdownTests : IDisposable
{
    private readonly TemporaryFolder _folder = new();

    public void Dispose() => _folder.Dispose();

    private sealed class Page(Probe probe)
    {
        [Function("Slow")]
        public async Task<string> Slow([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, CancellationToken cancellation)
        {
            probe.Saw("started");
            await probe.Gate.Task;
            return cancellation.IsCancellationRequested ? "cancelled" : "finished";
        }
    }

    private sealed class Timer(Probe probe)
    {
        [Function("Slow")]
        public async Task Slow([TimerTrigger("0 0 3 * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation)
        {
            probe.Saw("started");
            await probe.Gate.Task;
            probe.Saw(cancellation.IsCancellationRequested ? "cancelled" : "finished");
        }
    }

    private sealed class Message(Probe probe)
    {
        [Function("Slow")]
        public async Task Slow([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message, CancellationToken cancellation)
        {
            probe.Saw("started");
            await probe.Gate.Task;
            probe.Saw(cancellation.IsCancellationRequested ? "cancelled" : "finished");
        }
    }

    private sealed class UntilTimeIsUp(Probe probe)
    {
        [Function("Slow")]
        public async Task Slow([TimerTrigger("0 0 3 * * *", RunOnStartup = true)] TimerInfo timer, CancellationToken cancellation)
        {
            var ended = new TaskCompletionSource();
            await using var registered = cancellation.Register(ended.SetResult);
            probe.Saw("started");
            await ended.Task;
            probe.Saw("time is up");
        }
    }

    private Task<WorkerHost> StartAsync(Type functions) => WorkerHost.StartAsync([functions], null, _folder);

    [Fact]
    public async Task Request_in_flight_is_answered_and_no_new_one_taken()
    {
        await using var host = await StartAsync(typeof(Page));
        var probe = host.Probe;
        var call = host.Http.GetStringAsync("/api/slow");
        Assert.Equal("started", await probe.NextAsync());
        var stopping = host.StopAsync();
        using var another = new HttpClient { BaseAddress = host.Http.BaseAddress };
        await Assert.ThrowsAsync<HttpRequestException>(() => another.GetAsync("/api/slow"));
        Assert.False(stopping.IsCompleted);
        probe.Gate.SetResult();
        Assert.Equal("\"finished\"", await call);
        await stopping;
    }

    [Theory]
    [InlineData(typeof(Timer))]
    [InlineData(typeof(Message))]
    public async Task Invocation_in_flight_finishes_before_the_host_stops(Type functions)
    {
        await SendAsync();
        await using var host = await StartAsync(functions);
        var probe = host.Probe;
        Assert.Equal("started", await probe.NextAsync());
        var stopping = host.StopAsync();
        Assert.False(stopping.IsCompleted);
        probe.Gate.SetResult();
        await stopping;
        Assert.Equal("finished", await probe.NextAsync());
    }

    [Fact]
    public async Task Message_that_was_in_flight_is_completed_and_the_next_left_for_later()
    {
        // One receiver: the second message is still in the queue when the shutdown begins.
        File.WriteAllText(Path.Combine(_folder.Path, "host.json"), """{ "extensions": { "serviceBus": { "maxConcurrentCalls": 1 } } }""");
        await SendAsync();
        await SendAsync();
        await using (var host = await StartAsync(typeof(Message)))
        {
            Assert.Equal("started", await host.Probe.NextAsync());
            var (probe, stopping) = (host.Probe, host.StopAsync());
            probe.Gate.SetResult();
            await stopping;
        }
        await using var client = new ServiceBusClient(_folder.ConnectionString);
        var left = Assert.Single(await client.CreateReceiver("plain").PeekMessagesAsync(10));
        Assert.Equal(0, left.DeliveryCount);
    }

    [Fact]
    public async Task Run_that_outlasts_the_function_timeout_sees_its_token_end()
    {
        File.WriteAllText(Path.Combine(_folder.Path, "host.json"), """{ "functionTimeout": "00:00:42" }""");
        var time = new WatchedTime();
        await using var host = await WorkerHost.StartAsync([typeof(UntilTimeIsUp)], builder => builder.Services.AddSingleton<TimeProvider>(time), _folder);
        Assert.Equal("started", await host.Probe.NextAsync());
        await time.PassAsync(TimeSpan.FromSeconds(42));
        Assert.Equal("time is up", await host.Probe.NextAsync());
    }

    private async Task SendAsync()
    {
        await using var client = new ServiceBusClient(_folder.ConnectionString);
        await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("x"));
    }
}
