using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>One row of <see cref="Waiting"/>: a message's place in a queue, without its content.</summary>
internal readonly record struct WaitingRow(long Sequence, int Deliveries, long ExpiresAt, long DueAt, byte[]? Changes);

/// <summary>
/// Which message waits where, in the order it will be received: narrow rows that lie together by queue and session, so that five hundred
/// deliveries of a session touch a handful of pages.
/// </summary>
internal sealed class Waiting
{
    private const string Row = "seq, deliveries, expires, due, changes";
    private const string Key = "place = ?1 AND state = ?2 AND session = ?3 AND seq";

    private readonly Statement _insert,
        _scan,
        _find,
        _deliver,
        _undeliver,
        _delete,
        _change,
        _count;

    public Waiting(SqliteFile file)
    {
        _insert = file.Prepare(
            "INSERT INTO waiting (place, state, session, seq, deliveries, expires, due, changes) VALUES (?1, ?2, ?3, ?4, ?5, ?6, ?7, ?8)"
        );
        _scan = file.Prepare($"SELECT {Row} FROM waiting WHERE {Key} > ?4 ORDER BY seq LIMIT ?5");
        _find = file.Prepare($"SELECT {Row} FROM waiting WHERE {Key} = ?4");
        _deliver = file.Prepare($"UPDATE waiting SET deliveries = deliveries + 1 WHERE {Key} BETWEEN ?4 AND ?5");
        _undeliver = file.Prepare($"UPDATE waiting SET deliveries = deliveries - 1 WHERE {Key} = ?4");
        _count = file.Prepare("SELECT count(*) FROM waiting WHERE place = ?1 AND state = ?2");
        _delete = file.Prepare($"DELETE FROM waiting WHERE {Key} BETWEEN ?4 AND ?5");
        _change = file.Prepare($"UPDATE waiting SET changes = ?5 WHERE {Key} = ?4");
    }

    public void Insert(long place, MessageState state, byte[] session, in WaitingRow row) =>
        At(_insert, place, state, session)
            .Bind(4, row.Sequence)
            .Bind(5, row.Deliveries)
            .Bind(6, row.ExpiresAt)
            .Bind(7, row.DueAt)
            .Bind(8, row.Changes)
            .Run();

    /// <summary>Adds up to <paramref name="limit"/> rows after a sequence number, in order.</summary>
    public void Scan(long place, MessageState state, byte[] session, long after, int limit, List<WaitingRow> into)
    {
        At(_scan, place, state, session).Bind(4, after).Bind(5, limit);
        while (_scan.Step())
            into.Add(Read(_scan));
    }

    public WaitingRow? Find(long place, MessageState state, byte[] session, long sequence)
    {
        if (!At(_find, place, state, session).Bind(4, sequence).Step())
            return null;
        var row = Read(_find);
        _find.Reset();
        return row;
    }

    /// <summary>Counts a delivery of every message from first to last of that session.</summary>
    public void CountDelivery(long place, MessageState state, byte[] session, long first, long last) =>
        At(_deliver, place, state, session).Bind(4, first).Bind(5, last).Run();

    /// <summary>Takes one delivery back.</summary>
    public void UncountDelivery(long place, MessageState state, byte[] session, long sequence) =>
        At(_undeliver, place, state, session).Bind(4, sequence).Run();

    /// <summary>Counts by walking an index: for a look at a queue, not for the path of a message.</summary>
    public long Count(long place, MessageState state)
    {
        _count.Bind(1, place).Bind(2, (long)state).Step();
        var count = _count.Int64(0);
        _count.Reset();
        return count;
    }

    public void Delete(long place, MessageState state, byte[] session, long first, long last) =>
        At(_delete, place, state, session).Bind(4, first).Bind(5, last).Run();

    public void Change(long place, MessageState state, byte[] session, long sequence, byte[] changes) =>
        At(_change, place, state, session).Bind(4, sequence).Bind(5, changes).Run();

    private static Statement At(Statement statement, long place, MessageState state, byte[] session) =>
        statement.Bind(1, place).Bind(2, (long)state).Bind(3, session);

    private static WaitingRow Read(Statement row) => new(row.Int64(0), (int)row.Int64(1), row.Int64(2), row.Int64(3), row.BytesOrNull(4));
}
