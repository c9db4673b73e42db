using Microsoft.DurableTask;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>What an orchestrator sees. Its calls are noted here; the run matches them with the history or hands them to the hub.</summary>
internal sealed class OrchestrationContext(ExecutionStarted started, TurnContext turn, DataConverter converter, ILoggerFactory logs) : TaskOrchestrationContext
{
    private readonly Dictionary<int, OpenTask> open = [];
    private int nextId;
    private int guids;

    public override TaskName Name { get; } = started.Name;

    public override string InstanceId => started.InstanceId;

    public override string Version => started.Version ?? string.Empty;

    public override ParentOrchestrationInstance? Parent { get; } =
        started.ParentInstanceId is null ? null : new ParentOrchestrationInstance(started.ParentName!, started.ParentInstanceId);

    public override DateTime CurrentUtcDateTime => Now;

    public override bool IsReplaying => Replaying;

    protected override ILoggerFactory LoggerFactory => logs;

    /// <summary>The time of the turn.</summary>
    public DateTime Now { get; set; } = started.At;

    public bool Replaying { get; set; }

    /// <summary>Calls that no history has recorded yet, in the order in which they were made.</summary>
    public Queue<MadeCall> Made { get; } = [];

    /// <summary>Timers that were called off in this turn.</summary>
    public List<TimerCreated> CalledOff { get; } = [];

    public EventMailbox Events { get; } = new(turn);

    /// <summary>The custom status that was set in this turn; null where none was.</summary>
    public CustomStatus? NewStatus { get; set; }

    /// <summary>Set once the code has asked for it; takes effect when the code returns.</summary>
    public ContinueAsNewRequest? Continuation { get; private set; }

    /// <summary>Whether the code can still be resumed: by a call or a wait that is open, and that somebody awaits.</summary>
    public bool CanGoOn => open.Values.Concat(Events.Waiting).Any(task => task.MayBeAwaited);

    public override T? GetInput<T>() where T : default =>
        (T?)Payloads.Read(converter, started.Input, typeof(T), $"The input of orchestrator '{started.Name}'");

    public override Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null)
    {
        CheckTurn($"CallActivityAsync(\"{name.Name}\")");
        return Retry.RunAsync(this, options?.Retry, () =>
        {
            var text = Payloads.Write(converter, input, $"The input of activity '{name.Name}'");
            return Call<TResult>(name.Name, $"The result of activity '{name.Name}'", id => new TaskScheduled(Now, id, name.Name, options?.Version?.Version, text));
        });
    }

    public override Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null)
    {
        CheckTurn($"CallSubOrchestratorAsync(\"{orchestratorName.Name}\")");
        var given = options as SubOrchestrationOptions;
        var version = given?.Version ?? options?.Version;
        return Retry.RunAsync(this, options?.Retry, () =>
        {
            var text = Payloads.Write(converter, input, $"The input of orchestrator '{orchestratorName.Name}'");
            var instance = given?.InstanceId ?? NewGuid().ToString("N");
            return Call<TResult>(orchestratorName.Name, $"The result of orchestrator '{orchestratorName.Name}'",
                id => new SubOrchestrationInstanceCreated(Now, id, orchestratorName.Name, version?.Version, instance, text));
        });
    }

    public override Task CreateTimer(DateTime fireAt, CancellationToken cancellationToken)
    {
        CheckTurn("CreateTimer");
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled(cancellationToken);
        var at = fireAt.Kind == DateTimeKind.Local ? fireAt.ToUniversalTime() : DateTime.SpecifyKind(fireAt, DateTimeKind.Utc);
        var timer = new TimerCreated(Now, nextId, at);
        var task = Call<object>("timer", "timer", _ => timer);
        if (cancellationToken.CanBeCanceled)
            open[timer.Id].Registration = turn.OnCancel(cancellationToken, () =>
            {
                // It may have fired before: then there is nothing to call off.
                if (!open.Remove(timer.Id, out var waiting)) return;
                CalledOff.Add(timer);
                waiting.Cancel(cancellationToken);
            });
        return task;
    }

    public override Task<T> WaitForExternalEvent<T>(string eventName, CancellationToken cancellationToken = default)
    {
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        CheckTurn($"WaitForExternalEvent(\"{eventName}\")");
        if (cancellationToken.IsCancellationRequested) return Task.FromCanceled<T>(cancellationToken);
        var task = new OpenTask<T>(eventName, $"The payload of event '{eventName}', which orchestrator '{started.Name}' waits for,", converter);
        Events.Wait(eventName, task, cancellationToken);
        return task.Task;
    }

    public override void SendEvent(string instanceId, string eventName, object payload)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        CheckTurn($"SendEvent(\"{eventName}\")");
        Made.Enqueue(new EventSent(Now, nextId++, instanceId, eventName, Payloads.Write(converter, payload, $"The payload of event '{eventName}'")));
    }

    public override void SetCustomStatus(object? customStatus)
    {
        CheckTurn("SetCustomStatus");
        NewStatus = new CustomStatus(Payloads.Write(converter, customStatus, $"The custom status of orchestrator '{started.Name}'"));
    }

    public override void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true) =>
        ContinueAsNew(new ContinueAsNewOptions { NewInput = newInput!, PreserveUnprocessedEvents = preserveUnprocessedEvents });

    public override void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        CheckTurn("ContinueAsNew");
        Continuation = new ContinueAsNewRequest(
            Payloads.Write(converter, options.NewInput, $"The new input of orchestrator '{started.Name}'"), options.NewVersion ?? started.Version, options.PreserveUnprocessedEvents);
    }

    // The form of the name is the real framework's. The generation is part of it: one that continues as new within the clock's tick makes other ids.
    public override Guid NewGuid()
    {
        CheckTurn("NewGuid");
        return DeterministicGuid.Of($"{InstanceId}_{started.Generation}_{Now:O}_{guids++}");
    }

    /// <summary>Hands the outcome of a call to the code. One that is not open any more (a timer called off as it fired) is ignored.</summary>
    public void End(CallEnded ended)
    {
        if (!open.Remove(ended.TaskId, out var task)) return;
        switch (ended)
        {
            case TaskCompleted done: task.Complete(done.Result); break;
            case SubOrchestrationInstanceCompleted done: task.Complete(done.Result); break;
            case TimerFired: task.Complete(null); break;
            case TaskFailed failed: task.Fail(new TaskFailedException(task.Name, ended.TaskId, failed.FailureDetails)); break;
            case SubOrchestrationInstanceFailed failed: task.Fail(new TaskFailedException(task.Name, ended.TaskId, failed.FailureDetails)); break;
        }
    }

    private Task<T> Call<T>(string name, string payload, Func<int, MadeCall> call)
    {
        // A retry comes here from a continuation, so the turn is checked again.
        CheckTurn(name);
        var task = new OpenTask<T>(name, payload, converter);
        var made = call(nextId++);
        open.Add(made.Id, task);
        Made.Enqueue(made);
        return task.Task;
    }

    private void CheckTurn(string call)
    {
        if (!turn.IsCurrent)
            throw new InvalidOperationException(
                $"Orchestrator '{started.Name}' called {call} outside its turn: after awaiting a task that is not its context's, with ConfigureAwait(false), or from another thread. " +
                "Await only tasks of the context; put everything else into an activity.");
    }
}

/// <summary>What <c>SetCustomStatus</c> was given, as text.</summary>
internal sealed record CustomStatus(string? Text);

/// <summary>What <c>ContinueAsNew</c> was given.</summary>
internal sealed record ContinueAsNewRequest(string? Input, string? Version, bool KeepsEvents);
