using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Orders.Origins;

/// <summary>A channel that uses an order number.</summary>
/// <param name="Channel">Its name.</param>
/// <param name="IsOrder">False if it is a credit note and no order, which other systems' events are never about.</param>
internal sealed record OrderOwner(ChannelId Channel, bool IsOrder);

/// <summary>The owners of an order number: the order whose id is the number alone, and the others.</summary>
/// <param name="Number">The number.</param>
/// <param name="Plain">The channel whose order id is the number alone; null while unknown.</param>
/// <param name="Others">Channels whose order ids include the channel.</param>
internal sealed record OrderOwners(OrderId Number, OrderOwner? Plain, IReadOnlyList<OrderOwner> Others)
{
    /// <summary>The channels that have an order of the number, the one that has it alone first.</summary>
    public IReadOnlyList<ChannelId> Orders => [.. All.Where(static o => o.IsOrder).Select(static o => o.Channel)];

    public static OrderOwners Of(OrderDocument plain, IEnumerable<OrderDocument> others) =>
        new(plain.OrderId, OwnerOf(plain), [.. others.Select(static o => OwnerOf(o) ?? new OrderOwner(o.OrderId.Origin!.Value, false))]);

    /// <summary>Whose order an event says that it is about; null if it names the number alone.</summary>
    public static ChannelId? ClaimOf(ChannelId channel, OrderEvent said) =>
        said.OrderChannel ?? (said is OrderPlaced or OrderRefunded { Standalone: true } ? channel : null);

    /// <summary>The owner that the facts of a document name; all that name one name the same.</summary>
    public static OrderOwner? OwnerOf(OrderDocument order)
    {
        if (order.Placed is { } placed)
            return new OrderOwner(placed.Said.OrderChannel ?? placed.Channel, true);
        OrderOwner? owner = null;
        if (order.Revision == 0)
            return owner;
        foreach (var (header, said) in OrderFacts.Of(order))
            if (owner is not { IsOrder: true } && ClaimOf(header.Channel, said) is { } claim)
                owner = new OrderOwner(claim, NamesOrder(said));
        return owner;
    }

    /// <summary>The owners after an event: one more where it names a channel that had nothing under the number.</summary>
    public OrderOwners With(ChannelId channel, OrderEvent said)
    {
        if (ClaimOf(channel, said) is not { } claim)
            return this;
        var owner = new OrderOwner(claim, NamesOrder(said));
        if (Plain is null)
            return this with { Plain = owner };
        if (Plain.Channel == claim)
            return owner.IsOrder && !Plain.IsOrder ? this with { Plain = owner } : this;
        if (Others.FirstOrDefault(o => o.Channel == claim) is { } there)
            return owner.IsOrder && !there.IsOrder ? this with { Others = [.. Others.Where(o => o != there), owner] } : this;
        // The number alone is an order's before it is a credit note's: what says nothing more is about the order.
        return owner.IsOrder && !Plain.IsOrder
            ? this with
            {
                Plain = owner,
                Others = [.. Others, Plain],
            }
            : this with
            {
                Others = [.. Others, owner],
            };
    }

    /// <summary>The order that an event is about; null if it may be about more than one.</summary>
    public OrderId? OrderOf(ChannelId channel, OrderEvent said)
    {
        if (Others.Count == 0)
            return Number;
        if (ClaimOf(channel, said) is { } claim)
            return IdOf(claim);
        if (ActionOf(said) is { } action && Ids.Where(id => ActionNumber.IsOf(action, id)).ToList() is [var acted])
            return acted;
        var orders = Orders;
        if (orders.Contains(channel))
            return IdOf(channel);
        return orders.Count switch
        {
            0 => Number,
            1 => IdOf(orders[0]),
            _ => null,
        };
    }

    private IEnumerable<OrderId> Ids => All.Select(o => IdOf(o.Channel));

    private IEnumerable<OrderOwner> All => Plain is null ? Others : Others.Prepend(Plain);

    private OrderId IdOf(ChannelId channel) => Plain is null || Plain.Channel == channel ? Number : OrderId.Of(channel, Number);

    private static bool NamesOrder(OrderEvent said) => said is OrderPlaced || said.OrderChannel is not null;

    private static string? ActionOf(OrderEvent said) =>
        said switch
        {
            OrderActionAnswered answered => answered.ActionId.Value,
            OrderRefunded refunded => refunded.RefundId,
            _ => null,
        };
}
