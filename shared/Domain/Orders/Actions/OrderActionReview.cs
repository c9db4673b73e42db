using System.Text.Json.Serialization;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>The review of an action: feasibility, effect, risk, recommendation, and who may decide.</summary>
public sealed record OrderActionReview
{
    public required OrderId OrderId { get; init; }

    public required OrderActionKind Action { get; init; }

    public required ActionFeasibility Feasibility { get; init; }

    public required ActionEffect Effect { get; init; }

    public required ActionRisk Risk { get; init; }

    public required ActionRecommendation Recommendation { get; init; }

    public required ActionAutonomy Autonomy { get; init; }

    /// <summary>
    /// SHA-256 in hex of the facts shown to approvers: the order's events without answers to actions, the request, money reserved by other
    /// actions. If it changes, approvals of the previous one are void. Independent of the order of events.
    /// </summary>
    public required string Revision { get; init; }

    /// <summary>Whether an action can be done, without what only its risk needs: the customer, and what others give.</summary>
    public static ActionFeasibility Check(OrderActionRequest request, OrderActionFacts facts) =>
        OrderActionPreparation.Of(request, facts).Feasibility;

    /// <summary>
    /// Reviews an action that has passed <see cref="OrderActionRequest.Check"/>. The same arguments make the same review.
    /// </summary>
    public static OrderActionReview Of(OrderActionRequest request, OrderActionFacts facts, OrderActionPolicy policy)
    {
        var (feasibility, effect) = OrderActionPreparation.Of(request, facts);
        var risk = ActionRisk.Of(request, facts, effect, policy);
        return new OrderActionReview
        {
            OrderId = facts.Order.OrderId,
            Action = request.Action,
            Feasibility = feasibility,
            Effect = effect,
            Risk = risk,
            Recommendation = ActionRecommendation.Of(request, facts, feasibility, effect, risk),
            Autonomy = policy.Decide(request.Action, feasibility, effect, risk, facts.Around, request.RequestedByAgent),
            Revision = OrderActionRevision.Of(request, facts),
        };
    }
}

/// <summary>A feasibility check of an action.</summary>
/// <param name="Possible">All checks passed.</param>
/// <param name="Checks">The checks, described for approvers.</param>
public sealed record ActionFeasibility(bool Possible, IReadOnlyList<RuleVerdict> Checks);

/// <summary>The effect of an action on stock, money and delivery.</summary>
public sealed record ActionEffect
{
    /// <summary>Units that can be sold again, where they are.</summary>
    public IReadOnlyList<AllocatedLine> StockReturned { get; set; } = [];

    /// <summary>Units that are held instead, at another location or of another article.</summary>
    public IReadOnlyList<AllocatedLine> StockTaken { get; set; } = [];

    /// <summary>What the action is about, units resolved; substitutes with their price.</summary>
    public IReadOnlyList<OrderActionUnits> Units { get; set; } = [];

    /// <summary>What the customer gets, positive; null if the action moves no money.</summary>
    public Money? Money { get; init; }

    /// <summary>
    /// What is at stake if the action is wrong, which the policy's amounts are compared with: the money that goes back, or the value of the
    /// goods that are cancelled, sent elsewhere or replaced, whichever is more. Null with hold and release.
    /// </summary>
    public Money? Exposure { get; init; }

    /// <summary>An estimate; null if nothing was promised or nothing changes.</summary>
    public DateTimeOffset? NewDeliveryBy { get; init; }

    /// <summary>
    /// Whether being wrong can still be corrected at little cost. Hold, release: always. Cancelling, address change, reroute, substitution:
    /// while nothing is picked that has not left yet; until then the stock is where it was, and the order can be placed or set right again.
    /// Refund: never, the money has left.
    /// </summary>
    public bool Reversible { get; init; }

    /// <summary>All of it in a sentence or two.</summary>
    public required string Words { get; init; }
}

/// <summary>Units of an article that an action is about.</summary>
/// <param name="Sku">The article.</param>
/// <param name="Quantity">Units, above zero.</param>
/// <param name="Substitute">What takes its place.</param>
/// <param name="UnitPrice">What a unit of the substitute costs the customer: never more than the article did. In the order's
/// currency.</param>
public sealed record OrderActionUnits(Sku Sku, Quantity Quantity, Sku? Substitute = null, decimal? UnitPrice = null);

/// <summary>The risk of an action in three bands.</summary>
[JsonConverter(typeof(NamedEnumConverter<RiskBand>))]
public enum RiskBand
{
    Low,
    Medium,
    High,
}

/// <summary>A reason for the risk score.</summary>
/// <param name="Name">
/// What was looked at: <c>value</c>, <c>returns</c>, <c>address</c>, <c>velocity</c>, <c>promotion</c>, <c>age</c>, <c>customer</c>.
/// </param>
/// <param name="Points">Above zero.</param>
/// <param name="Words">For approvers.</param>
public sealed record RiskReason(string Name, int Points, string Words);

/// <summary>What is advised.</summary>
[JsonConverter(typeof(NamedEnumConverter<ActionAdvice>))]
public enum ActionAdvice
{
    Approve,
    Reject,

    /// <summary>Something about it should be looked at by a person first.</summary>
    Look,
}

/// <summary>Who may decide, and the deadline.</summary>
public sealed record ActionAutonomy
{
    public required AutonomyLevel Level { get; init; }

    /// <summary>The policy's rule that decided; null if none fits.</summary>
    public string? RuleName { get; init; }

    public required int PolicyVersion { get; init; }

    /// <summary>
    /// Who decides, in this order: one role with <see cref="AutonomyLevel.AskOne"/>, two with <see cref="AutonomyLevel.AskTwoInOrder"/>.
    /// </summary>
    public IReadOnlyList<string> Roles { get; set; } = [];

    /// <summary>The time of each stage; null without approval.</summary>
    public TimeSpan? Sla { get; init; }

    /// <summary>The role to which it escalates.</summary>
    public string? EscalateTo { get; init; }

    /// <summary>How many of a role are asked at once; the first answer counts.</summary>
    public int Invite { get; set; } = 1;

    /// <summary>The policy's bound above which a one-time code is asked too.</summary>
    public Money? CodeAbove { get; init; }

    /// <summary>Whether this decision needs a one-time code.</summary>
    public bool NeedsCode { get; init; }

    public required string Words { get; init; }
}
