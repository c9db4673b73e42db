using System.Buffers;
using System.Text;
using SQLitePCL;

namespace Stockgate.Local.ServiceBus.Sqlite;

/// <summary>A prepared statement, bound and run many times.</summary>
internal sealed class Statement : IDisposable
{
    private const int OnStack = 256;

    private readonly sqlite3 _file;
    private readonly sqlite3_stmt _statement;

    public Statement(sqlite3 file, string sql)
    {
        _file = file;
        if (raw.sqlite3_prepare_v3(file, sql, raw.SQLITE_PREPARE_PERSISTENT, out _statement) != raw.SQLITE_OK)
            throw new SqliteFileException(file, sql);
    }

    public Statement Bind(int index, long value)
    {
        raw.sqlite3_bind_int64(_statement, index, value);
        return this;
    }

    public Statement Bind(int index, byte[]? value)
    {
        if (value is null)
            raw.sqlite3_bind_null(_statement, index);
        else
            Bind(index, value.AsSpan());
        return this;
    }

    public Statement Bind(int index, ReadOnlySpan<byte> value)
    {
        // An empty span has no address, which SQLite would take for NULL.
        if (value.IsEmpty)
            raw.sqlite3_bind_zeroblob(_statement, index, 0);
        else
            raw.sqlite3_bind_blob(_statement, index, value);
        return this;
    }

    public Statement Bind(int index, string? value)
    {
        if (value is null)
            raw.sqlite3_bind_null(_statement, index);
        else if (value.Length == 0)
            raw.sqlite3_bind_text(_statement, index, utf8z.FromSpan("\0"u8));
        else
            BindText(index, value);
        return this;
    }

    /// <summary>True while there is a row; after the last one the statement is ready for the next run.</summary>
    public bool Step()
    {
        var result = raw.sqlite3_step(_statement);
        if (result == raw.SQLITE_ROW)
            return true;
        raw.sqlite3_reset(_statement);
        return result == raw.SQLITE_DONE ? false : throw new SqliteFileException(_file, raw.sqlite3_sql(_statement).utf8_to_string());
    }

    public void Run()
    {
        while (Step()) { }
    }

    public void Reset() => raw.sqlite3_reset(_statement);

    public bool IsNull(int column) => raw.sqlite3_column_type(_statement, column) == raw.SQLITE_NULL;

    public long Int64(int column) => raw.sqlite3_column_int64(_statement, column);

    public byte[] Bytes(int column) => raw.sqlite3_column_blob(_statement, column).ToArray();

    public byte[]? BytesOrNull(int column) => IsNull(column) ? null : Bytes(column);

    // By its length: a text may hold a zero, where SQLite's own text would end.
    public string Text(int column) => Encoding.UTF8.GetString(raw.sqlite3_column_blob(_statement, column));

    public string? TextOrNull(int column) => IsNull(column) ? null : Text(column);

    public void Dispose() => _statement.Dispose();

    // SQLite copies the bound data, so the buffer can be reused at once.
    private void BindText(int index, string value)
    {
        byte[]? rented = null;
        var most = Encoding.UTF8.GetMaxByteCount(value.Length);
        var buffer = most <= OnStack ? stackalloc byte[OnStack] : rented = ArrayPool<byte>.Shared.Rent(most);
        raw.sqlite3_bind_text(_statement, index, buffer[..Encoding.UTF8.GetBytes(value, buffer)]);
        if (rented is not null)
            ArrayPool<byte>.Shared.Return(rented);
    }
}
