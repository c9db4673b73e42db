using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Finds the policy's rule for an action.</summary>
internal static class OrderActionLevel
{
    public static ActionAutonomy Of(OrderActionPolicy policy, OrderActionKind action, ActionFeasibility feasibility, ActionEffect effect, ActionRisk risk)
    {
        if (!feasibility.Possible) return Never(policy, null, "It can't be done, whoever asks.");
        // No rate of exchange is at hand: held against no amount, and never left to the system alone.
        var foreign = effect.Exposure is { } exposure && exposure.Currency != policy.Currency;
        if (policy.Rules.FirstOrDefault(r => Fits(r, action, effect, risk) && !(foreign && (r.MaxAmount is not null || r.Level is AutonomyLevel.Act or AutonomyLevel.ActAndTell))) is not { } rule)
            return Never(policy, null, $"No rule of the policy's version {policy.Version} allows it.");
        if (rule.Level == AutonomyLevel.Never) return Never(policy, rule.Name, $"Rule {rule.Name} of the policy forbids it.");
        var asks = rule.Level is AutonomyLevel.AskOne or AutonomyLevel.AskTwoInOrder;
        return new ActionAutonomy
        {
            Level = rule.Level, RuleName = rule.Name, PolicyVersion = policy.Version, Roles = rule.Roles, Sla = asks ? rule.Sla : null, EscalateTo = rule.EscalateTo, Invite = rule.Invite,
            CodeAbove = policy.CodeAbove is { } above ? new Money(above, policy.Currency) : null, NeedsCode = asks && policy.CodeAbove is { } bound && (foreign || effect.Exposure?.Amount > bound),
            Words = rule.Level switch
            {
                AutonomyLevel.Act => $"Rule {rule.Name} lets it happen by itself.",
                AutonomyLevel.ActAndTell => $"Rule {rule.Name} lets it happen by itself{(rule.Roles.Count > 0 ? $"; {string.Join(" and ", rule.Roles)} is told" : ", and tells")}.",
                AutonomyLevel.AskOne => $"Rule {rule.Name} asks for the agreement of {rule.Roles[0]}.",
                _ => $"Rule {rule.Name} asks for the agreement of {string.Join(" and then ", rule.Roles)}.",
            } + (foreign ? $" {effect.Exposure} can't be held against amounts in {policy.Currency}, so nothing happens by itself." : ""),
        };
    }

    private static bool Fits(OrderActionRule rule, OrderActionKind action, ActionEffect effect, ActionRisk risk) =>
        rule.Actions.Contains(action) && !(effect.Exposure?.Amount > rule.MaxAmount) && !(risk.Score > rule.MaxRisk) && (rule.Reversible is not { } reversible || reversible == effect.Reversible);

    private static ActionAutonomy Never(OrderActionPolicy policy, string? rule, string words) =>
        new() { Level = AutonomyLevel.Never, RuleName = rule, PolicyVersion = policy.Version, Words = words };
}
