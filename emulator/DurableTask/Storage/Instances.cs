using Microsoft.DurableTask.Client;
using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>The instances: who they are and how they stand.</summary>
internal sealed class Instances
{
    private const string Columns = "key, id, name, version, status, generation, created, updated, completed, starts, parent, parent_generation, parent_task, trace";
    private const int KeysAtOnce = 1_024;

    private readonly SqliteFile file;
    private readonly Statement insert, update, byId, byKey, after, children, delete;
    private long nextKey, reserved;

    public Instances(SqliteFile file)
    {
        this.file = file;
        insert = file.Prepare($"INSERT INTO instance ({Columns}) VALUES (?1, ?2, ?3, ?4, ?5, 0, ?6, ?6, 0, ?7, ?8, ?9, ?10, ?11)");
        update = file.Prepare("UPDATE instance SET status = ?2, updated = ?3, completed = ?4, generation = ?5, version = ?6 WHERE key = ?1");
        byId = file.Prepare($"SELECT {Columns} FROM instance WHERE id = ?1");
        byKey = file.Prepare($"SELECT {Columns} FROM instance WHERE key = ?1");
        after = file.Prepare($"SELECT {Columns} FROM instance WHERE key > ?1 ORDER BY key LIMIT ?2");
        children = file.Prepare($"SELECT {Columns} FROM instance WHERE parent = ?1");
        delete = file.Prepare("DELETE FROM instance WHERE key = ?1");
        nextKey = reserved = file.GetMeta("next_key") ?? 1;
    }

    /// <summary>A key that no instance has had. Purging the newest must not free its key: activities may still run under it.</summary>
    public long NewKey()
    {
        if (nextKey == reserved) file.SetMeta("next_key"u8, reserved += KeysAtOnce);
        return nextKey++;
    }

    public void Insert(InstanceRow row)
    {
        insert.Bind(1, row.Key).Bind(2, row.Id).Bind(3, row.Name).Bind(4, row.Version).Bind(5, (long)row.Status).Bind(6, row.Created).Bind(7, row.Starts).Bind(11, row.Trace);
        if (row.Parent is { } parent) insert.Bind(8, parent.Key).Bind(9, parent.Generation).Bind(10, parent.TaskId);
        else insert.Bind(8, (byte[]?)null).Bind(9, (byte[]?)null).Bind(10, (byte[]?)null);
        insert.Run();
    }

    public void Update(InstanceRow row) =>
        update.Bind(1, row.Key).Bind(2, (long)row.Status).Bind(3, row.Updated).Bind(4, row.Completed).Bind(5, row.Generation).Bind(6, row.Version).Run();

    public InstanceRow? Find(string id) => One(byId.Bind(1, id));

    public InstanceRow? Find(long key) => One(byKey.Bind(1, key));

    /// <summary>Up to <paramref name="count"/> instances in the order of their keys, which is that of their creation.</summary>
    public List<InstanceRow> After(long key, int count) => All(after.Bind(1, key).Bind(2, count));

    public List<InstanceRow> ChildrenOf(long key) => All(children.Bind(1, key));

    public void Delete(long key) => delete.Bind(1, key).Run();

    private static InstanceRow? One(Statement read)
    {
        if (!read.Step()) return null;
        var row = Row(read);
        read.Reset();
        return row;
    }

    private static List<InstanceRow> All(Statement read)
    {
        var rows = new List<InstanceRow>();
        while (read.Step()) rows.Add(Row(read));
        return rows;
    }

    private static InstanceRow Row(Statement read) => new(
        read.Int64(0), read.Text(1), read.Text(2), read.TextOrNull(3), (OrchestrationRuntimeStatus)read.Int64(4), (int)read.Int64(5),
        read.Int64(6), read.Int64(7), read.Int64(8), read.Int64(9),
        read.IsNull(10) ? null : new ParentLink(read.Int64(10), (int)read.Int64(11), (int)read.Int64(12)))
    {
        Trace = read.TextOrNull(13),
    };
}
