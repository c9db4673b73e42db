using System.Text;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>Gives the events of a shop their identity: <c>SYSTEM/CHANNEL</c> as source, and an id of bounded length.</summary>
/// <param name="system">The shop's software, in lower case.</param>
/// <param name="shop">The shop.</param>
internal sealed class ShopEvents(string system, ChannelShop shop)
{
    // An event's id has 256 characters, and what it is made of may have more.
    private const int LongestId = 240,
        ShownOfId = 150;

    private readonly string source = $"{system}/{shop.Channel}";

    public ChannelShop Shop => shop;

    /// <param name="id">The same for the same statement, however often it is delivered.</param>
    /// <param name="at">When it happened.</param>
    /// <param name="data">The statement.</param>
    /// <param name="sequence">Orders statements of one moment.</param>
    public TranslatedEvent Of(string id, DateTimeOffset at, ChannelEvent data, long sequence = 0) =>
        new(new EventHeader(shop.Channel, source, Bounded(id), at, sequence), data);

    /// <summary>
    /// A statement that may be made again with other words or at another time, such as of a resource that is sent whole with every change:
    /// both are a part of its id, so that it is another event then.
    /// </summary>
    public TranslatedEvent Told(string id, DateTimeOffset at, ChannelEvent data, long sequence = 0)
    {
        var words = DeliveryHeaders.Digest(Encoding.UTF8.GetString(EventTypes.TextOf(data)));
        return Of($"{id}:{at.ToUnixTimeMilliseconds()}:{words}", at, data, sequence);
    }

    private static string Bounded(string id) => id.Length <= LongestId ? id : $"{id[..ShownOfId]}~{DeliveryHeaders.Digest(id)}";
}
