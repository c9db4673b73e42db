using Azure.Messaging.ServiceBus;
using Microsoft.Azure.Functions.Worker;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>The queues lock for 30 s; the host renews after 15.</summary>
public sealed class LockRenewalTests
{
    private sealed class Functions(Probe probe)
    {
        [Function("Plain")]
        public Task Plain([ServiceBusTrigger("plain", Connection = WorkerHost.Connection)] ServiceBusReceivedMessage message) => RunAsync();

        [Function("Session")]
        public Task Session([ServiceBusTrigger("sessions", Connection = WorkerHost.Connection, IsSessionsEnabled = true)] ServiceBusReceivedMessage message) => RunAsync();

        private async Task RunAsync()
        {
            probe.Saw("started");
            await probe.Gate.Task;
        }
    }

    [Theory]
    [InlineData("plain")]
    [InlineData("sessions")]
    public async Task Function_that_outlasts_the_lock_keeps_its_message(string queue)
    {
        var (time, folder) = (new WatchedTime(), new TemporaryFolder());
        using var gone = folder;
        await using var client = new ServiceBusClient(folder.ConnectionString, null, time);
        await client.CreateSender(queue).SendMessageAsync(new ServiceBusMessage("x") { SessionId = queue == "sessions" ? "a" : null });
        await using var host = await WorkerHost.StartAsync([typeof(Functions)], builder => builder.Services.AddSingleton<TimeProvider>(time), folder);
        Assert.Equal("started", await host.Probe.NextAsync());
        for (var renewal = 0; renewal < 5; renewal++) await time.PassAsync(TimeSpan.FromSeconds(15));
        var probe = host.Probe;
        Assert.True(probe.IsQuiet);
        var stopping = host.StopAsync();
        probe.Gate.SetResult();
        await stopping;
        Assert.Null(await client.CreateReceiver(queue).PeekMessageAsync());
        Assert.True(probe.IsQuiet);
    }
}
