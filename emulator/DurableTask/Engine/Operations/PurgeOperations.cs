using Stockgate.Emulator.DurableTask.Storage;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Engine.Operations;

/// <summary>Removes one instance that has ended; answers how many were removed.</summary>
/// <param name="recursive">Its children too, and theirs.</param>
internal sealed class PurgeOperation(string id, bool recursive) : Operation<TaskHub, int>
{
    public override void Execute(TaskHub hub) => Succeed(hub, hub.Instances.Find(id) is { IsEnded: true } row ? Remove(hub, row, recursive) : 0);

    public static int Remove(TaskHub hub, InstanceRow row, bool recursive)
    {
        var removed = 1;
        if (recursive)
            foreach (var child in hub.Instances.ChildrenOf(row.Key).Where(child => child.IsEnded)) removed += Remove(hub, child, recursive);
        hub.Lifecycle.Purge(row);
        return removed;
    }
}

/// <summary>Removes those of a stretch of instances that have ended and fit.</summary>
internal sealed class PurgePageOperation(Func<InstanceRow, bool> filter, bool recursive, long after) : Operation<TaskHub, (int Removed, long Last, bool IsEnd)>
{
    private const int LooksAt = 200;

    public override void Execute(TaskHub hub)
    {
        var removed = 0;
        var rows = hub.Instances.After(after, LooksAt);
        foreach (var row in rows)
        {
            // A parent of the same stretch may have taken it along.
            if (row.IsEnded && filter(row) && hub.Instances.Find(row.Key) is not null) removed += PurgeOperation.Remove(hub, row, recursive);
        }
        Succeed(hub, (removed, rows.Count == 0 ? after : rows[^1].Key, rows.Count < LooksAt));
    }
}
