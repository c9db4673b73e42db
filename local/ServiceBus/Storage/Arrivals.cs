using System.Text;
using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>The newest messages of a lane, which have a content in the file but no row in <see cref="Waiting"/> yet.</summary>
internal sealed class LaneTail(long place, byte[] key)
{
    public long Place => place;

    public byte[] Key => key;

    public List<WaitingRow> Rows { get; } = [];
}

/// <summary>
/// Messages just arrived. Their rows in <see cref="Waiting"/> would dirty a page per session in every commit, so they are written a few
/// thousand at a time, or lane by lane when one is read. Until then the content's row says where the message belongs, which is enough to
/// find it again after a crash: everything above the mark "placed", unless its lane has a later mark of its own.
/// </summary>
internal sealed class Arrivals
{
    private const int Many = 2_048;

    private readonly SqliteFile _file;
    private readonly Waiting _waiting;
    private readonly HashSet<LaneTail> _tails = [];
    private readonly Statement _mark,
        _clearMarks;
    private int _rows,
        _marks;

    public Arrivals(SqliteFile file, Waiting waiting)
    {
        _file = file;
        _waiting = waiting;
        _mark = file.Prepare(
            "INSERT INTO lane_mark (place, session, seq) VALUES (?1, ?2, ?3) ON CONFLICT (place, session) DO UPDATE SET seq = ?3"
        );
        _clearMarks = file.Prepare("DELETE FROM lane_mark");
        Recover();
    }

    public void Add(LaneTail tail, in WaitingRow row)
    {
        if (tail.Rows.Count == 0)
            _tails.Add(tail);
        tail.Rows.Add(row);
        _rows++;
    }

    /// <summary>Before a lane is read: gives its newest messages their rows.</summary>
    public void Place(LaneTail tail)
    {
        if (tail.Rows.Count == 0)
            return;
        _mark.Bind(1, tail.Place).Bind(2, tail.Key).Bind(3, tail.Rows[^1].Sequence).Run();
        _marks++;
        _tails.Remove(tail);
        Write(tail);
    }

    /// <summary>At the end of a group, when there are many.</summary>
    public void PlaceIfMany(long lastSequence)
    {
        if (_rows >= Many || _marks >= Many)
            PlaceAll(lastSequence);
    }

    /// <summary>Gives all new messages their rows; <paramref name="lastSequence"/> is the newest of them.</summary>
    public void PlaceAll(long lastSequence)
    {
        foreach (var tail in _tails)
            Write(tail);
        _tails.Clear();
        _file.SetMeta("placed"u8, lastSequence);
        _clearMarks.Run();
        _marks = 0;
    }

    private void Write(LaneTail tail)
    {
        foreach (var row in tail.Rows)
            _waiting.Insert(tail.Place, MessageState.Active, tail.Key, row);
        _rows -= tail.Rows.Count;
        tail.Rows.Clear();
    }

    // What the last process had not placed when it ended.
    private void Recover()
    {
        _file.Begin();
        var marks = new Dictionary<(long, string), long>();
        using (var read = new Statement(_file.Sqlite, "SELECT place, session, seq FROM lane_mark"))
            while (read.Step())
                marks[(read.Int64(0), Encoding.UTF8.GetString(read.Bytes(1)))] = read.Int64(2);
        var placed = _file.GetMeta("placed") ?? 0;
        using (var bodies = new Statement(_file.Sqlite, "SELECT seq, place, session, expires, due FROM body WHERE seq > ?1 ORDER BY seq"))
        {
            bodies.Bind(1, placed);
            while (bodies.Step())
            {
                var (sequence, place, key) = (bodies.Int64(0), bodies.Int64(1), bodies.Bytes(2));
                placed = sequence;
                if (place == 0 || (marks.TryGetValue((place, Encoding.UTF8.GetString(key)), out var mark) && sequence <= mark))
                    continue;
                _waiting.Insert(place, MessageState.Active, key, new WaitingRow(sequence, 0, bodies.Int64(3), bodies.Int64(4), null));
            }
        }
        PlaceAll(placed);
        _file.Commit();
    }
}
