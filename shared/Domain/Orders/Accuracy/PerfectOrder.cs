namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>The four quality criteria of one order.</summary>
/// <param name="OrderId">The order.</param>
/// <param name="Complete">What was ordered, no more, no less and nothing else.</param>
/// <param name="OnTime">By the promised time; true if none was promised.</param>
/// <param name="Undamaged">No money went back for goods that had left.</param>
/// <param name="RightDocuments">Order, shipments, refunds, payments and postings agree.</param>
public sealed record PerfectOrderVerdict(OrderId OrderId, bool Complete, bool OnTime, bool Undamaged, bool RightDocuments)
{
    public bool Perfect => Complete && OnTime && Undamaged && RightDocuments;
}

/// <summary>The perfect-order rate of a number of orders. Every rate is 0 to 1; null if no order counts.</summary>
/// <param name="Orders">Orders that count.</param>
/// <param name="Perfect">Orders that were right in all respects.</param>
/// <param name="Share"><paramref name="Perfect"/> ÷ <paramref name="Orders"/>: the measure RL.1.1 of the SCOR model.</param>
/// <param name="Index">
/// Complete × on time × undamaged × right documents: the perfect order index, equal to the share where the faults are independent of each
/// other.
/// </param>
/// <param name="Complete">Share of complete orders.</param>
/// <param name="OnTime">Share of orders on time.</param>
/// <param name="Undamaged">Share without a refund for fault.</param>
/// <param name="RightDocuments">Share whose documents agree.</param>
public sealed record PerfectOrderRate(
    int Orders,
    int Perfect,
    decimal? Share,
    decimal? Index,
    decimal? Complete,
    decimal? OnTime,
    decimal? Undamaged,
    decimal? RightDocuments
);

/// <summary>Rates completed orders.</summary>
public static class PerfectOrder
{
    /// <param name="order">The order.</param>
    /// <param name="now">When it is judged.</param>
    /// <param name="terms">What the books are allowed.</param>
    /// <param name="refundsWithoutFault">
    /// Numbers of refunds that were nobody's fault, such as a change of mind; every other one of goods that had left counts as fault.
    /// </param>
    /// <returns>
    /// Null if the order does not count: not placed, cancelled as a whole before anything left, or neither delivered nor late yet.
    /// </returns>
    public static PerfectOrderVerdict? Of(
        OrderDocument order,
        DateTimeOffset now,
        ReconciliationTerms terms,
        IReadOnlySet<string>? refundsWithoutFault = null
    )
    {
        if (order.Placed is null || order.Status() == OrderStatus.Cancelled)
            return null;
        var findings = FulfilmentCheck.Of(order, now);
        var late = findings.Any(static f => f.Fault == FulfilmentFault.Late);
        if (order.Status() != OrderStatus.Delivered && !late)
            return null;
        return new PerfectOrderVerdict(
            order.OrderId,
            findings.All(static f => f.Fault == FulfilmentFault.Late) && !CalledOffForWant(order),
            !late,
            !order.Refunds.Any(r => !r.Said.Unshipped && refundsWithoutFault?.Contains(r.Said.RefundId) != true),
            OrderReconciliation.Of(order, now, terms).Count == 0
        );
    }

    // Units that were not found and paid back are settled, and no trouble any more; the customer has not got them all the same.
    private static bool CalledOffForWant(OrderDocument order)
    {
        var units = Actions.OrderUnits.Of(order, []);
        return order.NotFound().Keys.Any(n => units[n.Sku].Shipped < units[n.Sku].Ordered);
    }

    /// <summary>The rate of orders that were judged.</summary>
    public static PerfectOrderRate RateOf(IEnumerable<PerfectOrderVerdict> verdicts)
    {
        var all = verdicts.ToList();
        if (all.Count == 0)
            return new(0, 0, null, null, null, null, null, null);
        decimal Share(Func<PerfectOrderVerdict, bool> right) => (decimal)all.Count(right) / all.Count;
        var (complete, onTime, undamaged, documents) = (
            Share(static v => v.Complete),
            Share(static v => v.OnTime),
            Share(static v => v.Undamaged),
            Share(static v => v.RightDocuments)
        );
        return new(
            all.Count,
            all.Count(static v => v.Perfect),
            Share(static v => v.Perfect),
            complete * onTime * undamaged * documents,
            complete,
            onTime,
            undamaged,
            documents
        );
    }
}
