using SQLitePCL;

namespace Stockgate.Emulator.ServiceBus.Storage;

/// <summary>A prepared statement, bound and run many times.</summary>
internal sealed class Statement : IDisposable
{
    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 file, string sql)
    {
        _file = file;
        if (raw.sqlite3_prepare_v3(file, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement) != raw.SQLITE_OK) throw new BrokerFileException(file, sql);
    }

    public Statement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(_statement, index, value);
        return this;
    }

    public Statement Bind(int index, byte[]? value)
    {
        if (value is null) raw.sqlite3_bind_null(_statement, index);
        // An empty span has no address, which SQLite would take for NULL.
        else if (value.Length == 0) raw.sqlite3_bind_zeroblob(_statement, index, 0);
        else raw.sqlite3_bind_blob(_statement, index, value);
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        raw.sqlite3_bind_blob(_statement, index, value);
        return this;
    }

    /// <summary>True while there is a row; after the last one the statement is ready for the next run.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW) return true;
        raw.sqlite3_reset(_statement);
        return result == raw.SQLITE_DONE ? false : throw new BrokerFileException(_file, raw.sqlite3_sql(_statement).utf8_to_string());
    }

    public void Run()
    {
        while (Step())
        {
        }
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public byte[]? BytesOrNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL ? null : Bytes(column);

    public string Text(int column) => raw.sqlite3_column_text(_statement, column).utf8_to_string();

    public void Dispose() => _statement.Dispose();
}

/// <summary>SQLite refused something: the disk is full or gone, or the file is damaged. The broker stops rather than lose count of what is stored.</summary>
internal sealed class BrokerFileException(sqlite3 file, string what)
    : Exception($"SQLite could not run '{what}': {raw.sqlite3_errmsg(file).utf8_to_string()} ({raw.sqlite3_extended_errcode(file)}).");
