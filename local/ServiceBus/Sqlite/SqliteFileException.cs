using SQLitePCL;

namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>
/// A SQLite error: the disk is full or gone, or the file is damaged. The engine stops rather than lose count of what is stored.
/// </summary>
internal sealed class SqliteFileException(sqlite3 file, string what)
    : Exception($"SQLite could not run '{what}': {raw.sqlite3_errmsg(file).utf8_to_string()} ({raw.sqlite3_extended_errcode(file)}).")
{
    /// <summary>True if the same file can be gone on with later: the disk was full or away. False if the file itself is wrong.</summary>
    public bool CanPass { get; } =
        (raw.sqlite3_extended_errcode(file) & 0xFF) is raw.SQLITE_FULL or raw.SQLITE_IOERR or raw.SQLITE_CANTOPEN or raw.SQLITE_NOMEM;
}
