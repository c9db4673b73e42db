using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine;

namespace Stockgate.Emulator.DurableTask.Testing;

/// <summary>A task hub without a functions host around it, for tests: orchestrators and activities in place, on the engine that the app runs on.</summary>
/// <example><code>
/// await using var hub = LocalTaskHub.Start(new DurableTaskRegistry().AddOrchestratorFunc&lt;string, string&gt;("Greet", (_, name) => Task.FromResult($"Hello {name}")));
/// var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Greet", "you");
/// var ended = await hub.Client.WaitForInstanceCompletionAsync(id, getInputsAndOutputs: true);
/// </code></example>
public sealed class LocalTaskHub : IAsyncDisposable
{
    private readonly TaskHub hub;
    private readonly string? ownFolder;
    private readonly ServiceProvider? ownServices;

    private LocalTaskHub(TaskHub hub, string? ownFolder, ServiceProvider? ownServices)
    {
        (this.hub, this.ownFolder, this.ownServices) = (hub, ownFolder, ownServices);
        Client = new HubClient(hub);
    }

    /// <summary>Starts, asks and ends orchestrations of this hub.</summary>
    public DurableTaskClient Client { get; }

    /// <summary>Opens a hub and lets it run.</summary>
    /// <param name="tasks">The orchestrators and activities, by name.</param>
    /// <param name="services">What they are made from; its <see cref="TimeProvider"/> is the hub's clock and its logger factory gets the log. Nothing by default.</param>
    /// <param name="path">The hub's file, to go on with one that was closed. By default a new one, which is deleted at the end.</param>
    /// <param name="replayEveryTurn">Keeps no instance in memory between turns, so that code which a replay would break is found at once.</param>
    /// <exception cref="InvalidOperationException">The file is open already.</exception>
    public static LocalTaskHub Start(DurableTaskRegistry tasks, IServiceProvider? services = null, string? path = null, bool replayEveryTurn = false)
    {
        ArgumentNullException.ThrowIfNull(tasks);
        var folder = path is null ? Directory.CreateTempSubdirectory("task-hub-").FullName : null;
        var provider = services is null ? new ServiceCollection().BuildServiceProvider() : null;
        var options = new HubOptions(Path.GetFullPath(path ?? Path.Combine(folder!, "hub.db")));
        return new LocalTaskHub(TaskHub.Open(replayEveryTurn ? options with { CachedInstances = 0 } : options, tasks, services ?? provider!), folder, provider);
    }

    /// <summary>Begins nothing new, waits for what runs and closes the file.</summary>
    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        if (ownServices is not null) await ownServices.DisposeAsync();
        if (ownFolder is not null && Directory.Exists(ownFolder)) Directory.Delete(ownFolder, recursive: true);
    }
}
