using System.Buffers.Binary;
using Stockgate.Local.ServiceBus.Sqlite;

namespace Stockgate.Local.ServiceBus.Storage;

/// <summary>
/// The message ids an entity took within its history window. Ids are random, so an index of all of them would dirty a page per message.
/// New ids are appended to a log and kept in memory; every few thousand are sorted and appended as a run, of which only a filter stays in
/// memory. A run that is older than the window goes as a whole.
/// </summary>
internal sealed class DuplicateHistory
{
    private const int RunLength = 4096;

    private readonly long _entity;
    private readonly long _window;
    private readonly Dictionary<UInt128, long> _recent = new(RunLength);
    private readonly List<(long Id, long Until, IdFilter Filter)> _runs = [];
    private readonly Statement _log,
        _clearLog,
        _insertRun,
        _insertInRun,
        _find,
        _deleteRun,
        _deleteInRun;

    public DuplicateHistory(SqliteFile file, long entity, TimeSpan window)
    {
        _entity = entity;
        _window = window.Ticks;
        _log = file.Prepare("INSERT INTO seen (entity, hash, at) VALUES (?1, ?2, ?3)");
        _clearLog = file.Prepare("DELETE FROM seen WHERE entity = ?1");
        _insertRun = file.Prepare("INSERT INTO seen_run (entity, until) VALUES (?1, ?2) RETURNING id");
        _insertInRun = file.Prepare("INSERT INTO seen_in_run (run, hash, at) VALUES (?1, ?2, ?3)");
        _find = file.Prepare("SELECT at FROM seen_in_run WHERE run = ?1 AND hash = ?2");
        _deleteRun = file.Prepare("DELETE FROM seen_run WHERE id = ?1");
        _deleteInRun = file.Prepare("DELETE FROM seen_in_run WHERE run = ?1");
        Load(file);
    }

    /// <summary>True when the id is new within the window; it is then remembered.</summary>
    public bool Remember(UInt128 hash, long now)
    {
        if (_recent.TryGetValue(hash, out var at) && at + _window > now)
            return false;
        foreach (var (id, until, filter) in _runs)
            if (until + _window > now && filter.MayHave(hash) && SeenInRun(id, hash, now))
                return false;
        _recent[hash] = now;
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        _log.Bind(1, _entity).Bind(2, bytes).Bind(3, now).Run();
        if (_recent.Count >= RunLength)
            CloseRun(now);
        return true;
    }

    private bool SeenInRun(long run, UInt128 hash, long now)
    {
        Span<byte> bytes = stackalloc byte[16];
        BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
        if (!_find.Bind(1, run).Bind(2, bytes).Step())
            return false;
        var at = _find.Int64(0);
        _find.Reset();
        return at + _window > now;
    }

    private void CloseRun(long now)
    {
        Forget(now);
        // A row of RETURNING first, then the end: only then is the insert done.
        _insertRun.Bind(1, _entity).Bind(2, now).Step();
        var run = _insertRun.Int64(0);
        while (_insertRun.Step()) { }
        var filter = new IdFilter(RunLength);
        Span<byte> bytes = stackalloc byte[16];
        foreach (var (hash, at) in _recent.OrderBy(pair => pair.Key))
        {
            BinaryPrimitives.WriteUInt128BigEndian(bytes, hash);
            _insertInRun.Bind(1, run).Bind(2, bytes).Bind(3, at).Run();
            filter.Add(hash);
        }
        _runs.Add((run, now, filter));
        _recent.Clear();
        _clearLog.Bind(1, _entity).Run();
    }

    private void Forget(long now)
    {
        while (_runs.Count > 0 && _runs[0].Until + _window <= now)
        {
            _deleteInRun.Bind(1, _runs[0].Id).Run();
            _deleteRun.Bind(1, _runs[0].Id).Run();
            _runs.RemoveAt(0);
        }
    }

    private void Load(SqliteFile file)
    {
        using var recent = new Statement(file.Sqlite, "SELECT hash, at FROM seen WHERE entity = ?1");
        recent.Bind(1, _entity);
        while (recent.Step())
            _recent[BinaryPrimitives.ReadUInt128BigEndian(recent.Bytes(0))] = recent.Int64(1);
        using var runs = new Statement(file.Sqlite, "SELECT id, until FROM seen_run WHERE entity = ?1 ORDER BY id");
        using var hashes = new Statement(file.Sqlite, "SELECT hash FROM seen_in_run WHERE run = ?1");
        runs.Bind(1, _entity);
        while (runs.Step())
        {
            var filter = new IdFilter(RunLength);
            hashes.Bind(1, runs.Int64(0));
            while (hashes.Step())
                filter.Add(BinaryPrimitives.ReadUInt128BigEndian(hashes.Bytes(0)));
            _runs.Add((runs.Int64(0), runs.Int64(1), filter));
        }
    }
}
