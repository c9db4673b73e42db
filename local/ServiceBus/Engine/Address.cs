using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Where messages can be sent: a queue, or a topic with its subscriptions.</summary>
internal sealed class Address(
    long entity,
    string path,
    IReadOnlyList<BrokerQueue> queues,
    bool isTopic,
    TimeSpan defaultTimeToLive,
    DuplicateHistory? history
)
{
    public string Path => path;

    /// <summary>Where scheduled messages wait until they go to the queues.</summary>
    public long Place => entity * 2;

    /// <summary>The queue itself, or a topic's subscriptions.</summary>
    public IReadOnlyList<BrokerQueue> Queues => queues;

    /// <summary>A topic takes a message without a session; a queue with sessions does not.</summary>
    public bool RefusesSessionless => !isTopic && queues[0].HasSessions;

    public TimeSpan DefaultTimeToLive => defaultTimeToLive;

    public DuplicateHistory? History => history;
}
