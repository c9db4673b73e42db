using Stockgate.Emulator.DurableTask.Storage;

namespace Stockgate.Emulator.DurableTask.Engine;

/// <summary>The instances that have something to do or had a moment ago; the one unused for longest makes room. Only the writer's thread touches it.</summary>
internal sealed class LiveInstances(Instances instances, InboxTable inbox, int capacity)
{
    // Room for the instances that a commit works with, also where none are kept.
    private const int Least = 64;

    private readonly Dictionary<long, LiveInstance> byKey = [];
    private readonly Dictionary<string, LiveInstance> byId = new(StringComparer.Ordinal);
    private readonly LinkedList<LiveInstance> byUse = [];

    public bool KeepsRuns => capacity > 0;

    /// <returns>Null where it doesn't exist or has ended.</returns>
    public LiveInstance? Find(long key) => byKey.TryGetValue(key, out var live) ? Touch(live) : Load(instances.Find(key));

    /// <inheritdoc cref="Find(long)" />
    public LiveInstance? Find(string id) => byId.TryGetValue(id, out var live) ? Touch(live) : Load(instances.Find(id));

    /// <summary>An instance that has just been made and has no messages.</summary>
    public LiveInstance Add(InstanceRow row) => Keep(new LiveInstance(row, InboxTable.FirstNumber, InboxTable.FirstNumber));

    public void Remove(LiveInstance live)
    {
        byKey.Remove(live.Row.Key);
        byId.Remove(live.Row.Id);
        if (live.Use is { List: not null } use) byUse.Remove(use);
        // A turn that is under way holds its run itself and drops it.
        if (!live.Busy) live.DropRun();
    }

    /// <summary>Forgets what has been unused for longest. Called between commits, when nobody holds an instance.</summary>
    public void MakeRoom()
    {
        for (var node = byUse.First; node is not null && byKey.Count > Math.Max(capacity, Least);)
        {
            var live = node.Value;
            node = node.Next;
            if (!live.Busy) Remove(live);
        }
    }

    private LiveInstance? Load(InstanceRow? row)
    {
        if (row is null || row.IsEnded) return null;
        var first = inbox.Read(row.Key, 0, 1);
        if (first.Count == 0) return Keep(new LiveInstance(row, InboxTable.FirstNumber, InboxTable.FirstNumber));
        return Keep(new LiveInstance(row, first[0].Number, inbox.Last(row.Key)!.Value + 1));
    }

    private LiveInstance Keep(LiveInstance live)
    {
        byKey.Add(live.Row.Key, live);
        byId.Add(live.Row.Id, live);
        live.Use = byUse.AddLast(live);
        return live;
    }

    private LiveInstance Touch(LiveInstance live)
    {
        byUse.Remove(live.Use!);
        byUse.AddLast(live.Use!);
        return live;
    }
}
