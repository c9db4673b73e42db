using SQLitePCL;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>The SQLite file: opened by one process, used by one thread.</summary>
internal sealed class BrokerFile : IDisposable
{
    private const long FormatVersion = 1;

    // WAL with synchronous=FULL: a commit is on the disk before its senders hear of it, at one flush per commit.
    // Exclusive locking: no shared-memory index, since nobody else may open the file anyway.
    private const string Pragmas = """
        PRAGMA page_size = 4096;
        PRAGMA locking_mode = EXCLUSIVE;
        PRAGMA journal_mode = WAL;
        PRAGMA synchronous = FULL;
        PRAGMA wal_autocheckpoint = 4000;
        PRAGMA journal_size_limit = 67108864;
        PRAGMA cache_size = -32768;
        PRAGMA temp_store = MEMORY;
        """;

    private const string Schema = """
        CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS entity (id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, sessions INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS body (
          seq INTEGER PRIMARY KEY, enqueued INTEGER NOT NULL, place INTEGER NOT NULL, session BLOB NOT NULL,
          expires INTEGER NOT NULL, due INTEGER NOT NULL, content BLOB NOT NULL);
        CREATE TABLE IF NOT EXISTS lane_mark (
          place INTEGER NOT NULL, session BLOB NOT NULL, seq INTEGER NOT NULL, PRIMARY KEY (place, session)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS waiting (
          place INTEGER NOT NULL, state INTEGER NOT NULL, session BLOB NOT NULL, seq INTEGER NOT NULL,
          deliveries INTEGER NOT NULL, expires INTEGER NOT NULL, due INTEGER NOT NULL, changes BLOB,
          PRIMARY KEY (place, state, session, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS due (
          at INTEGER NOT NULL, seq INTEGER NOT NULL, place INTEGER NOT NULL, session BLOB NOT NULL, PRIMARY KEY (at, seq)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS session_state (
          entity INTEGER NOT NULL, session BLOB NOT NULL, state BLOB NOT NULL, PRIMARY KEY (entity, session)) WITHOUT ROWID;
        CREATE TABLE IF NOT EXISTS seen (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS seen_run (id INTEGER PRIMARY KEY, entity INTEGER NOT NULL, until INTEGER NOT NULL);
        CREATE TABLE IF NOT EXISTS seen_in_run (
          run INTEGER NOT NULL, hash BLOB NOT NULL, at INTEGER NOT NULL, PRIMARY KEY (run, hash)) WITHOUT ROWID;
        """;

    private readonly List<Statement> _statements = [];
    private readonly Statement _begin, _commit, _setMeta;

    static BrokerFile() => Batteries_V2.Init();

    public BrokerFile(string path)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        if (raw.sqlite3_open_v2(path, out var file, flags, null) != raw.SQLITE_OK) throw new BrokerFileException(file, $"open {path}");
        Sqlite = file;
        Execute(Pragmas);
        Execute(Schema);
        _setMeta = Prepare("INSERT INTO meta (name, value) VALUES (CAST(?1 AS TEXT), ?2) ON CONFLICT (name) DO UPDATE SET value = ?2");
        _begin = Prepare("BEGIN");
        _commit = Prepare("COMMIT");
        var version = GetMeta("format");
        if (version is null) SetMeta("format"u8, FormatVersion);
        else if (version != FormatVersion)
            throw new InvalidOperationException(
                $"{path} was written by another version of the emulator (format {version}, this one is {FormatVersion}); delete it to start empty.");
    }

    public sqlite3 Sqlite { get; }

    public Statement Prepare(string sql)
    {
        var statement = new Statement(Sqlite, sql);
        _statements.Add(statement);
        return statement;
    }

    public void Begin() => _begin.Run();

    /// <summary>Returns once everything since <see cref="Begin"/> is on the disk.</summary>
    public void Commit() => _commit.Run();

    public long? GetMeta(string name)
    {
        using var read = new Statement(Sqlite, "SELECT value FROM meta WHERE name = CAST(?1 AS TEXT)");
        return read.Bind(1, System.Text.Encoding.UTF8.GetBytes(name)).Step() ? read.Int64(0) : null;
    }

    public void SetMeta(ReadOnlySpan<byte> name, long value) => _setMeta.Bind(1, name).Bind(2, value).Run();

    public void Dispose()
    {
        foreach (var statement in _statements) statement.Dispose();
        Sqlite.Dispose();
    }

    private void Execute(string sql)
    {
        if (raw.sqlite3_exec(Sqlite, sql) != raw.SQLITE_OK) throw new BrokerFileException(Sqlite, sql);
    }
}
