using System.Collections.Concurrent;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>The delivery links of one connection by name: requests about a session say which link holds it.</summary>
internal sealed class LinkNames
{
    private readonly ConcurrentDictionary<string, DeliveryLink> _links = new(StringComparer.Ordinal);

    public void Add(DeliveryLink link)
    {
        _links[link.Name] = link;
        link.Closed += (_, _) => _links.TryRemove(KeyValuePair.Create(link.Name, link));
    }

    /// <summary>The hold on a session that a link has; null when the link is gone or has none.</summary>
    public SessionLock? SessionOf(string link) => _links.GetValueOrDefault(link)?.SessionLock;
}
