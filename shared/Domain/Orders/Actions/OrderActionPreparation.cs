namespace Stockgate.Domain.Orders.Actions;

/// <summary>Checks an action's feasibility and computes its effect.</summary>
internal static class OrderActionPreparation
{
    public static (ActionFeasibility Feasibility, ActionEffect Effect) Of(OrderActionRequest request, OrderActionFacts facts)
    {
        var preparation = new Preparation(request, facts);
        preparation.Check(
            "placed",
            facts.Order.Placed is not null,
            "The order is known.",
            "The order's placement has not been received yet; wait for it."
        );
        if (request.Currency is { } currency)
            preparation.Check(
                "currency",
                currency == preparation.Currency,
                $"The order is in {currency}.",
                $"The order is in {preparation.Currency}, not in {currency}; give the amount in its currency."
            );
        CheckOthers(preparation);
        var effect = request.Action switch
        {
            OrderActionKind.Cancel => MoneyActions.Cancel(preparation),
            OrderActionKind.CancelLines => MoneyActions.CancelLines(preparation),
            OrderActionKind.Refund => MoneyActions.Refund(preparation),
            OrderActionKind.ChangeAddress => GoodsActions.ChangeAddress(preparation),
            OrderActionKind.Reroute => GoodsActions.Reroute(preparation),
            OrderActionKind.Substitute => GoodsActions.Substitute(preparation),
            OrderActionKind.Hold => GoodsActions.Hold(preparation),
            OrderActionKind.Release => GoodsActions.Release(preparation),
            _ => throw new ArgumentOutOfRangeException(nameof(request), request.Action, "is not an action"),
        };
        return (new ActionFeasibility(preparation.Possible, preparation.Checks), effect);
    }

    // Money and units that others were promised are taken off where they count; here is what excludes each other as a whole.
    private static void CheckOthers(Preparation p)
    {
        var other = p.Facts.Earlier.FirstOrDefault(e => InTheWay(e, p));
        p.Check(
            "other actions",
            other is null,
            p.Facts.Earlier.Count == 0 ? "No other action of this order is in progress." : "No other action of this order conflicts.",
            other is null
                ? ""
                : $"{other.Request.Action} {other.ActionId} is {(other.State == EarlierActionState.Waiting ? "waiting for a decision" : "in progress")}; wait for it, or withdraw it first."
        );
    }

    private static bool InTheWay(EarlierAction earlier, Preparation p) =>
        earlier.Request.Action switch
        {
            // Other actions on an order being cancelled have no effect, except for a hold and for refunds.
            OrderActionKind.Cancel => p.Request.Action is not (OrderActionKind.Hold or OrderActionKind.Refund)
                && p.Order.Status() != OrderStatus.Cancelled,
            OrderActionKind.ChangeAddress or OrderActionKind.Reroute or OrderActionKind.Hold or OrderActionKind.Release => earlier
                .Request
                .Action == p.Request.Action
                && earlier.State != EarlierActionState.Executed,
            OrderActionKind.Substitute => p.Request.Action is OrderActionKind.Substitute
                && earlier.State != EarlierActionState.Executed
                && earlier.Request.Lines.Any(l => p.Request.Lines.Any(r => r.Sku == l.Sku)),
            _ => false,
        };
}
