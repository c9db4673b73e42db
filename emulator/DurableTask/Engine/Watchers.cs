using Microsoft.DurableTask.Client;
using Stockgate.Emulator.DurableTask.Engine.Operations;
using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>Who waits for an instance to start or to end. Only the writer's thread touches it.</summary>
internal sealed class Watchers(TaskHub hub)
{
    private readonly Dictionary<long, List<WatchOperation>> waiting = [];

    public IEnumerable<WatchOperation> All => waiting.Values.SelectMany(watchers => watchers);

    public void Add(long key, WatchOperation watcher)
    {
        if (!waiting.TryGetValue(key, out var watchers)) waiting[key] = watchers = [];
        watchers.Add(watcher);
    }

    /// <summary>Answers those for whom this is enough, with the commit that it is part of.</summary>
    public void Check(InstanceRow row)
    {
        if (!waiting.TryGetValue(row.Key, out var watchers)) return;
        foreach (var watcher in watchers.Where(watcher => watcher.IsMet(row))) watcher.Meet(hub, row);
        watchers.RemoveAll(watcher => watcher.IsMet(row));
        if (watchers.Count == 0) waiting.Remove(row.Key);
    }

    public void Remove(WatchOperation watcher)
    {
        if (watcher.Key is not { } key || !waiting.TryGetValue(key, out var watchers) || !watchers.Remove(watcher)) return;
        if (watchers.Count == 0) waiting.Remove(key);
        watcher.Cancel(hub);
    }
}
