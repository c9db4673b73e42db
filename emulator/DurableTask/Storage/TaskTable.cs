using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>An activity that has been called and has no recorded result.</summary>
/// <param name="Starts">How often it was begun again after the process ended under it.</param>
internal sealed record PendingTask(long Seq, long Instance, int Generation, int Id, string Name, string? Version, string? Input, int Starts);

/// <inheritdoc cref="PendingTask" />
internal sealed class TaskTable(SqliteFile file)
{
    private readonly Statement insert = file.Prepare("INSERT INTO task (seq, instance, generation, id, name, version, input, starts) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, 0)");
    private readonly Statement after = file.Prepare("SELECT seq, instance, generation, id, name, version, input, starts FROM task WHERE seq > ?1 ORDER BY seq LIMIT ?2");
    private readonly Statement count = file.Prepare("UPDATE task SET starts = starts + 1 WHERE seq = ?1");
    private readonly Statement delete = file.Prepare("DELETE FROM task WHERE seq = ?1");
    private readonly Statement last = file.Prepare("SELECT max(seq) FROM task");

    public long Last()
    {
        var seq = last.Step() ? last.Int64(0) : 0;
        last.Reset();
        return seq;
    }

    public void Insert(PendingTask task) =>
        insert.Bind(1, task.Seq).Bind(2, task.Instance).Bind(3, task.Generation).Bind(4, task.Id).Bind(5, task.Name).Bind(6, task.Version).Bind(7, task.Input).Run();

    public List<PendingTask> After(long seq, int limit)
    {
        var tasks = new List<PendingTask>();
        after.Bind(1, seq).Bind(2, limit);
        while (after.Step())
            tasks.Add(new PendingTask(after.Int64(0), after.Int64(1), (int)after.Int64(2), (int)after.Int64(3), after.Text(4), after.TextOrNull(5), after.TextOrNull(6), (int)after.Int64(7)));
        return tasks;
    }

    public void CountStart(long seq) => count.Bind(1, seq).Run();

    public void Delete(long seq) => delete.Bind(1, seq).Run();
}
