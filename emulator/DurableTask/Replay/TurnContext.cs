namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>Keeps everything that an orchestrator awaits on the thread of its turn, in the order in which it became ready.</summary>
/// <param name="onStray">Called, on that thread, when something wants to go on outside the turn.</param>
internal sealed class TurnContext(Action onStray) : SynchronizationContext
{
    private readonly Queue<(SendOrPostCallback Run, object? State)> ready = [];
    private int thread;

    /// <summary>Whether the caller is the orchestrator's code, in its turn.</summary>
    public bool IsCurrent => thread == Environment.CurrentManagedThreadId;

    /// <summary>Runs <paramref name="code"/> and all that becomes ready by it.</summary>
    public void Run(Action code)
    {
        var before = Current;
        SetSynchronizationContext(this);
        thread = Environment.CurrentManagedThreadId;
        try
        {
            code();
            while (ready.TryDequeue(out var next)) next.Run(next.State);
        }
        finally
        {
            thread = 0;
            SetSynchronizationContext(before);
        }
    }

    /// <summary>Runs <paramref name="action"/> when the orchestrator's code cancels the token.</summary>
    public CancellationTokenRegistration OnCancel(CancellationToken cancellation, Action action) => cancellation.Register(() =>
    {
        // A clock or another thread that cancels would do so at another place in every replay.
        if (IsCurrent) action();
        else onStray();
    });

    public override void Post(SendOrPostCallback d, object? state)
    {
        // Only a task of the context ends inside a turn. Whatever resumes from elsewhere could not be replayed, and must not run on two threads at once.
        if (IsCurrent) ready.Enqueue((d, state));
        else onStray();
    }

    public override void Send(SendOrPostCallback d, object? state) => throw new NotSupportedException("An orchestrator does not wait for a thread.");

    public override SynchronizationContext CreateCopy() => this;
}
