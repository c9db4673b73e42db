using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>The session state.</summary>
internal sealed class SessionStates(SqliteFile file)
{
    private readonly Statement _read = file.Prepare("SELECT state FROM session_state WHERE entity = ?1 AND session = ?2");
    private readonly Statement _delete = file.Prepare("DELETE FROM session_state WHERE entity = ?1 AND session = ?2");
    private readonly Statement _write = file.Prepare(
        "INSERT INTO session_state (entity, session, state) VALUES (?1, ?2, ?3) ON CONFLICT (entity, session) DO UPDATE SET state = ?3"
    );

    public byte[]? Get(long entity, byte[] session)
    {
        if (!_read.Bind(1, entity).Bind(2, session).Step())
            return null;
        var state = _read.Bytes(0);
        _read.Reset();
        return state;
    }

    public void Set(long entity, byte[] session, byte[]? state)
    {
        if (state is null)
            _delete.Bind(1, entity).Bind(2, session).Run();
        else
            _write.Bind(1, entity).Bind(2, session).Bind(3, state).Run();
    }
}
