using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Origins;

namespace Stockgate.Domain.Orders;

/// <summary>Compares a repeated event with the applied one.</summary>
public static class OrderRepeat
{
    /// <summary>
    /// True if the order has the event's id with different content. Replaced events are not stored and so can't conflict.
    /// </summary>
    public static bool IsContradictedBy(this OrderDocument order, EventHeader header, OrderEvent said) =>
        order.HasApplied(header) && OrderFacts.Of(order).Any(known => Repeat.Contradicts(header, said, known.Header.Version, known.Said));
}
