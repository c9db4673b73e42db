namespace Stockgate.Emulator.Worker.Functions;

/// <summary>Counts running invocations, so that a shutdown can wait for the last one.</summary>
internal sealed class InFlight
{
    private readonly TaskCompletionSource drained = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private int running;
    private volatile bool closing;

    public Running Enter()
    {
        Interlocked.Increment(ref running);
        return new Running(this);
    }

    /// <summary>Ends when no invocation runs any more. New ones must not be started by then.</summary>
    public Task DrainAsync()
    {
        closing = true;
        // Set before the count is read: an invocation that ends between the two sees the flag and signals itself.
        if (Volatile.Read(ref running) == 0) drained.TrySetResult();
        return drained.Task;
    }

    private void Leave()
    {
        if (Interlocked.Decrement(ref running) == 0 && closing) drained.TrySetResult();
    }

    /// <summary>One running invocation, until disposed; the default one is not counted.</summary>
    internal readonly struct Running(InFlight owner) : IDisposable
    {
        public void Dispose() => owner?.Leave();
    }
}
