using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.Tests.ServiceBus;
using Stockgate.Emulator.Worker.Functions;

namespace Stockgate.Emulator.Tests.Worker;

public sealed class RetryTests
{
    private readonly WatchedTime _time = new();

    private sealed record Tried(int Count, int Max, string Invocation);

    private sealed class Fixed(Probe probe)
    {
        [Function("Fixed"), FixedDelayRetry(2, "00:00:07")]
        public void Run([TimerTrigger("0 */10 * * * *")] TimerInfo timer, FunctionContext context)
        {
            probe.Saw(new Tried(context.RetryContext.RetryCount, context.RetryContext.MaxRetryCount, context.InvocationId));
            throw new InvalidOperationException("no");
        }
    }

    private sealed class Message(Probe probe)
    {
        [Function("Message"), ExponentialBackoffRetry(-1, "00:00:01", "00:00:03")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message, FunctionContext context)
        {
            probe.Saw((context.RetryContext.RetryCount, message.DeliveryCount));
            if (context.RetryContext.RetryCount < 3) throw new InvalidOperationException("no");
        }
    }

    private sealed class Patient(Probe probe)
    {
        [Function("Patient"), FixedDelayRetry(5, "01:00:00")]
        public void Run([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message)
        {
            probe.Saw(message.DeliveryCount);
            throw new InvalidOperationException("the reason");
        }
    }

    private Task<WorkerHost> StartAsync(Type functions, TemporaryFolder? folder = null) =>
        WorkerHost.StartAsync([functions], builder => builder.Services.AddSingleton<TimeProvider>(_time), folder);

    [Fact]
    public async Task Failed_try_is_repeated_after_the_pause_as_an_invocation_of_its_own()
    {
        await using var host = await StartAsync(typeof(Fixed));
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        var first = await host.Probe.NextAsync<Tried>();
        await _time.PassAsync(TimeSpan.FromSeconds(7));
        var second = await host.Probe.NextAsync<Tried>();
        await _time.PassAsync(TimeSpan.FromSeconds(7));
        var third = await host.Probe.NextAsync<Tried>();
        Assert.Equal([0, 1, 2], [first.Count, second.Count, third.Count]);
        Assert.Equal([2, 2, 2], [first.Max, second.Max, third.Max]);
        Assert.Equal(3, new HashSet<string>([first.Invocation, second.Invocation, third.Invocation]).Count);
        // 08:10:14 was the last try: the next run is due at 08:20.
        await _time.ArmedAsync(TimeSpan.FromSeconds(586));
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Pauses_grow_to_the_maximum_within_one_delivery()
    {
        using var folder = new TemporaryFolder();
        await using (var client = new ServiceBusClient(folder.ConnectionString, null, _time)) await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("x"));
        await using (var host = await StartAsync(typeof(Message), folder))
        {
            Assert.Equal((0, 1), await host.Probe.NextAsync());
            foreach (var (pause, count) in new[] { (1, 1), (2, 2), (3, 3) })
            {
                await _time.PassAsync(TimeSpan.FromSeconds(pause));
                Assert.Equal((count, 1), await host.Probe.NextAsync());
            }
        }
        await using var after = new ServiceBusClient(folder.ConnectionString);
        Assert.Null(await after.CreateReceiver("plain").PeekMessageAsync());
    }

    [Fact]
    public async Task Shutdown_ends_the_pause_and_gives_the_message_back()
    {
        using var folder = new TemporaryFolder();
        await using var client = new ServiceBusClient(folder.ConnectionString, null, _time);
        await client.CreateSender("plain").SendMessageAsync(new ServiceBusMessage("x"));
        await using var host = await StartAsync(typeof(Patient), folder);
        Assert.Equal(1, await host.Probe.NextAsync());
        await _time.ArmedAsync(TimeSpan.FromHours(1));
        await host.StopAsync();
        Assert.Contains(host.Log.Lines, line => line.Text.Contains("Patient failed on 1 message") && line.Fault?.Message == "the reason");
        Assert.Equal(2, (await client.CreateReceiver("plain").ReceiveMessageAsync()).DeliveryCount);
    }

    [Theory]
    [InlineData(0, 10)]
    [InlineData(1, 20)]
    [InlineData(3, 80)]
    [InlineData(4, 120)]
    [InlineData(1_000_000, 120)]
    public void Exponential_pause_doubles_up_to_the_maximum(int count, int seconds) =>
        Assert.Equal(TimeSpan.FromSeconds(seconds), Retries.Pause(new ExponentialBackoffRetryAttribute(-1, "00:00:10", "00:02:00"), count));

    [Fact]
    public void Longest_intervals_do_not_overflow() =>
        Assert.Equal(TimeSpan.FromDays(1), Retries.Pause(new ExponentialBackoffRetryAttribute(-1, "1.00:00:00", "1.00:00:00"), int.MaxValue));
}
