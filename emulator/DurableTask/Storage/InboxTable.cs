using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>Messages that no turn has taken yet. A row's key is its instance's key and its number there, so that an instance's messages lie side by side, in order.</summary>
internal sealed class InboxTable(SqliteFile file)
{
    private const int NumberBits = 30;

    /// <summary>Where the numbers of an empty inbox begin: in the middle, since messages are also put in front.</summary>
    public const long FirstNumber = 1L << (NumberBits - 1);

    private readonly Statement insert = file.Prepare("INSERT INTO inbox (key, event) VALUES (?1, ?2)");
    private readonly Statement range = file.Prepare("SELECT key, event FROM inbox WHERE key >= ?1 AND key < ?2 ORDER BY key LIMIT ?3");
    private readonly Statement last = file.Prepare("SELECT key FROM inbox WHERE key >= ?1 AND key < ?2 ORDER BY key DESC LIMIT 1");
    private readonly Statement next = file.Prepare("SELECT key FROM inbox WHERE key >= ?1 ORDER BY key LIMIT 1");
    private readonly Statement delete = file.Prepare("DELETE FROM inbox WHERE key >= ?1 AND key < ?2");

    public void Insert(long instance, long number, byte[] message) => insert.Bind(1, Key(instance, number)).Bind(2, message).Run();

    /// <summary>Messages from <paramref name="from"/> on, in order.</summary>
    public List<(long Number, byte[] Event)> Read(long instance, long from, int count)
    {
        var messages = new List<(long, byte[])>();
        range.Bind(1, Key(instance, from)).Bind(2, Key(instance + 1, 0)).Bind(3, count);
        while (range.Step()) messages.Add((range.Int64(0) & (1L << NumberBits) - 1, range.Bytes(1)));
        return messages;
    }

    /// <summary>The number of the last message; null where there is none.</summary>
    public long? Last(long instance)
    {
        if (!last.Bind(1, Key(instance, 0)).Bind(2, Key(instance + 1, 0)).Step()) return null;
        var number = last.Int64(0) & (1L << NumberBits) - 1;
        last.Reset();
        return number;
    }

    /// <summary>The first instance from <paramref name="instance"/> on that has messages. One step per instance, however many messages each has.</summary>
    public long? NextInstance(long instance)
    {
        if (!next.Bind(1, Key(instance, 0)).Step()) return null;
        var found = next.Int64(0) >> NumberBits;
        next.Reset();
        return found;
    }

    public void Delete(long instance, long number) => delete.Bind(1, Key(instance, number)).Bind(2, Key(instance, number + 1)).Run();

    /// <summary>Removes the messages before <paramref name="end"/>.</summary>
    public void DeleteBefore(long instance, long end) => delete.Bind(1, Key(instance, 0)).Bind(2, Key(instance, end)).Run();

    public void Delete(long instance) => delete.Bind(1, Key(instance, 0)).Bind(2, Key(instance + 1, 0)).Run();

    private static long Key(long instance, long number) => instance << NumberBits | number;
}
