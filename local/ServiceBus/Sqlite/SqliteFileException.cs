using SQLitePCL;

namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>
/// SQLite refused something: the disk is full or gone, or the file is damaged. The engine stops rather than lose count of what is stored.
/// </summary>
internal sealed class SqliteFileException(sqlite3 file, string what)
    : Exception($"SQLite could not run '{what}': {raw.sqlite3_errmsg(file).utf8_to_string()} ({raw.sqlite3_extended_errcode(file)}).");
