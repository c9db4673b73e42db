using Stockgate.Emulator.Sqlite;

namespace Stockgate.Emulator.DurableTask.Storage;

/// <summary>What an instance carries beside its row, so that a change of status does not write a large input again.</summary>
internal enum PayloadKind
{
    Input,
    Output,
    CustomStatus,
    Tags,
    Failure,
}

/// <inheritdoc cref="PayloadKind" />
internal sealed class PayloadTable(SqliteFile file)
{
    private readonly Statement set = file.Prepare("INSERT INTO payload (key, value) VALUES (?1, ?2) ON CONFLICT (key) DO UPDATE SET value = ?2");
    private readonly Statement get = file.Prepare("SELECT value FROM payload WHERE key = ?1");
    private readonly Statement remove = file.Prepare("DELETE FROM payload WHERE key = ?1");
    private readonly Statement removeAll = file.Prepare("DELETE FROM payload WHERE key >= ?1 AND key < ?1 + 8");

    public void Set(long instance, PayloadKind kind, string? value)
    {
        if (value is null) remove.Bind(1, Key(instance, kind)).Run();
        else set.Bind(1, Key(instance, kind)).Bind(2, value).Run();
    }

    /// <summary>As <see cref="Set"/>, for an instance that has no such value yet.</summary>
    public void SetFirst(long instance, PayloadKind kind, string? value)
    {
        if (value is not null) Set(instance, kind, value);
    }

    public string? Get(long instance, PayloadKind kind)
    {
        if (!get.Bind(1, Key(instance, kind)).Step()) return null;
        var value = get.Text(0);
        get.Reset();
        return value;
    }

    public void Delete(long instance) => removeAll.Bind(1, Key(instance, 0)).Run();

    private static long Key(long instance, PayloadKind kind) => instance << 3 | (long)kind;
}
