using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>
/// Events replaced by newer events of another channel, such as the till's shipment 1 by the shop's shipment 1. Both are one parcel while
/// their number is one order, and two as soon as it is two orders, whichever of the events arrives last.
/// </summary>
internal static class Overshadowed
{
    /// <summary>What is kept after an event: of every channel but the one whose words hold, its newest ones. Null if none.</summary>
    public static IReadOnlyList<KeptEvent>? After(OrderDocument before, EventHeader header, OrderEvent said)
    {
        if (before.Revision == 0 || OrderFacts.PlaceOf(said) is not { } place)
            return before.Overshadowed;
        var holds = OrderFacts.Of(before).FirstOrDefault(fact => OrderFacts.PlaceOf(fact.Said) == place);
        if (holds.Said is null)
            return before.Overshadowed;
        // The usual case: a system corrects its own event.
        if (before.Overshadowed is null && WhoseIs(holds) == WhoseIs((header, said)))
            return null;
        var kept = OrderFacts.Read(before.Overshadowed).ToLookup(k => OrderFacts.PlaceOf(k.Said) == place);
        List<(EventHeader Header, OrderEvent Said)> rivals = [.. kept[true], holds, (header, said)];
        var newest = rivals.GroupBy(WhoseIs).Select(static by => by.MaxBy(static e => e.Header.Version));
        var behind = kept[false].Concat(newest.OrderByDescending(static e => e.Header.Version).Skip(1));
        List<KeptEvent> all = [.. behind.OrderBy(static e => e.Header.Version).Select(static e => KeptEvent.Of(e.Header, e.Said))];
        return all.Count == 0 ? null : all;
    }

    private static (ChannelId, ChannelId?) WhoseIs((EventHeader Header, OrderEvent Said) said) =>
        (said.Header.Channel, said.Said.OrderChannel);
}
