using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>The emulator's hub in a folder of its own, on a clock that stands still until told.</summary>
internal sealed class EmulatorHub : ITestHub
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly TestHubSettings settings;
    private readonly bool cached;
    private readonly FakeTime time;
    private readonly string folder;
    private readonly TaskHub hub;
    private bool closed;

    private EmulatorHub(DurableTaskRegistry tasks, TestHubSettings settings, bool cached, FakeTime time, string folder)
    {
        (this.settings, this.cached, this.time, this.folder) = (settings, cached, time, folder);
        var services = new ServiceCollection().AddSingleton<TimeProvider>(time);
        if (settings.Logs is { } logs) services.AddSingleton(logs);
        var options = new HubOptions(Path.Combine(folder, "hub.db"))
        {
            DefaultVersion = settings.DefaultVersion,
            MaxConcurrentActivities = settings.MaxConcurrentActivities,
            MaxActivityStarts = settings.MaxActivityStarts,
            Patience = settings.Patience,
        };
        if (!cached) options = options with { CachedInstances = 0 };
        if (settings.Converter is { } converter) options = options with { Converter = converter };
        hub = TaskHub.Open(options, tasks, services.BuildServiceProvider());
        Client = new HubClient(hub);
    }

    public DurableTaskClient Client { get; }

    public DateTimeOffset Now => time.GetUtcNow();

    /// <param name="cached">Whether instances stay in memory between turns; otherwise every turn is replayed from the start.</param>
    public static Task<ITestHub> StartAsync(DurableTaskRegistry tasks, TestHubSettings? settings, bool cached) =>
        Task.FromResult<ITestHub>(new EmulatorHub(tasks, settings ?? new TestHubSettings(), cached, new FakeTime(), Directory.CreateTempSubdirectory("hub-").FullName));

    public Task AdvanceAsync(TimeSpan by)
    {
        time.Advance(by);
        return Task.CompletedTask;
    }

    public async Task SettleAsync()
    {
        using var bound = new CancellationTokenSource(Patience);
        while (!await hub.Writer.Run(new IsIdleOperation())) await Task.Delay(2, bound.Token);
    }

    public async Task<ITestHub> RestartAsync(DurableTaskRegistry tasks, TimeSpan closedFor = default)
    {
        closed = true;
        await hub.DisposeAsync();
        time.Advance(closedFor);
        return new EmulatorHub(tasks, settings, cached, time, folder);
    }

    public async ValueTask DisposeAsync()
    {
        if (closed) return;
        closed = true;
        await hub.DisposeAsync();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>No message without a turn, no timer that is due, no activity without an outcome.</summary>
    private sealed class IsIdleOperation : Operation<TaskHub, bool>
    {
        public override void Execute(TaskHub hub) => Succeed(hub, hub.Activities.IsIdle && !hub.Clock.IsDue && !HasMessages(hub));

        private static bool HasMessages(TaskHub hub)
        {
            for (var next = hub.Inbox.NextInstance(0); next is { } key; next = hub.Inbox.NextInstance(key + 1))
                if (hub.Instances.Find(key) is { } row && (row.Status != OrchestrationRuntimeStatus.Pending || row.Starts <= hub.Now)) return true;
            return false;
        }
    }
}
