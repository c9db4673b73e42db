using Stockgate.Emulator.DurableTask.History;

namespace Stockgate.Emulator.DurableTask.Replay;

/// <summary>External events that nobody has waited for yet, and waits that no event has met yet: first come, first served for each name, ignoring case.</summary>
internal sealed class EventMailbox(TurnContext turn)
{
    private readonly Dictionary<string, Queue<(long Arrival, EventRaised Event)>> buffered = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, LinkedList<OpenTask>> waits = new(StringComparer.OrdinalIgnoreCase);
    private long arrivals;

    /// <summary>The waits that are open.</summary>
    public IEnumerable<OpenTask> Waiting => waits.Values.SelectMany(list => list);

    public void Deliver(EventRaised e)
    {
        if (waits.TryGetValue(e.Name, out var list) && list.First is { } first)
        {
            list.Remove(first);
            first.Value.Complete(e.Input);
            return;
        }
        if (!buffered.TryGetValue(e.Name, out var queue)) buffered[e.Name] = queue = [];
        queue.Enqueue((arrivals++, e));
    }

    public void Wait(string name, OpenTask task, CancellationToken cancellation)
    {
        if (buffered.TryGetValue(name, out var queue) && queue.TryDequeue(out var next))
        {
            if (queue.Count == 0) buffered.Remove(name);
            task.Complete(next.Event.Input);
            return;
        }
        if (!waits.TryGetValue(name, out var list)) waits[name] = list = [];
        var wait = list.AddLast(task);
        // A wait that was given up must not swallow the event that the next wait is for.
        if (cancellation.CanBeCanceled)
            task.Registration = turn.OnCancel(cancellation, () =>
            {
                if (wait.List is null) return;
                list.Remove(wait);
                task.Cancel(cancellation);
            });
    }

    /// <summary>The events that nobody took, in the order of their arrival.</summary>
    public IReadOnlyList<EventRaised> Unprocessed() => [.. buffered.Values.SelectMany(queue => queue).OrderBy(e => e.Arrival).Select(e => e.Event)];
}
