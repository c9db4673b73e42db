using Stockgate.Domain.Access;
using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Finds the policy's rule for an action.</summary>
internal static class OrderActionLevel
{
    private static readonly TimeSpan AgentSla = TimeSpan.FromHours(4);

    public static ActionAutonomy Of(
        OrderActionPolicy policy,
        OrderActionKind action,
        ActionFeasibility feasibility,
        ActionEffect effect,
        ActionRisk risk,
        MoneyAround around,
        bool byAgent
    )
    {
        if (!feasibility.Possible)
            return Never(policy, null, "It is not feasible for any requester.");
        // No rate of exchange is at hand: compared with no amount, and never left to the system alone.
        var foreign = effect.Exposure is { } exposure && exposure.Currency != policy.Currency;
        // What moves no money adds nothing to what others give.
        var sum = effect.Money is null ? 0 : around.Most;
        var amount = effect.Exposure is { } own ? own.Amount + sum : (decimal?)null;
        if (
            policy.Rules.FirstOrDefault(r =>
                Fits(r, action, amount, effect, risk)
                && !(foreign && (r.MaxAmount is not null || r.Level is AutonomyLevel.Act or AutonomyLevel.ActAndTell))
            )
            is not { } rule
        )
            return Never(policy, null, $"No rule of the policy's version {policy.Version} allows it.");
        if (rule.Level == AutonomyLevel.Never)
            return Never(policy, rule.Name, $"Rule {rule.Name} of the policy forbids it.");
        if (byAgent && !Asks(rule))
            rule = policy.Rules.FirstOrDefault(r => Asks(r) && Fits(r, action, amount, effect, risk)) ?? AskedOf(rule);
        var asks = Asks(rule);
        return new ActionAutonomy
        {
            Level = rule.Level,
            RuleName = rule.Name,
            PolicyVersion = policy.Version,
            Roles = rule.Roles,
            Sla = asks ? rule.Sla : null,
            EscalateTo = rule.EscalateTo,
            Invite = rule.Invite,
            CodeAbove = policy.CodeAbove is { } above ? new Money(above, policy.Currency) : null,
            NeedsCode = asks && policy.CodeAbove is { } bound && (foreign || amount > bound),
            Words =
                rule.Level switch
                {
                    AutonomyLevel.Act => $"Rule {rule.Name} allows it without approval.",
                    AutonomyLevel.ActAndTell =>
                        $"Rule {rule.Name} allows it without approval{(rule.Roles.Count > 0 ? $" and notifies {string.Join(" and ", rule.Roles)}" : ", with a notification")}.",
                    AutonomyLevel.AskOne => $"Rule {rule.Name} requires the approval of {rule.Roles[0]}.",
                    _ => $"Rule {rule.Name} requires the approval of {string.Join(" and then ", rule.Roles)}.",
                }
                + (foreign ? $" {effect.Exposure} can't be compared with amounts in {policy.Currency}, so approval is required." : "")
                + (byAgent ? " It was asked for by an agent, so a person decides." : "")
                + SumWords(effect, around, sum),
        };
    }

    private static bool Asks(OrderActionRule rule) => rule.Level is AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder;

    // Where the policy asks nobody about such an action: whoever it tells, or whoever could have asked for it in person.
    private static OrderActionRule AskedOf(OrderActionRule rule) =>
        rule with
        {
            Level = AutonomyLevel.AskOne,
            Roles = [rule.Roles.Count > 0 ? rule.Roles[0] : Role.CustomerService],
            Sla = AgentSla,
        };

    private static string SumWords(ActionEffect effect, MoneyAround around, decimal sum)
    {
        if (sum <= 0 || effect.Exposure is not { } own)
            return "";
        var others = new[] { ("this order", around.Order), ("this customer", around.Customer), ("this requester", around.Requester) };
        var whose = others.First(o => o.Item2 == sum).Item1;
        return $" Other actions of {whose} already total {own with { Amount = sum }}; with this one it is {own with { Amount = own.Amount + sum }}.";
    }

    private static bool Fits(OrderActionRule rule, OrderActionKind action, decimal? amount, ActionEffect effect, ActionRisk risk) =>
        rule.Actions.Contains(action)
        && !(amount > rule.MaxAmount)
        && !(risk.Score > rule.MaxRisk)
        && (rule.Reversible is not { } reversible || reversible == effect.Reversible);

    private static ActionAutonomy Never(OrderActionPolicy policy, string? rule, string words) =>
        new()
        {
            Level = AutonomyLevel.Never,
            RuleName = rule,
            PolicyVersion = policy.Version,
            Words = words,
        };
}
