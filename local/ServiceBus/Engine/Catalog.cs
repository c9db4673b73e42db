using System.Text;
using Stockgate.Local.ServiceBus.Config;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>The declared entities by name. Names compare ignoring case, as the real service's do.</summary>
internal sealed class Catalog
{
    private readonly Dictionary<string, Address> _addresses = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<string, BrokerQueue> _queues = new(StringComparer.OrdinalIgnoreCase);
    private readonly Dictionary<long, BrokerQueue> _byPlace = [];
    private readonly Dictionary<long, Address> _addressByPlace = [];
    private readonly Broker _broker;
    private readonly EntitySettings _settings;

    public Catalog(Broker broker, SqliteFile file, EntitySettings settings)
    {
        _broker = broker;
        _settings = settings;
        foreach (var queue in settings.Queues)
        {
            var declared = Add(file, queue.Name, queue);
            var history = History(file, declared.Entity, queue.DuplicateHistory);
            Add(new Address(declared.Entity, queue.Name, [declared], isTopic: false, TimeSpan.MaxValue, history));
        }
        foreach (var topic in settings.Topics)
        {
            var id = EntityId(file, topic.Name, sessions: false);
            var subscriptions = topic
                .Subscriptions.Select(subscription => Add(file, SubscriptionPath(topic.Name, subscription.Name), subscription))
                .ToList();
            var history = History(file, id, topic.DuplicateHistory);
            Add(new Address(id, topic.Name, subscriptions, isTopic: true, topic.DefaultMessageTimeToLive, history));
        }
    }

    public IEnumerable<BrokerQueue> Queues => _byPlace.Values;

    public IEnumerable<Address> Addresses => _addresses.Values;

    public static string SubscriptionPath(string topic, string subscription) => $"{topic}/Subscriptions/{subscription}";

    public Address Address(string path) => _addresses.TryGetValue(path, out var address) ? address : throw NotFound(path);

    /// <summary>A queue, a subscription as topic/Subscriptions/name, or the dead letters of either.</summary>
    public BrokerQueue Queue(string path)
    {
        var isDeadLetter = path.EndsWith(BrokerQueue.DeadLetterSuffix, StringComparison.OrdinalIgnoreCase);
        var name = isDeadLetter ? path[..^BrokerQueue.DeadLetterSuffix.Length] : path;
        if (!_queues.TryGetValue(name, out var queue))
            throw NotFound(path);
        return isDeadLetter ? queue.DeadLetters! : queue;
    }

    /// <summary>True for a topic: it can be sent to, and looked at through its subscriptions only.</summary>
    public bool IsTopic(string path) => _addresses.ContainsKey(path) && !_queues.ContainsKey(path);

    public BrokerQueue? QueueAt(long place) => _byPlace.GetValueOrDefault(place);

    public Address? AddressAt(long place) => _addressByPlace.GetValueOrDefault(place);

    /// <summary>Counts what waits in the file; one pass over narrow rows, none of them kept.</summary>
    public void Load(SqliteFile file)
    {
        using var rows = new Statement(file.Sqlite, "SELECT place, state, session, seq FROM waiting ORDER BY place, state, session, seq");
        (long Place, byte[] Key, Lane? Lane) last = (-1, [], null);
        while (rows.Step())
        {
            _broker.Bodies.Track(rows.Int64(3));
            if (rows.Int64(1) != (long)MessageState.Active)
                continue;
            var place = rows.Int64(0);
            var key = rows.Bytes(2);
            if (place != last.Place || !key.AsSpan().SequenceEqual(last.Key))
                last = (place, key, QueueAt(place)?.LaneAt(key));
            if (last.Lane is null)
                continue;
            last.Lane.Count++;
            last.Lane.Queue.Arrived(last.Lane);
        }
        file.Begin();
        _broker.Bodies.Sweep();
        file.Commit();
    }

    private static DuplicateHistory? History(SqliteFile file, long entity, TimeSpan? window) =>
        window is { } length ? new DuplicateHistory(file, entity, length) : null;

    private void Add(Address address)
    {
        _addresses.Add(address.Path, address);
        _addressByPlace.Add(address.Place, address);
    }

    private BrokerQueue Add(SqliteFile file, string path, QueueSettings settings)
    {
        var queue = new BrokerQueue(_broker, EntityId(file, path, settings.RequiresSession), path, settings);
        _queues.Add(path, queue);
        _byPlace.Add(queue.Place, queue);
        _byPlace.Add(queue.DeadLetters!.Place, queue.DeadLetters);
        return queue;
    }

    // The file knows entities by number; a number stays with its path for the life of the file.
    private long EntityId(SqliteFile file, string path, bool sessions)
    {
        using var find = new Statement(
            file.Sqlite,
            "SELECT id, sessions, EXISTS (SELECT 1 FROM waiting WHERE place = id * 2) FROM entity WHERE path = CAST(?1 AS TEXT)"
        );
        var name = Encoding.UTF8.GetBytes(path.ToLowerInvariant());
        if (find.Bind(1, name).Step())
        {
            var (id, had, used) = (find.Int64(0), find.Int64(1) != 0, find.Int64(2) != 0);
            if (had != sessions && used)
                throw new InvalidOperationException(
                    $"{_settings.File}: '{path}', property RequiresSession: it was {(had ? "true" : "false")} "
                        + $"when the messages waiting in {_broker.Path} were sent. Drain the queue first, or delete the file."
                );
            if (had == sessions)
                return id;
            find.Reset();
            using var change = new Statement(file.Sqlite, "UPDATE entity SET sessions = ?2 WHERE id = ?1");
            change.Bind(1, id).Bind(2, sessions ? 1 : 0).Run();
            return id;
        }
        using var insert = new Statement(file.Sqlite, "INSERT INTO entity (path, sessions) VALUES (CAST(?1 AS TEXT), ?2)");
        insert.Bind(1, name).Bind(2, sessions ? 1 : 0).Run();
        return file.LastRowId;
    }

    private BrokerException NotFound(string path) =>
        new($"The messaging entity '{path}' could not be found. Declare it in {_settings.File}.", BrokerFailure.EntityNotFound);
}
