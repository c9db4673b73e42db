using Stockgate.Domain.Orders;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>The next time at which an order's evaluation changes without an event.</summary>
internal static class OrderMoments
{
    /// <summary>
    /// Nothing of the order is to be waited for, its books have had their time, and nothing is wrong with it, or nobody fixed it for long.
    /// </summary>
    public static bool IsDone(OrderDocument order, OrderCareState state, OrderAccuracySettings settings, DateTimeOffset now)
    {
        var last = LastOf(order);
        return IsOver(order, last < now - settings.KeepFor)
            && last + settings.Terms.Grace < now
            && (state.Troubles.Count == 0 || last + settings.KeepFor < now);
    }

    /// <summary>When to look again where no event comes first.</summary>
    public static DateTimeOffset NextLook(
        OrderDocument order,
        DateTimeOffset? allocationDueAt,
        OrderAccuracySettings settings,
        DateTimeOffset now
    )
    {
        var moments = All(order).Select(at => at + settings.Terms.Grace).ToList();
        if (order.Placed?.Said.PromisedBy is { } promised)
            moments.AddRange([promised - TimeSpan.FromDays(1), promised]);
        if (allocationDueAt is { } due)
            moments.Add(due);
        // Just after it, because nothing is over at the moment itself.
        var ahead = moments.Select(static at => at + TimeSpan.FromMilliseconds(10)).Where(at => at > now).ToList();
        // Prices and other orders of the customer change without an event of this one.
        if (ahead.Count == 0 || !IsOver(order, abandoned: false))
            ahead.Add(now + settings.LookEvery);
        return ahead.Min();
    }

    /// <summary>The time of the order's last event.</summary>
    public static DateTimeOffset LastOf(OrderDocument order) => All(order).DefaultIfEmpty().Max();

    // Not every source reports deliveries.
    private static bool IsOver(OrderDocument order, bool abandoned) =>
        order.Status() is OrderStatus.Delivered or OrderStatus.Cancelled || (order.Status() == OrderStatus.Shipped && abandoned);

    private static IEnumerable<DateTimeOffset> All(OrderDocument order)
    {
        var handling = order.Handling;
        DateTimeOffset?[] single = [order.Placed?.At, order.Cancelled?.At, handling?.Held?.At, handling?.AddressChanged?.At];
        return single
            .OfType<DateTimeOffset>()
            .Concat(order.Allocations.Select(static f => f.At))
            .Concat(order.Shipments.Select(static f => f.At))
            .Concat(order.Deliveries.Select(static f => f.At))
            .Concat(order.Refunds.Select(static f => f.At))
            .Concat((handling?.Picks ?? []).Select(static f => f.At))
            .Concat((handling?.Substitutions ?? []).Select(static f => f.At))
            .Concat((handling?.Payments ?? []).Select(static f => f.At))
            .Concat((handling?.Postings ?? []).Select(static f => f.At));
    }
}
