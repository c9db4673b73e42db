using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>The code of an orchestrator, called with its context; returns its output as text.</summary>
internal delegate Task<string?> OrchestratorCode(TaskOrchestrationContext context);

/// <summary>
/// One execution of an orchestrator, in memory: its code, suspended at an await, and what it waits for. It is brought there by its history and
/// goes on with every new event. One thread at a time.
/// </summary>
internal sealed class OrchestrationRun
{
    private readonly ExecutionStarted started;
    private readonly OrchestratorCode code;
    private readonly TurnContext turn;
    private readonly OrchestrationContext context;
    private readonly List<HistoryEvent> held = [];
    private Task<string?>? task;
    private ExecutionSuspended? suspension;
    private bool ended;
    private volatile bool strayed;

    /// <param name="onStray">Called, from any thread, when the code goes on outside a turn.</param>
    public OrchestrationRun(ExecutionStarted started, OrchestratorCode code, DataConverter converter, ILoggerFactory logs, Action? onStray = null)
    {
        (this.started, this.code) = (started, code);
        turn = new TurnContext(() =>
        {
            strayed = true;
            onStray?.Invoke();
        });
        context = new OrchestrationContext(started, turn, converter, logs);
    }

    /// <summary>Brings the code to where the recorded turns left it.</summary>
    /// <exception cref="NonDeterministicOrchestrationException">The code makes other calls than were recorded.</exception>
    public void Replay(IEnumerable<HistoryEvent> history)
    {
        context.Replaying = true;
        foreach (var e in history) Apply(e);
        CheckTurnEnd();
        context.Replaying = false;
        // What the recorded turns did with these is stored.
        context.NewStatus = null;
        context.CalledOff.Clear();
    }

    /// <summary>Goes on with what is new.</summary>
    public TurnResult Go(IEnumerable<HistoryEvent> events)
    {
        foreach (var e in events) Apply(e);
        var result = new TurnResult([.. context.Made], [.. context.CalledOff], context.NewStatus, suspension is not null, Ending());
        context.Made.Clear();
        context.CalledOff.Clear();
        context.NewStatus = null;
        return result;
    }

    /// <summary>Why code that awaits something else than its context's tasks can't go on.</summary>
    public static TaskFailureDetails StrayedFailure(string orchestrator) => new(
        typeof(InvalidOperationException).FullName!,
        $"Orchestrator '{orchestrator}' awaits a task that is not its context's, so no replay could bring it there again. " +
        "Await only tasks of the context; put everything else into an activity, and middleware that awaits outside of orchestrations.",
        null!, null!, null!);

    private void Apply(HistoryEvent e)
    {
        switch (e)
        {
            case OrchestratorStarted begun:
                if (context.Replaying) CheckTurnEnd();
                context.Now = begun.At;
                break;
            case ExecutionStarted:
                Start();
                break;
            case MadeCall recorded:
                Match(recorded);
                break;
            case ExecutionSuspended paused:
                suspension = paused;
                break;
            case ExecutionResumed:
                suspension = null;
                foreach (var waiting in held) Deliver(waiting);
                held.Clear();
                break;
            case ExecutionCompleted { Status: OrchestrationRuntimeStatus.Completed } end when task?.IsCompleted != true:
                throw NonDeterministicOrchestrationException.Differs(started.Name, end, null, "the code still waits");
            case ExecutionCompleted or ExecutionTerminated:
                ended = true;
                break;
            default:
                if (suspension is not null) held.Add(e);
                else Deliver(e);
                break;
        }
    }

    private void Start() => turn.Run(() => task = RunAsync());

    // Awaited here, on the turn's context: code that ends on another thread is found by that.
    private async Task<string?> RunAsync() => await code(context);

    private void Deliver(HistoryEvent e) => turn.Run(() =>
    {
        if (e is CallEnded ended) context.End(ended);
        else if (e is EventRaised raised) context.Events.Deliver(raised);
    });

    private void Match(MadeCall recorded)
    {
        if (!context.Made.TryDequeue(out var made))
            throw NonDeterministicOrchestrationException.Differs(started.Name, recorded, null, task?.IsCompleted == true ? "the code has ended" : "no call at this place");
        if (!Same(recorded, made)) throw NonDeterministicOrchestrationException.Differs(started.Name, recorded, made, string.Empty);
    }

    // A recorded turn must have recorded all that its code did: a call on top would get the number of a later, recorded one.
    private void CheckTurnEnd()
    {
        if (context.Made.TryPeek(out var added)) throw NonDeterministicOrchestrationException.Added(started.Name, added);
        if (task?.IsCompleted == true && !ended) throw NonDeterministicOrchestrationException.Ended(started.Name);
    }

    private static bool Same(MadeCall recorded, MadeCall made) => recorded.Id == made.Id && (recorded, made) switch
    {
        (TaskScheduled r, TaskScheduled m) => SameName(r.Name, m.Name),
        (SubOrchestrationInstanceCreated r, SubOrchestrationInstanceCreated m) => SameName(r.Name, m.Name),
        (TimerCreated, TimerCreated) => true,
        (EventSent r, EventSent m) => SameName(r.Name, m.Name),
        _ => false,
    };

    private static bool SameName(string recorded, string made) => string.Equals(recorded, made, StringComparison.OrdinalIgnoreCase);

    private Ending? Ending()
    {
        if (strayed) return new Threw(StrayedFailure(started.Name));
        if (task is null || suspension is not null && !task.IsCompleted) return null;
        if (!task.IsCompleted) return context.CanGoOn || held.Count > 0 ? null : new Threw(StrayedFailure(started.Name));
        if (task.IsCompletedSuccessfully)
            return context.Continuation is { } next
                ? new Continued(next.Input, next.Version, HandedOn(next))
                : new Returned(task.Result);
        return new Threw(TaskFailureDetails.FromException(task.Exception?.InnerException ?? new TaskCanceledException(task)));
    }

    // A suspension that came with the last events holds the next execution too, and what it held back is not lost. Outcomes of calls end with theirs.
    private IReadOnlyList<HistoryEvent> HandedOn(ContinueAsNewRequest next)
    {
        IEnumerable<HistoryEvent> events = next.KeepsEvents ? context.Events.Unprocessed().Concat(held.OfType<EventRaised>()) : [];
        return suspension is null ? [.. events] : [suspension, .. events];
    }
}
