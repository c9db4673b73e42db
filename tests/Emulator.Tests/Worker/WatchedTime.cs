namespace Stockgate.Emulator.Tests.Worker;

/// <summary>A clock that the test moves, and that tells when somebody waits for a stretch of it.</summary>
internal sealed class WatchedTime : TimeProvider
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);
    private readonly FakeTime _time = new();
    private readonly Lock _gate = new();
    private readonly List<TimeSpan> _armed = [];
    private readonly List<(TimeSpan Due, TaskCompletionSource Armed)> _awaited = [];

    public override DateTimeOffset GetUtcNow() => _time.GetUtcNow();

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        var timer = _time.CreateTimer(callback, state, dueTime, period);
        TaskCompletionSource? waiting = null;
        lock (_gate)
        {
            var at = _awaited.FindIndex(awaited => awaited.Due == dueTime);
            if (at < 0) _armed.Add(dueTime);
            else
            {
                waiting = _awaited[at].Armed;
                _awaited.RemoveAt(at);
            }
        }
        waiting?.SetResult();
        return timer;
    }

    /// <summary>Waits until somebody waits for exactly so long, then lets that time pass.</summary>
    public async Task PassAsync(TimeSpan due)
    {
        await ArmedAsync(due);
        _time.Advance(due);
    }

    public Task ArmedAsync(TimeSpan due)
    {
        lock (_gate)
        {
            if (_armed.Remove(due)) return Task.CompletedTask;
            var armed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
            _awaited.Add((due, armed));
            return armed.Task.WaitAsync(Patience);
        }
    }

    public void Advance(TimeSpan by) => _time.Advance(by);
}
