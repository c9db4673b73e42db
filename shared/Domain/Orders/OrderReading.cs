namespace Stockgate.Domain.Orders;

/// <summary>What follows from an order's document.</summary>
public static class OrderReading
{
    public static OrderStatus Status(this OrderDocument order)
    {
        if (order.Placed is null) return order.Refunds.Any(static r => r.Said.Standalone) ? OrderStatus.CreditNote : OrderStatus.Announced;
        if (order.Placed.Said.Fulfilment == Fulfilment.Immediate) return OrderStatus.Delivered;
        var shipped = order.Shipments.Sum(s => s.Said.Lines.Sum(l => l.Quantity.Value));
        // What has left can't be called off: a cancellation that comes after it shows as shipped, and is a case for a return.
        if (order.Cancelled is not null && shipped == 0) return OrderStatus.Cancelled;
        // Units that were paid back before they left are not waited for any more.
        var awaited = order.Placed.Said.Lines.Sum(l => l.Quantity.Value) - order.Refunds.Where(static r => r.Said.Unshipped).Sum(r => r.Said.Lines.Sum(l => l.Quantity.Value));
        if (shipped == 0 && awaited <= 0) return OrderStatus.Cancelled;
        if (shipped == 0) return order.Allocations.Count == 0 ? OrderStatus.Placed : OrderStatus.Allocated;
        if (order.Cancelled is null && shipped < awaited) return OrderStatus.PartlyShipped;
        return order.Shipments.All(s => order.Deliveries.Any(d => d.Said.ShipmentId == s.Said.ShipmentId)) ? OrderStatus.Delivered : OrderStatus.Shipped;
    }

    /// <summary>What the lines come to, before refunds.</summary>
    public static decimal Gross(this OrderDocument order) => order.Placed?.Said.Lines.Sum(static l => l.Amount) ?? 0;

    /// <summary>What went back to the customer.</summary>
    public static decimal Refunded(this OrderDocument order) => order.Refunds.Sum(r => r.Said.Lines.Sum(static l => l.Amount) + r.Said.Adjustment);

    public static Currency? Currency(this OrderDocument order) => order.Placed?.Said.Currency ?? order.Refunds.FirstOrDefault()?.Said.Currency;

    public static string? Customer(this OrderDocument order) => order.Placed?.Said.CustomerId ?? order.Refunds.FirstOrDefault(r => r.Said.CustomerId is not null)?.Said.CustomerId;
}
