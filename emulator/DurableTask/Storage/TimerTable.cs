using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>A time at which an instance goes on.</summary>
/// <param name="At">UTC ticks.</param>
/// <param name="Id">The call that set it; <see cref="TimerTable.Start"/> for the start of an instance.</param>
internal sealed record DueTimer(long At, long Instance, int Generation, int Id);

/// <inheritdoc cref="DueTimer" />
internal sealed class TimerTable(SqliteFile file)
{
    /// <summary>Stands for a call where the instance itself begins at that time.</summary>
    public const int Start = -1;

    private readonly Statement insert = file.Prepare("INSERT INTO timer (at, instance, generation, id) VALUES (?1, ?2, ?3, ?4)");
    private readonly Statement first = file.Prepare("SELECT at, instance, generation, id FROM timer ORDER BY at, instance, generation, id LIMIT 1");
    private readonly Statement delete = file.Prepare("DELETE FROM timer WHERE at = ?1 AND instance = ?2 AND generation = ?3 AND id = ?4");

    public void Insert(DueTimer timer) => insert.Bind(1, timer.At).Bind(2, timer.Instance).Bind(3, timer.Generation).Bind(4, timer.Id).Run();

    public DueTimer? First()
    {
        if (!first.Step()) return null;
        var timer = new DueTimer(first.Int64(0), first.Int64(1), (int)first.Int64(2), (int)first.Int64(3));
        first.Reset();
        return timer;
    }

    public void Delete(DueTimer timer) => delete.Bind(1, timer.At).Bind(2, timer.Instance).Bind(3, timer.Generation).Bind(4, timer.Id).Run();
}
