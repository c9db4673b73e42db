using Stockgate.Domain.Ingest;
using Stockgate.Domain.Orders.Origins;

namespace Stockgate.Domain.Orders;

/// <summary>Whether an event that an order has applied before says what it said then.</summary>
public static class OrderRepeat
{
    /// <summary>True where the order knows the event's id for something else. What newer words replaced is not kept,
    /// and can't be contradicted.</summary>
    public static bool IsContradictedBy(this OrderDocument order, EventHeader header, OrderEvent said) =>
        order.HasApplied(header) && OrderFacts.Of(order).Any(known => Repeat.Contradicts(header, said, known.Header.Version, known.Said));
}
