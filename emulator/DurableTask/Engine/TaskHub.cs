using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>
/// The orchestrations of one file. All that is stored, and what is in memory of it, belongs to the writer's thread, so nothing here takes a lock.
/// Work is handed out only after the commit that it comes from, and its outcome comes back as an operation of its own.
/// </summary>
internal sealed class TaskHub : ICommitEngine<TaskHub>, IAsyncDisposable
{
    private readonly SqliteFile file;
    private readonly ProcessLock ownership;
    private readonly DurableTaskRegistry tasks;
    private readonly List<Operation<TaskHub>> finished = [];
    private volatile bool working;

    private TaskHub(HubOptions options, DurableTaskRegistry tasks, IServiceProvider services)
    {
        Options = options;
        this.tasks = tasks;
        Time = services.GetService<TimeProvider>() ?? TimeProvider.System;
        var logs = services.GetService<ILoggerFactory>() ?? NullLoggerFactory.Instance;
        ownership = ProcessLock.Take(options.Path, inUse => new InvalidOperationException(
            $"{options.Path} is in use by another process. One process owns a task hub's file: stop the other one, or give this one a folder or a hub name of its own.", inUse));
        try
        {
            file = HubFile.Open(options.Path);
            Instances = new Instances(file);
            Payloads = new PayloadTable(file);
            Histories = new Histories(file);
            Inbox = new InboxTable(file);
            Live = new LiveInstances(Instances, Inbox, options.CachedInstances);
            Lifecycle = new Lifecycle(this);
            Watchers = new Watchers(this);
            Clock = new HubClock(this, new TimerTable(file));
            Activities = new Activities(this, new TaskTable(file), new ActivityCode(options, tasks, services, Time), logs.CreateLogger("DurableTask.Activities"));
            Turns = new Turns(this, new TurnCode(options, tasks, services, logs, Time));
            Now = Time.GetUtcNow().UtcTicks;
            Turns.Load();
        }
        catch
        {
            file?.Dispose();
            ownership.Dispose();
            throw;
        }
        Writer = new GroupCommit<TaskHub>(this);
    }

    public HubOptions Options { get; }

    public TimeProvider Time { get; }

    public GroupCommit<TaskHub> Writer { get; }

    /// <summary>The time of the group being run, in UTC ticks.</summary>
    public long Now { get; private set; }

    /// <summary>How many transactions were committed.</summary>
    public long Commits { get; private set; }

    public Instances Instances { get; }

    public PayloadTable Payloads { get; }

    public Histories Histories { get; }

    public InboxTable Inbox { get; }

    public LiveInstances Live { get; }

    public Lifecycle Lifecycle { get; }

    public Watchers Watchers { get; }

    public HubClock Clock { get; }

    public Turns Turns { get; }

    public Activities Activities { get; }

    string ICommitEngine<TaskHub>.ThreadName => "Task hub";

    /// <summary>Opens the hub and goes on where it was left.</summary>
    /// <param name="tasks">The orchestrators and activities, by name.</param>
    /// <param name="services">What they are made from; its TimeProvider and ILoggerFactory are used where it has them.</param>
    public static TaskHub Open(HubOptions options, DurableTaskRegistry tasks, IServiceProvider services)
    {
        var hub = OpenWaiting(options, tasks, services);
        hub.Begin();
        return hub;
    }

    /// <summary>Opens the hub for its clients; orchestrators and activities run from <see cref="Begin"/> on.</summary>
    public static TaskHub OpenWaiting(HubOptions options, DurableTaskRegistry tasks, IServiceProvider services) => new(options, tasks, services);

    /// <summary>Lets orchestrators and activities run.</summary>
    public void Begin()
    {
        working = true;
        Writer.Wake(new WakeOperation());
    }

    /// <exception cref="ArgumentException">No orchestrator has this name; the message lists those there are.</exception>
    public void CheckOrchestrator(string name, string? version)
    {
        if (!tasks.TryFindOrchestrator(name, version, out _)) throw new ArgumentException(UnknownFunctionException.Orchestrator(name, version, tasks.OrchestratorNames).Message, nameof(name));
    }

    void ICommitEngine<TaskHub>.Commit(List<Operation<TaskHub>> group)
    {
        Now = Time.GetUtcNow().UtcTicks;
        file.Begin();
        Clock.Fire();
        // What an operation refuses it answers; what it throws is a fault, after which memory and file can't be trusted to agree.
        foreach (var operation in group) operation.Execute(this);
        if (working) Activities.Choose();
        file.Commit();
        Commits++;
        foreach (var operation in finished) operation.Publish();
        finished.Clear();
        // Only now: what a crash takes back must not have been begun.
        if (working)
        {
            Turns.HandOut();
            Activities.HandOut();
        }
        Live.MakeRoom();
        Clock.Arm();
    }

    void ICommitEngine<TaskHub>.Finish(Operation<TaskHub> operation) => finished.Add(operation);

    IEnumerable<Operation<TaskHub>> ICommitEngine<TaskHub>.Unanswered() => finished.Concat(Watchers.All);

    Exception ICommitEngine<TaskHub>.Stopped(Exception? fault) => fault is null
        ? new ObjectDisposedException(nameof(TaskHub), $"The task hub of {Options.Path} is closed.")
        : new InvalidOperationException($"The task hub of {Options.Path} stopped: {fault.Message} Restart the process; what was accepted is in the file.", fault);

    /// <summary>Begins nothing new; returns when what runs has ended and is committed. What was not begun is begun by the next process.</summary>
    public ValueTask DisposeAsync() => CloseAsync(CancellationToken.None);

    /// <inheritdoc cref="DisposeAsync"/>
    /// <param name="hurry">Ends the wait for what runs.</param>
    public async ValueTask CloseAsync(CancellationToken hurry)
    {
        var running = Task.WhenAll(Turns.StopAsync(), Activities.StopAsync());
        await running.WaitAsync(Options.Patience, hurry).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Writer.Drain();
        await Clock.DisposeAsync();
        file.Dispose();
        ownership.Dispose();
    }

    /// <summary>Makes the writer look at the clock and at what can be handed out.</summary>
    internal sealed class WakeOperation : Operation<TaskHub>
    {
        public override void Execute(TaskHub hub) => hub.Clock.Rang();

        public override void Publish()
        {
        }

        public override void Refuse(Exception reason)
        {
        }
    }
}
