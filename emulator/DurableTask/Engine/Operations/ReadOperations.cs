using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.History;
using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine.Operations;

/// <summary>Reads one instance; null where there is none.</summary>
internal sealed class ReadOperation(string id, bool texts) : Operation<TaskHub, InstanceState?>
{
    public override void Execute(TaskHub hub) => Succeed(hub, hub.Instances.Find(id) is { } row ? InstanceState.Read(hub, row, texts) : null);
}

/// <summary>Reads an instance's history, with its input where it began; null where there is none.</summary>
internal sealed class ReadHistoryOperation(string id) : Operation<TaskHub, (InstanceState State, IReadOnlyList<HistoryEvent> Events)?>
{
    public override void Execute(TaskHub hub)
    {
        if (hub.Instances.Find(id) is not { } row)
        {
            Succeed(hub, null);
            return;
        }
        var input = hub.Payloads.Get(row.Key, PayloadKind.Input);
        HistoryEvent[] events = [.. hub.Histories.Read(row.Key).SelectMany(turn => HistoryJson.ReadTurn(turn)).Select(e => e is ExecutionStarted started ? started with { Input = input } : e)];
        Succeed(hub, (InstanceState.Read(hub, row, true), events));
    }
}

/// <summary>Reads a stretch of the instances in the order of their creation.</summary>
/// <param name="after">The key to begin behind.</param>
internal sealed class PageOperation(Func<InstanceRow, bool> filter, long after, int size, bool texts) : Operation<TaskHub, InstancePage>
{
    // So many rows are looked at in one go that the writer is held up for a few milliseconds at most.
    private const int LooksAt = 2_000;

    public override void Execute(TaskHub hub)
    {
        var found = new List<InstanceState>();
        var rows = hub.Instances.After(after, LooksAt);
        var last = after;
        foreach (var row in rows)
        {
            last = row.Key;
            if (filter(row)) found.Add(InstanceState.Read(hub, row, texts));
            if (found.Count == size) break;
        }
        Succeed(hub, new InstancePage(found, last, rows.Count < LooksAt && (rows.Count == 0 || last == rows[^1].Key)));
    }
}

/// <summary>A stretch of instances.</summary>
/// <param name="Last">The key that it went up to.</param>
/// <param name="IsEnd">Whether there are no more behind it.</param>
internal sealed record InstancePage(IReadOnlyList<InstanceState> Found, long Last, bool IsEnd);

/// <summary>Waits until an instance has started, or has ended.</summary>
internal sealed class WatchOperation(string id, bool untilEnded, bool texts) : Operation<TaskHub, InstanceState>
{
    private volatile bool cancelled;

    /// <summary>The instance it waits for, once that is found.</summary>
    public long? Key { get; private set; }

    public override void Execute(TaskHub hub)
    {
        if (hub.Instances.Find(id) is not { } row) Fail(hub, new InvalidOperationException($"There is no orchestration instance '{id}' to wait for. Schedule it first."));
        else if (cancelled) Cancel(hub);
        else if (IsMet(row)) Meet(hub, row);
        else
        {
            Key = row.Key;
            hub.Watchers.Add(row.Key, this);
        }
    }

    public bool IsMet(InstanceRow row) => untilEnded ? row.IsEnded : row.Status != OrchestrationRuntimeStatus.Pending;

    /// <summary>Answers it.</summary>
    public void Meet(TaskHub hub, InstanceRow row) => Succeed(hub, InstanceState.Read(hub, row, texts));

    /// <summary>For a wait that was given up before the writer saw it.</summary>
    public void GiveUp() => cancelled = true;

    public void Cancel(TaskHub hub) => Fail(hub, new OperationCanceledException());
}
