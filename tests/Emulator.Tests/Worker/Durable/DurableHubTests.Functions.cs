using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Microsoft.Azure.Functions.Worker;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Hosting;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.Tests.Worker.Durable;

public sealed partial class DurableHubTests
{
    private sealed class Functions(Probe probe)
    {
        [Function("Slow")]
        public static Task<string> Slow([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("Work", "once");

        [Function("Many")]
        public static Task Many([OrchestrationTrigger] TaskOrchestrationContext context) => Task.WhenAll(Enumerable.Range(0, 3).Select(i => context.CallActivityAsync<string>("Work", $"{i}")));

        [Function("Waiting")]
        public static async Task<string> Waiting([OrchestrationTrigger] TaskOrchestrationContext context) =>
            $"{await context.WaitForExternalEvent<string>("Go")} {await context.CallActivityAsync<string>("Echo", "there")}";

        [Function("Echo")]
        public static string Echo([ActivityTrigger] string what) => what;

        [Function("Work")]
        public async Task<string> Work([ActivityTrigger] string what, [DurableClient] DurableTaskClient client, CancellationToken cancellation)
        {
            probe.Saw($"started {what}");
            await probe.Gate.Task;
            await client.ScheduleNewOrchestrationInstanceAsync("Waiting", new StartOrchestrationOptions($"by-{what}"));
            probe.Saw(cancellation.IsCancellationRequested ? "cancelled" : $"finished {what}");
            return what;
        }

        [Function("Page")]
        public async Task<string> Page([HttpTrigger(AuthorizationLevel.Anonymous)] HttpRequest request, [DurableClient] DurableTaskClient client)
        {
            probe.Saw("page");
            await probe.Gate.Task;
            var id = await client.ScheduleNewOrchestrationInstanceAsync("Echoing");
            return (await client.WaitForInstanceCompletionAsync(id, true)).ReadOutputAs<string>()!;
        }

        [Function("Echoing")]
        public static Task<string> Echoing([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync<string>("Echo", "still there");
    }

    private sealed class UntilTimeIsUp(Probe probe)
    {
        [Function("Long")]
        public static Task Long([OrchestrationTrigger] TaskOrchestrationContext context) => context.CallActivityAsync("Endless");

        [Function("Endless")]
        public async Task Endless([ActivityTrigger] FunctionContext context, CancellationToken cancellation)
        {
            var ended = new TaskCompletionSource();
            await using var registered = cancellation.Register(ended.SetResult);
            probe.Saw("started");
            await ended.Task;
            probe.Saw("time is up");
        }
    }

    /// <summary>Adds a mark, so that a text tells who wrote it.</summary>
    private sealed class Marking : DataConverter
    {
        public override string? Serialize(object? value) => value is null ? null : "~" + JsonSerializer.Serialize(value);

        public override object? Deserialize(string? data, Type targetType) => data is null ? null : JsonSerializer.Deserialize(data.TrimStart('~'), targetType);
    }

    /// <summary>A service of the app that uses the client while it starts and while it stops.</summary>
    private sealed class AroundTheHub : IHostedService
    {
        public IDurableTaskClientProvider? Clients { get; set; }

        public Probe? Probe { get; set; }

        public bool WasQuietBeforeTheStart { get; private set; }

        public string? StatusAtTheEnd { get; private set; }

        public async Task StartAsync(CancellationToken cancellationToken)
        {
            await Clients!.GetClient().ScheduleNewOrchestrationInstanceAsync("Slow", new StartOrchestrationOptions("early"), cancellationToken);
            // Longer than a turn and an activity take.
            await Task.Delay(100, cancellationToken);
            WasQuietBeforeTheStart = Probe!.IsQuiet;
        }

        public async Task StopAsync(CancellationToken cancellationToken) =>
            StatusAtTheEnd = (await Clients!.GetClient().WaitForInstanceCompletionAsync("early", cancellationToken)).RuntimeStatus.ToString();
    }

    private sealed class Broken : Operation<TaskHub, bool>
    {
        public override void Execute(TaskHub engine) => throw new IOException("the disk is gone");
    }
}
