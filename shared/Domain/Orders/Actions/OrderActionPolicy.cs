using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>
/// The policy of order actions, a versioned document. The first matching rule decides; without one the action is refused. Described by
/// order-action-policy.schema.json.
/// </summary>
public sealed record OrderActionPolicy
{
    /// <summary>From 1; the decision record of an action names it.</summary>
    public required int Version { get; init; }

    /// <summary>What the amounts are in.</summary>
    public required Currency Currency { get; init; }

    public required IReadOnlyList<OrderActionRule> Rules { get; init; }

    /// <summary>Above this exposure an approval needs a one-time code; null: never.</summary>
    public decimal? CodeAbove { get; init; }

    public RiskWeights RiskWeights { get; init; } = new();

    /// <summary>For how long the money of actions is summed up against the amounts of the rules.</summary>
    public SumWindows Sums { get; init; } = new();

    /// <returns>The policy, or everything that is wrong with the text, each with its JSON path.</returns>
    public static OrderActionPolicyReading Read(ReadOnlySpan<byte> utf8) => OrderActionPolicyReader.Read(utf8);

    /// <summary>The policy that holds where no other was given: order-action-policy.json.</summary>
    public static OrderActionPolicy Default => OrderActionPolicyReader.Default;

    /// <summary>That policy as it is written.</summary>
    public static string DefaultJson => OrderActionPolicyReader.DefaultJson;

    /// <summary>The JSON Schema (2020-12) of a policy.</summary>
    public static string SchemaJson => OrderActionPolicyReader.SchemaJson;

    /// <summary>
    /// The level that the policy gives an action. What can't be done is never done. Money that goes back is compared with the limits
    /// together with what other actions give already, <paramref name="around"/>. What an agent asks for always waits for a
    /// person.
    /// </summary>
    public ActionAutonomy Decide(
        OrderActionKind action,
        ActionFeasibility feasibility,
        ActionEffect effect,
        ActionRisk risk,
        MoneyAround? around = null,
        bool byAgent = false
    ) => OrderActionLevel.Of(this, action, feasibility, effect, risk, around ?? MoneyAround.None, byAgent);
}

/// <summary>How far back the money of other actions counts; zero where it does not.</summary>
public sealed record SumWindows
{
    /// <summary>Of the same order.</summary>
    public TimeSpan Order { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Of the same customer, all orders together.</summary>
    public TimeSpan Customer { get; init; } = TimeSpan.FromDays(30);

    /// <summary>Requested by the same person, for any customer.</summary>
    public TimeSpan Requester { get; init; } = TimeSpan.FromDays(1);
}

/// <summary>One rule of the policy. What it leaves out it does not ask for.</summary>
public sealed record OrderActionRule
{
    public required string Name { get; init; }

    /// <summary>At least one.</summary>
    public required IReadOnlyList<OrderActionKind> Actions { get; init; }

    /// <summary>
    /// The largest exposure, in the policy's currency; of money that goes back, together with what other actions give within
    /// <see cref="OrderActionPolicy.Sums"/>.
    /// </summary>
    public decimal? MaxAmount { get; init; }

    /// <summary>The highest risk score, 0 to 100.</summary>
    public int? MaxRisk { get; init; }

    /// <summary>True: only for effects that can be corrected. False: only for those that can't.</summary>
    public bool? Reversible { get; init; }

    public required AutonomyLevel Level { get; init; }

    public IReadOnlyList<string> Roles { get; init; } = [];

    public TimeSpan? Sla { get; init; }

    public string? EscalateTo { get; init; }

    public int Invite { get; init; } = 1;
}

/// <summary>The most points that each reason adds to the risk score, and where it adds them all. Points grow evenly up to there.</summary>
public sealed record RiskWeights
{
    public int Value { get; init; } = 30;

    /// <summary>Exposure, in the order's currency.</summary>
    public decimal ValueFullAt { get; init; } = 500;

    public int Returns { get; init; } = 25;

    /// <summary>The share of a customer's orders or money that went back, 0 to 1.</summary>
    public decimal ReturnsFullAt { get; init; } = 0.5m;

    public int Address { get; init; } = 25;

    /// <summary>Kilometres between the former place and the new one.</summary>
    public decimal AddressFullAt { get; init; } = 300;

    public int Velocity { get; init; } = 20;

    /// <summary>Actions of the customer within 24 hours, or a third of those within 30 days.</summary>
    public decimal VelocityFullAt { get; init; } = 3;

    public int Promotion { get; init; } = 15;

    public int Age { get; init; } = 15;

    /// <summary>Days since the order; a refund within the first 14 adds none.</summary>
    public decimal AgeFullAt { get; init; } = 90;

    /// <summary>Added where nothing is known of the customer.</summary>
    public int UnknownCustomer { get; init; } = 10;

    /// <summary>From this score on the risk is medium.</summary>
    public int Medium { get; init; } = 30;

    /// <summary>From this score on the risk is high.</summary>
    public int High { get; init; } = 60;
}

/// <summary>What a text says as a policy.</summary>
/// <param name="Policy">Null if it has a mistake.</param>
/// <param name="Mistakes">Each with its JSON path, such as <c>$.rules[2].roles</c>.</param>
public sealed record OrderActionPolicyReading(OrderActionPolicy? Policy, IReadOnlyList<Rejection> Mistakes);
