using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>One row of <see cref="DueTimes"/>.</summary>
internal readonly record struct DueRow(long At, long Sequence, long Place, byte[] Session);

/// <summary>Messages for which something is to happen at a time: one enters its queue, one with a life of its own expires.</summary>
internal sealed class DueTimes
{
    private readonly Statement _insert,
        _first,
        _delete;

    public DueTimes(SqliteFile file)
    {
        _insert = file.Prepare("INSERT INTO due (at, seq, place, session) VALUES (?1, ?2, ?3, ?4)");
        _first = file.Prepare("SELECT at, seq, place, session FROM due ORDER BY at, seq LIMIT 1");
        _delete = file.Prepare("DELETE FROM due WHERE at = ?1 AND seq = ?2");
        Next = First()?.At ?? long.MaxValue;
    }

    /// <summary>The earliest time at which something is due; it may be early, never late.</summary>
    public long Next { get; private set; }

    public void Insert(in DueRow row)
    {
        _insert.Bind(1, row.At).Bind(2, row.Sequence).Bind(3, row.Place).Bind(4, row.Session).Run();
        Next = Math.Min(Next, row.At);
    }

    public void Delete(long at, long sequence)
    {
        if (at != 0)
            _delete.Bind(1, at).Bind(2, sequence).Run();
    }

    /// <summary>Takes out one row that is due, or answers null.</summary>
    public DueRow? Take(long now)
    {
        if (Next > now)
            return null;
        var first = First();
        Next = first?.At ?? long.MaxValue;
        if (first is not { } row || row.At > now)
            return null;
        Delete(row.At, row.Sequence);
        return row;
    }

    private DueRow? First()
    {
        if (!_first.Step())
            return null;
        var row = new DueRow(_first.Int64(0), _first.Int64(1), _first.Int64(2), _first.Bytes(3));
        _first.Reset();
        return row;
    }
}
