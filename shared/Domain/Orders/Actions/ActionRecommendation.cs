namespace Stockgate.Domain.Orders.Actions;

/// <summary>What is advised, and why.</summary>
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
            return new(ActionAdvice.Look, $"The risk is high, {risk.Score} of 100: look at its reasons first.{first}");
        if (
            request is { Action: OrderActionKind.Refund, Lines.Count: 0, Amount: null }
            && facts.Order.Status() is OrderStatus.Placed or OrderStatus.Allocated
        )
            return new(
                ActionAdvice.Look,
                "Everything is to be paid back, and nothing has left: cancel the order instead, or the goods are shipped for nothing."
            );
        if (request.Action == OrderActionKind.Release && facts.Order.Handling?.Held?.Said.Reason is { } reason)
            return new(ActionAdvice.Approve, $"The order was held: {reason}. Release it where that is settled.");
        if (risk.Band == RiskBand.Medium && !effect.Reversible)
            return new(ActionAdvice.Look, $"It can't be taken back, and the risk is {risk.Score} of 100.{first}");
        return new(
            ActionAdvice.Approve,
            risk.Band == RiskBand.Low
                ? $"It can be done, and the risk is low, {risk.Score} of 100."
                : $"It can be done and set right again; the risk is {risk.Score} of 100.{first}"
        );
    }
}
