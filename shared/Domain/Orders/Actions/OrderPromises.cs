namespace Stockgate.Domain.Orders.Actions;

/// <summary>
/// What the actions of an order promise to the customer. An action reckons with every earlier one, and with whatever executes, whatever its
/// number. What is not reviewed counts at most that it may come to.
/// </summary>
public static class OrderPromises
{
    /// <summary>The actions that another one has to reckon with.</summary>
    /// <param name="all">All of the order.</param>
    /// <param name="action">The one that reckons; it is not among them.</param>
    /// <param name="number">Its number: of two that want the same, the lower one has it until the other one executes.</param>
    public static IReadOnlyList<EarlierAction> Of(IEnumerable<OrderActionRecord> all, ActionId action, int number) =>
        [.. all.Where(a => a.Id != action && (a.Number < number || a.Executes)).Select(static a => a.AsEarlier()).OfType<EarlierAction>()];

    /// <summary>
    /// Money, in the order's currency, that actions promise and that did not go back yet. An action's own refund is not counted twice.
    /// </summary>
    public static decimal Outstanding(this OrderDocument order, IEnumerable<EarlierAction> actions) =>
        actions.Sum(a => Math.Max(0, order.AtMost(a) - order.RefundedBy(a.ActionId)));

    /// <summary>The most that an action gives the customer, in the order's currency.</summary>
    public static decimal AtMost(this OrderDocument order, EarlierAction action)
    {
        if (!action.Unreviewed)
            return action.Promised is { } promised && promised.Currency == order.Currency() ? promised.Amount : 0;
        return action.Request switch
        {
            { Action: OrderActionKind.Refund, Amount: { } amount } => amount,
            { Action: OrderActionKind.Refund, Lines.Count: 0 } or { Action: OrderActionKind.Cancel } => order.RefundableAmount(),
            { Action: OrderActionKind.Refund or OrderActionKind.CancelLines or OrderActionKind.Substitute } => Worth(order, action.Request),
            _ => 0,
        };
    }

    internal static decimal RefundedBy(this OrderDocument order, ActionId action) =>
        order.OwnRefunds().Where(r => r.RefundId == action.Value).Sum(static r => r.Amount + r.Pending);

    // Rounded up for each article: the review rounds to coins, and what it gives may not be more than what was counted before it.
    private static decimal Worth(OrderDocument order, OrderActionRequest request)
    {
        var (units, decimals) = (OrderUnits.Of(order, []), order.Currency()?.MinorUnits ?? 0);
        decimal coin = 1;
        for (var i = 0; i < decimals; i++)
            coin /= 10;
        var worth = request.Lines.Sum(l => Math.Ceiling(units[l.Sku].UnitPaid * l.Quantity.Value / coin) * coin + coin);
        return Math.Min(order.RefundableAmount(), worth);
    }
}
