using SQLitePCL;

namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>An engine's SQLite file: opened by one process, used by one thread.</summary>
internal sealed class SqliteFile : IDisposable
{
    private const string Meta = "CREATE TABLE IF NOT EXISTS meta (name TEXT PRIMARY KEY, value INTEGER NOT NULL) WITHOUT ROWID;";

    private readonly List<Statement> _statements = [];
    private readonly Statement _begin,
        _commit,
        _setMeta;

    static SqliteFile() => Batteries_V2.Init();

    /// <param name="schema">The engine's tables, each created if it does not exist; <c>meta</c> is always there.</param>
    /// <param name="format">Grows with every change after which an older file cannot be read.</param>
    /// <param name="writer">Who writes such files, in the words of the refusal: "the local Service Bus".</param>
    public SqliteFile(string path, string schema, long format, string writer, int cacheKiB = 32_768)
    {
        const int flags = raw.SQLITE_OPEN_READWRITE | raw.SQLITE_OPEN_CREATE | raw.SQLITE_OPEN_NOMUTEX;
        if (raw.sqlite3_open_v2(path, out var file, flags, null) != raw.SQLITE_OK)
            throw new SqliteFileException(file, $"open {path}");
        Sqlite = file;
        try
        {
            Execute(Pragmas(cacheKiB));
            Execute(Meta);
            // Before anything of the engine's own: a file of another format stays as it is.
            var version = GetMeta("format");
            if (version is not null && version != format)
                throw new InvalidOperationException(
                    $"{path} was written by another version of {writer} (format {version}; this version uses {format}); "
                        + "delete it to start empty."
                );
            Execute(schema);
            _setMeta = Prepare("INSERT INTO meta (name, value) VALUES (CAST(?1 AS TEXT), ?2) ON CONFLICT (name) DO UPDATE SET value = ?2");
            _begin = Prepare("BEGIN");
            _commit = Prepare("COMMIT");
            if (version is null)
                SetMeta("format"u8, format);
        }
        catch
        {
            Dispose();
            throw;
        }
    }

    public sqlite3 Sqlite { get; }

    public long LastRowId => raw.sqlite3_last_insert_rowid(Sqlite);

    /// <summary>A statement for the life of the file; what runs once is a <see cref="Statement"/> of its own.</summary>
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
        using var read = new Statement(Sqlite, "SELECT value FROM meta WHERE name = ?1");
        return read.Bind(1, name).Step() ? read.Int64(0) : null;
    }

    public void SetMeta(ReadOnlySpan<byte> name, long value) => _setMeta.Bind(1, name).Bind(2, value).Run();

    public void Dispose()
    {
        foreach (var statement in _statements)
            statement.Dispose();
        Sqlite.Dispose();
    }

    // WAL with synchronous=FULL: a commit is on the disk before its senders hear of it, at one flush per commit.
    // Exclusive locking: no shared-memory index, since nobody else may open the file anyway.
    private static string Pragmas(int cacheKiB) =>
        $"""
            PRAGMA page_size = 4096;
            PRAGMA locking_mode = EXCLUSIVE;
            PRAGMA journal_mode = WAL;
            PRAGMA synchronous = FULL;
            PRAGMA wal_autocheckpoint = 4000;
            PRAGMA journal_size_limit = 67108864;
            PRAGMA cache_size = -{cacheKiB};
            PRAGMA temp_store = MEMORY;
            """;

    private void Execute(string sql)
    {
        if (raw.sqlite3_exec(Sqlite, sql) != raw.SQLITE_OK)
            throw new SqliteFileException(Sqlite, sql);
    }
}
