using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>
/// The contents of messages, in the order they arrived. Messages of one session lie far apart here, so deleting each as it is settled would
/// rewrite a page per message. Instead a bit per message says whether it is still wanted, and a stretch of the file is freed at once when
/// hardly any of its messages are.
/// </summary>
internal sealed class Bodies
{
    private const int SegmentLength = 1024;
    private const int SegmentBytes = 2 * 1024 * 1024;

    private readonly Dictionary<long, Segment> _segments = [];
    private readonly Statement _insert,
        _read,
        _delete,
        _next;
    private long _current = -1;
    private long _currentBytes;

    public Bodies(SqliteFile file)
    {
        _insert = file.Prepare(
            "INSERT INTO body (seq, enqueued, place, session, expires, due, content) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7)"
        );
        _read = file.Prepare("SELECT enqueued, content FROM body WHERE seq = ?1");
        _delete = file.Prepare("DELETE FROM body WHERE seq BETWEEN ?1 AND ?2");
        _next = file.Prepare("SELECT seq FROM body WHERE seq >= ?1 ORDER BY seq LIMIT 1");
    }

    /// <summary>The number after <paramref name="last"/>: a new stretch begins when the current one has grown big.</summary>
    public long NextAfter(long last)
    {
        var next = last + 1;
        return next / SegmentLength != _current || _currentBytes < SegmentBytes ? next : (_current + 1) * SegmentLength;
    }

    /// <summary>Stores a content; the caller writes its row in <see cref="Waiting"/>.</summary>
    public void Insert(long sequence, long enqueuedAt, byte[] content) => Insert(sequence, enqueuedAt, content, 0, [], default);

    /// <summary>Stores a content with the place it takes in its queue.</summary>
    public void Insert(long sequence, long enqueuedAt, byte[] content, long place, byte[] session, in WaitingRow row)
    {
        _insert
            .Bind(1, sequence)
            .Bind(2, enqueuedAt)
            .Bind(3, place)
            .Bind(4, session)
            .Bind(5, row.ExpiresAt)
            .Bind(6, row.DueAt)
            .Bind(7, content)
            .Run();
        Track(sequence);
        _currentBytes += content.Length;
    }

    /// <summary>Marks a message found in the file as wanted.</summary>
    public void Track(long sequence)
    {
        var index = sequence / SegmentLength;
        if (index > _current)
        {
            var closed = _current;
            _current = index;
            _currentBytes = 0;
            if (_segments.TryGetValue(closed, out var full))
                Shrink(closed, full);
        }
        if (!_segments.TryGetValue(index, out var segment))
            _segments[index] = segment = new Segment();
        segment.Add((int)(sequence % SegmentLength));
    }

    public (long EnqueuedAt, byte[] Content) Read(long sequence)
    {
        if (!_read.Bind(1, sequence).Step())
            throw new InvalidDataException($"The broker's file has no content for message {sequence}.");
        var found = (_read.Int64(0), _read.Bytes(1));
        _read.Reset();
        return found;
    }

    public bool IsWanted(long sequence) =>
        _segments.TryGetValue(sequence / SegmentLength, out var segment) && segment.Has((int)(sequence % SegmentLength));

    /// <summary>The first message still wanted from this number on.</summary>
    public long? NextWanted(long from)
    {
        for (var sequence = from; _next.Bind(1, sequence).Step(); sequence++)
        {
            sequence = _next.Int64(0);
            _next.Reset();
            if (IsWanted(sequence))
                return sequence;
        }
        return null;
    }

    public void Free(long sequence)
    {
        var index = sequence / SegmentLength;
        var segment = _segments[index];
        segment.Remove((int)(sequence % SegmentLength));
        if (segment.Thinned)
            _delete.Bind(1, sequence).Bind(2, sequence).Run();
        if (index < _current)
            Shrink(index, segment);
    }

    /// <summary>After opening: frees what was no longer wanted when the last process ended.</summary>
    public void Sweep()
    {
        for (long from = 0; _next.Bind(1, from).Step(); )
        {
            var index = _next.Int64(0) / SegmentLength;
            _next.Reset();
            if (_segments.TryGetValue(index, out var segment))
                FreeGaps(index, segment);
            else
                _delete.Bind(1, index * SegmentLength).Bind(2, (index + 1) * SegmentLength - 1).Run();
            from = (index + 1) * SegmentLength;
        }
    }

    private void Shrink(long index, Segment segment)
    {
        if (segment.Live == 0)
        {
            _segments.Remove(index);
            if (!segment.Thinned)
                _delete.Bind(1, index * SegmentLength).Bind(2, (index + 1) * SegmentLength - 1).Run();
        }
        else if (!segment.Thinned && segment.Live <= segment.Total / 16)
        {
            // Few are left, so each is deleted when it is settled.
            FreeGaps(index, segment);
            segment.Thinned = true;
        }
    }

    private void FreeGaps(long index, Segment segment)
    {
        var first = index * SegmentLength;
        var gap = 0;
        for (var offset = 0; offset <= SegmentLength; offset++)
        {
            if (offset < SegmentLength && !segment.Has(offset))
                continue;
            if (offset > gap)
                _delete.Bind(1, first + gap).Bind(2, first + offset - 1).Run();
            gap = offset + 1;
        }
    }

    private sealed class Segment
    {
        private readonly ulong[] _bits = new ulong[SegmentLength / 64];

        public int Live { get; private set; }

        public int Total { get; private set; }

        public bool Thinned { get; set; }

        public bool Has(int offset) => (_bits[offset >> 6] & (1UL << offset)) != 0;

        public void Add(int offset)
        {
            _bits[offset >> 6] |= 1UL << offset;
            Live++;
            Total++;
        }

        public void Remove(int offset)
        {
            _bits[offset >> 6] &= ~(1UL << offset);
            Live--;
        }
    }
}
