using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>Durable timers: on the disk by their time, with one timer of this process for the next of them.</summary>
internal sealed class HubClock : IAsyncDisposable
{
    private const int DueAtOnce = 4_096;
    private const long LongestWait = TimeSpan.TicksPerDay;

    private readonly TaskHub hub;
    private readonly TimerTable timers;
    private readonly ITimer timer;
    private long next;
    private long armedFor = long.MaxValue;

    public HubClock(TaskHub hub, TimerTable timers)
    {
        (this.hub, this.timers) = (hub, timers);
        next = timers.First()?.At ?? long.MaxValue;
        timer = hub.Time.CreateTimer(static hub => ((TaskHub)hub!).Writer.Wake(new TaskHub.WakeOperation()), hub, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Whether a timer's time has come that has not been fired yet.</summary>
    public bool IsDue => next <= hub.Now;

    public void Add(DueTimer due)
    {
        timers.Insert(due);
        next = Math.Min(next, due.At);
    }

    public void Remove(DueTimer due)
    {
        timers.Delete(due);
        if (due.At <= next) next = timers.First()?.At ?? long.MaxValue;
    }

    /// <summary>Wakes whose time has come. Runs inside the transaction, before its operations.</summary>
    public void Fire()
    {
        if (next > hub.Now) return;
        var left = DueAtOnce;
        var first = timers.First();
        for (; first is not null && first.At <= hub.Now && left > 0; first = timers.First(), left--)
        {
            timers.Delete(first);
            if (first.Id != TimerTable.Start)
                hub.Lifecycle.DeliverOutcome(first.Instance, first.Generation, new TimerFired(new DateTime(hub.Now, DateTimeKind.Utc), first.Id, new DateTime(first.At, DateTimeKind.Utc)));
            else if (hub.Live.Find(first.Instance) is { } starting)
                hub.Turns.Enqueue(starting);
        }
        next = first?.At ?? long.MaxValue;
    }

    /// <summary>The timer has rung, maybe a moment early: its wait is cut to whole milliseconds, and it goes by a clock of its own. Unless it is set again, what waits sleeps until something else happens.</summary>
    public void Rang() => armedFor = 0;

    public void Arm()
    {
        if (next == armedFor && next > hub.Now) return;
        armedFor = next;
        // The clock is read again: it may have moved on since the group began, and a timer set from a stale reading would fire late.
        var now = hub.Time.GetUtcNow().UtcTicks;
        var wait = next == long.MaxValue ? Timeout.InfiniteTimeSpan : new TimeSpan(Math.Clamp(next - now, 0, LongestWait));
        // A wait that was cut to the longest must be armed again when it ends.
        if (next - now > LongestWait) armedFor = 0;
        timer.Change(wait, Timeout.InfiniteTimeSpan);
        if (wait > TimeSpan.Zero && hub.Time.GetUtcNow().UtcTicks >= next) hub.Writer.Wake(new TaskHub.WakeOperation());
    }

    public ValueTask DisposeAsync() => timer.DisposeAsync();
}
