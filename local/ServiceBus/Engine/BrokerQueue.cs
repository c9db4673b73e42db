using System.Text;
using Stockgate.Local.ServiceBus.Config;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>A queue, a subscription, or the dead letters of either.</summary>
internal sealed class BrokerQueue
{
    public const string DeadLetterSuffix = "/$DeadLetterQueue";

    private readonly Broker _broker;
    private readonly Dictionary<string, Lane> _sessions = [];
    private readonly Queue<Lane> _line = [];

    public BrokerQueue(Broker broker, long entity, string path, QueueSettings settings, bool isDeadLetter = false)
    {
        _broker = broker;
        Entity = entity;
        Path = path;
        Settings = settings;
        IsDeadLetter = isDeadLetter;
        Place = entity * 2 + (isDeadLetter ? 1 : 0);
        Whole = new Lane(this, null);
        DeadLetters = isDeadLetter ? null : new BrokerQueue(broker, entity, path + DeadLetterSuffix, settings, isDeadLetter: true);
    }

    public long Entity { get; }

    public long Place { get; }

    public string Path { get; }

    /// <summary>The queue whose dead letters these are; null for any other queue.</summary>
    public string? DeadLetterSource => IsDeadLetter ? Path[..^DeadLetterSuffix.Length] : null;

    public QueueSettings Settings { get; }

    public bool IsDeadLetter { get; }

    /// <summary>Dead letters have no sessions, whatever their queue has.</summary>
    public bool HasSessions => Settings.RequiresSession && !IsDeadLetter;

    public BrokerQueue? DeadLetters { get; }

    /// <summary>The lane of a queue without sessions.</summary>
    public Lane Whole { get; }

    public IEnumerable<Lane> Lanes => _sessions.Values.Append(Whole);

    public LinkedList<AcceptOperation> Accepting { get; } = [];

    public bool Stirred { get; set; }

    public Lane LaneOf(string? sessionId)
    {
        if (!HasSessions || sessionId is null)
            return Whole;
        if (!_sessions.TryGetValue(sessionId, out var lane))
            _sessions[sessionId] = lane = new Lane(this, sessionId);
        return lane;
    }

    /// <summary>The lane whose rows have this key. An empty key is a session with an empty name where there are sessions.</summary>
    public Lane LaneAt(byte[] key) => HasSessions ? LaneOf(Encoding.UTF8.GetString(key)) : Whole;

    /// <summary>A message of the lane can be received: wakes the waiting receiver.</summary>
    public void Arrived(Lane lane)
    {
        if (lane.Receivers.Count > 0)
            _broker.Stir(lane);
        if (!HasSessions || lane.Lock is not null || lane.InLine || !lane.HasMessages)
            return;
        lane.InLine = true;
        _line.Enqueue(lane);
        if (Accepting.Count > 0)
            _broker.Stir(this);
    }

    /// <summary>The session that has waited longest for a receiver.</summary>
    public Lane? NextInLine()
    {
        while (_line.TryDequeue(out var lane))
        {
            lane.InLine = false;
            if (lane.Lock is null && lane.HasMessages)
                return lane;
            Forget(lane);
        }
        return null;
    }

    /// <summary>Drops the counters of an unused session.</summary>
    public void Forget(Lane lane)
    {
        if (lane is { SessionId: { } id, Count: 0, Lock: null, InLine: false, Receivers.Count: 0 })
            _sessions.Remove(id);
    }
}
