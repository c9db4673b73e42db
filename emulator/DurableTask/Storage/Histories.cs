using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>What happened to each instance, one row for a turn.</summary>
internal sealed class Histories(SqliteFile file)
{
    private readonly Statement append = file.Prepare("INSERT INTO history (instance, events) VALUES (?1, ?2)");
    private readonly Statement read = file.Prepare("SELECT events FROM history WHERE instance = ?1 ORDER BY seq");
    private readonly Statement delete = file.Prepare("DELETE FROM history WHERE instance = ?1");

    public void Append(long instance, byte[] turn) => append.Bind(1, instance).Bind(2, turn).Run();

    public List<byte[]> Read(long instance)
    {
        var turns = new List<byte[]>();
        read.Bind(1, instance);
        while (read.Step()) turns.Add(read.Bytes(0));
        return turns;
    }

    public void Delete(long instance) => delete.Bind(1, instance).Run();
}
