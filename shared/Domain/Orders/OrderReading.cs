using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Origins;

namespace Stockgate.Domain.Orders;

/// <summary>What follows from an order's document.</summary>
public static class OrderReading
{
    public static OrderStatus Status(this OrderDocument order)
    {
        if (order.Placed is null)
            return order.Refunds.Any(static r => r.Said.Standalone) ? OrderStatus.CreditNote : OrderStatus.Announced;
        if (order.Placed.Said.Fulfilment == Fulfilment.Immediate)
            return OrderStatus.Delivered;
        var shipped = order.Parcels().Sum(s => s.Said.Lines.Sum(l => l.Quantity.Value));
        // What has left can't be cancelled: a cancellation that comes after it shows as shipped, and is a case for a return.
        if (order.Cancelled is not null && shipped == 0)
            return OrderStatus.Cancelled;
        // Units that were paid back before they left are not waited for any more. A substitution replaces unit for unit: the number stays.
        var awaited = order.Placed.Said.Lines.Sum(l => l.Quantity.Value) - CalledOffUnits.Of(order).Sum(static c => c.Value.Value);
        // Lines without stock wait for no parcel.
        if (order.Placed.Said.Lines.Count == 0)
            return OrderStatus.Delivered;
        if (shipped == 0 && awaited <= 0)
            return OrderStatus.Cancelled;
        if (shipped == 0)
            return order.Allocations.Count == 0 ? OrderStatus.Placed : OrderStatus.Allocated;
        if (order.Cancelled is null && shipped < awaited)
            return OrderStatus.PartlyShipped;
        return order.Parcels().All(s => order.Deliveries.Any(d => d.Said.ShipmentId == s.Said.ShipmentId))
            ? OrderStatus.Delivered
            : OrderStatus.Shipped;
    }

    /// <summary>The channel of the order: the one that placed it, or that other events name; null if unknown.</summary>
    public static ChannelId? Origin(this OrderDocument order) => order.OrderId.Origin ?? OrderOwners.OwnerOf(order)?.Channel;

    /// <summary>The order's number with the channel that it comes from, <c>till:1001</c>; null if that is not known.</summary>
    public static string? QualifiedId(this OrderDocument order) =>
        order.Origin() is { } origin ? SharedNumber.NameOf(origin, order.OrderId) : null;

    /// <summary>True if another channel has an order of the number too.</summary>
    public static bool SharesNumber(this OrderDocument order) => order.OrderId.Origin is not null || order.OtherOrigins is not null;

    /// <summary>What is to be delivered: the lines as ordered, with the substitutions in them.</summary>
    public static IReadOnlyList<OrderLine> Lines(this OrderDocument order) => OrderSubstitutions.LinesOf(order);

    /// <summary>Shipments that left: not those that were cancelled afterwards.</summary>
    public static IEnumerable<Fact<OrderShipped>> Parcels(this OrderDocument order) => order.Shipments.Where(static s => !s.Said.Cancelled);

    /// <summary>
    /// What the lines come to, with stock or without, substitutes at their own price, before refunds and without tax on top.
    /// </summary>
    public static decimal Gross(this OrderDocument order) => order.Lines().Sum(static l => l.Amount) + UnstockedAmount(order);

    /// <summary>What the customer pays: the lines, and tax, shipping, duties and tips on top of them.</summary>
    public static decimal Total(this OrderDocument order) => order.Gross() + OnTop(order, order.Lines());

    /// <summary>What went back to the customer, in the order's currency; a refund in another one is never summed.</summary>
    public static decimal Refunded(this OrderDocument order) => order.OwnRefunds().Sum(static r => r.Amount);

    /// <summary>Refunds in the order's currency.</summary>
    internal static IEnumerable<OrderRefunded> OwnRefunds(this OrderDocument order) =>
        order.Refunds.Select(static r => r.Said).Where(r => r.Currency == order.Currency());

    /// <summary>The charged amount in the order's currency; null if no payments are reported for this order.</summary>
    public static decimal? Paid(this OrderDocument order) => Payments(order, static p => p.Captured);

    /// <summary>
    /// The amount authorized but not charged yet, in the order's currency; null if no payments are reported for this order.
    /// </summary>
    public static decimal? Authorized(this OrderDocument order) => Payments(order, static p => !p.Captured);

    /// <summary>
    /// What can still go back to the customer, in the order's currency, never below zero: <see cref="Total"/> less <see cref="Refunded"/>
    /// and less refunds that are on their way. Where payments are reported, what was <see cref="Paid"/>, but no more than the order ever
    /// came to, less what went back: of a dearer article that was paid, and replaced by a cheaper one, all of the price can go back.
    /// </summary>
    public static decimal RefundableAmount(this OrderDocument order)
    {
        if (order.Placed?.Said.Test == true)
            return 0;
        var most = order.Paid() is { } paid ? Math.Min(paid, Math.Max(order.Total(), order.TotalAsPlaced())) : order.Total();
        return Math.Max(0, most - order.Refunded() - order.OwnRefunds().Sum(static r => r.Pending));
    }

    /// <summary>The total of the lines before substitutions.</summary>
    internal static decimal GrossAsPlaced(this OrderDocument order) =>
        (order.Placed?.Said.Lines.Sum(static l => l.Amount) ?? 0) + UnstockedAmount(order);

    /// <summary>What the customer was to pay before any substitution.</summary>
    internal static decimal TotalAsPlaced(this OrderDocument order) => order.GrossAsPlaced() + OnTop(order, order.Placed?.Said.Lines ?? []);

    private static decimal UnstockedAmount(OrderDocument order) => order.Placed?.Said.Unstocked.Sum(static l => l.Amount) ?? 0;

    private static decimal OnTop(OrderDocument order, IReadOnlyList<OrderLine> lines) =>
        lines.Sum(static l => l.Tax) + (order.Placed?.Said.Unstocked.Sum(static l => l.Tax) ?? 0) + (order.Placed?.Said.Charges?.Sum ?? 0);

    public static bool IsHeld(this OrderDocument order) => order.Handling?.Held?.Said.Held ?? false;

    /// <summary>The destination: the newer of the placement's and a later change's; null if neither has one.</summary>
    public static ShipTo? ShipTo(this OrderDocument order) =>
        order.Handling?.AddressChanged is { } changed
        && (order.Placed?.Said.ShipTo is null || changed.Version.IsNewerThan(order.Placed.Version))
            ? changed.Said.ShipTo
            : order.Placed?.Said.ShipTo;

    /// <summary>Units picked, by SKU and location; what was shipped since is among them.</summary>
    public static IReadOnlyDictionary<(Sku Sku, LocationId Location), Quantity> Picked(this OrderDocument order) =>
        StockPostings.Sum(
            (order.Handling?.Picks ?? []).SelectMany(static p => p.Said.Lines),
            static l => (l.Sku, l.Location),
            static l => l.Quantity
        );

    /// <summary>Units not found when picking, by SKU and location.</summary>
    public static IReadOnlyDictionary<(Sku Sku, LocationId Location), Quantity> NotFound(this OrderDocument order) =>
        StockPostings.Sum(
            (order.Handling?.Picks ?? []).SelectMany(static p => p.Said.Short),
            static l => (l.Sku, l.Location),
            static l => l.Quantity
        );

    /// <summary>Units shipped, by SKU.</summary>
    public static IReadOnlyDictionary<Sku, Quantity> Shipped(this OrderDocument order) =>
        StockPostings.Sum(order.Parcels().SelectMany(static s => s.Said.Lines), static l => l.Sku, static l => l.Quantity);

    /// <summary>Units that will not ship because their money goes back, by the SKU that the refunds name.</summary>
    public static IReadOnlyDictionary<Sku, Quantity> CalledOff(this OrderDocument order) => CalledOffUnits.Of(order);

    /// <summary>The channel's answer to an action's revision; null without an answer.</summary>
    public static OrderActionAnswered? AnswerTo(this OrderDocument order, ActionId action, int revision) =>
        order.Handling?.Answers.FirstOrDefault(a => a.Said.ActionId == action && a.Said.Revision == revision)?.Said;

    public static Currency? Currency(this OrderDocument order) =>
        order.Placed?.Said.Currency ?? order.Refunds.FirstOrDefault()?.Said.Currency;

    public static string? Customer(this OrderDocument order) =>
        order.Placed?.Said.CustomerId ?? order.Refunds.FirstOrDefault(r => r.Said.CustomerId is not null)?.Said.CustomerId;

    private static decimal? Payments(OrderDocument order, Func<OrderPaid, bool> counted) =>
        order.Handling is { Payments.Count: > 0 } handling
            ? handling.Payments.Where(p => p.Said.Currency == order.Currency() && counted(p.Said)).Sum(static p => p.Said.Amount)
            : null;
}
