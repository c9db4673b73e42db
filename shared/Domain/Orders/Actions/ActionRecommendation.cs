namespace Stockgate.Domain.Orders.Actions;

/// <summary>A recommendation and its reason.</summary>
public sealed record ActionRecommendation(ActionAdvice Advice, string Words)
{
    internal static ActionRecommendation Of(
        OrderActionRequest request,
        OrderActionFacts facts,
        ActionFeasibility feasibility,
        ActionEffect effect,
        ActionRisk risk
    )
    {
        if (!feasibility.Possible)
            return new(ActionAdvice.Reject, feasibility.Checks.First(static c => !c.Passed).Reason);
        var first = risk.Reasons.Count > 0 ? " " + risk.Reasons[0].Words : "";
        if (risk.Band == RiskBand.High)
            return new(ActionAdvice.Look, $"The risk is high, {risk.Score} of 100: check its reasons first.{first}");
        if (
            request is { Action: OrderActionKind.Refund, Lines.Count: 0, Amount: null }
            && facts.Order.Status() is OrderStatus.Placed or OrderStatus.Allocated
        )
            return new(
                ActionAdvice.Look,
                "This refunds the whole order before it ships: cancel the order instead, or the goods ship for free."
            );
        if (request.Action == OrderActionKind.Release && facts.Order.Handling?.Held?.Said.Reason is { } reason)
            return new(ActionAdvice.Approve, $"The order was held: {reason}. Release it once that is resolved.");
        if (risk.Band == RiskBand.Medium && !effect.Reversible)
            return new(ActionAdvice.Look, $"It can't be reversed, and the risk is {risk.Score} of 100.{first}");
        return new(
            ActionAdvice.Approve,
            risk.Band == RiskBand.Low
                ? $"It is feasible, and the risk is low, {risk.Score} of 100."
                : $"It is feasible and reversible; the risk is {risk.Score} of 100.{first}"
        );
    }
}
