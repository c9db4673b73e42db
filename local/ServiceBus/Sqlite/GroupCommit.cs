using System.Diagnostics;
using System.Threading.Channels;

namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>
/// One thread takes every operation that is waiting, runs them in one transaction and answers them after its commit, so that a flush of the
/// disk is shared by everybody who waited for the one before.
/// </summary>
internal sealed class GroupCommit<TEngine>
    where TEngine : class, ICommitEngine<TEngine>
{
    private const int Room = 16_384;
    private const int LargestGroup = 1_024;
    private static readonly long Patience = Stopwatch.Frequency / 10_000;

    private readonly Channel<Operation<TEngine>> _channel = Channel.CreateBounded<Operation<TEngine>>(
        new BoundedChannelOptions(Room) { SingleReader = true }
    );

    private readonly TEngine _engine;
    private readonly Thread _thread;
    private readonly List<Operation<TEngine>> _group = new(LargestGroup);
    private readonly TaskCompletionSource _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? _fault;
    private int _previous;

    public GroupCommit(TEngine engine)
    {
        _engine = engine;
        _thread = new Thread(Run) { IsBackground = true, Name = engine.ThreadName };
        _thread.Start();
    }

    /// <summary>Ends when nothing is accepted any more: after <see cref="Drain"/>, or by a fault.</summary>
    public Task Ended => _ended.Task;

    /// <summary>Why it ended; null after <see cref="Drain"/>.</summary>
    public Exception? Fault => _fault;

    public Task<T> Run<T>(Operation<TEngine, T> operation) =>
        _channel.Writer.TryWrite(operation) ? operation.Answer : RunWhenThereIsRoom(operation);

    /// <summary>Runs an operation that may wait, until either token ends the wait.</summary>
    public async Task<T> RunCancellable<T>(
        Operation<TEngine, T> operation,
        Action beforeStart,
        Action<TEngine> cancel,
        CancellationToken caller,
        CancellationToken closing
    )
    {
        void End()
        {
            // It may not have reached the writer yet; if it has, this comes after it.
            beforeStart();
            _ = Run(new CancelWaitOperation<TEngine>(cancel));
        }

        await using var onCaller = caller.UnsafeRegister(static end => ((Action)end!)(), (Action)End);
        await using var onClosing = closing.UnsafeRegister(static end => ((Action)end!)(), (Action)End);
        try
        {
            return await Run(operation);
        }
        catch (OperationCanceledException) when (caller.IsCancellationRequested)
        {
            throw new TaskCanceledException("The wait was cancelled.", null, caller);
        }
    }

    /// <summary>
    /// For fire-and-forget operations. A full channel may drop it, because the writer is then awake and checks the clock.
    /// </summary>
    public void Wake(Operation<TEngine> operation) => _channel.Writer.TryWrite(operation);

    /// <summary>Accepts nothing more; ends when everything accepted before is committed.</summary>
    public Task Drain()
    {
        _channel.Writer.TryComplete();
        return _ended.Task;
    }

    private async Task<T> RunWhenThereIsRoom<T>(Operation<TEngine, T> operation)
    {
        try
        {
            await _channel.Writer.WriteAsync(operation);
        }
        catch (ChannelClosedException)
        {
            throw _engine.Stopped(_fault);
        }
        return await operation.Answer;
    }

    private void Run()
    {
        try
        {
            // A dedicated thread, so blocking is harmless.
            while (_channel.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
                CommitGroups();
        }
        catch (Exception e)
        {
            // Memory and file may differ from here on, so no further operation is answered.
            _fault = e;
        }
        End();
    }

    private void CommitGroups()
    {
        while (true)
        {
            Gather();
            if (_group.Count == 0)
                return;
            _previous = _group.Count;
            _engine.Commit(_group);
            _group.Clear();
        }
    }

    // The callers answered a moment ago are about to ask again. To wait for them a little makes one flush do for all of them,
    // where two half groups would take turns and each wait for the other's flush.
    private void Gather()
    {
        var patience = _previous > 8 ? Patience : 0;
        long start = 0;
        while (_group.Count < LargestGroup)
        {
            if (_channel.Reader.TryRead(out var operation))
            {
                _group.Add(operation);
                continue;
            }
            if (_group.Count >= _previous || patience == 0)
                return;
            if (start == 0)
                start = Stopwatch.GetTimestamp();
            else if (Stopwatch.GetTimestamp() - start > patience)
                return;
            Thread.Yield();
        }
    }

    private void End()
    {
        _channel.Writer.TryComplete();
        while (_channel.Reader.TryRead(out var operation))
            _group.Add(operation);
        foreach (var operation in _group.Concat(_engine.Unanswered()).Distinct())
        {
            operation.Refuse(_engine.Stopped(_fault));
            operation.Publish();
        }
        _ended.TrySetResult();
    }
}
