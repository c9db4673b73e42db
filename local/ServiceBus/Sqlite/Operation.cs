namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>An operation requested of the engine. It runs on the writer's thread and is answered after its commit.</summary>
internal abstract class Operation<TEngine>
    where TEngine : class, ICommitEngine<TEngine>
{
    /// <summary>Runs inside the open transaction. What it refuses it refuses by an exception before its first write.</summary>
    public abstract void Execute(TEngine engine);

    /// <summary>Tells the caller, after the commit.</summary>
    public abstract void Publish();

    /// <summary>Tells the caller that it did not happen.</summary>
    public abstract void Refuse(Exception reason);
}

/// <inheritdoc />
internal abstract class Operation<TEngine, T> : Operation<TEngine>
    where TEngine : class, ICommitEngine<TEngine>
{
    // Callers continue on the pool: a caller that went on inside Publish would hold up everybody else's commit.
    private readonly TaskCompletionSource<T> _answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T _result = default!;
    private Exception? _refusal;

    public Task<T> Answer => _answer.Task;

    public override void Publish()
    {
        if (_refusal is OperationCanceledException cancelled)
            _answer.TrySetCanceled(cancelled.CancellationToken);
        else if (_refusal is not null)
            _answer.TrySetException(_refusal);
        else
            _answer.TrySetResult(_result);
    }

    public override void Refuse(Exception reason) => _refusal = reason;

    protected void Succeed(TEngine engine, T result)
    {
        _result = result;
        engine.Finish(this);
    }

    protected void Fail(TEngine engine, Exception reason)
    {
        _refusal = reason;
        engine.Finish(this);
    }
}
