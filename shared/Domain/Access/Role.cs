namespace Stockgate.Domain.Access;

/// <summary>The roles that the app asks for. Approval policies may name others, in words of the retailer's own.</summary>
public static class Role
{
    /// <summary>A partner's system or engineer: reads the quarantined records of its own channels.</summary>
    public const string Partner = "partner";

    /// <summary>Approves orders to suppliers, starts forecasts and reads their reports.</summary>
    public const string Planner = "planner";

    /// <summary>Creates, edits, pauses, ends and cancels promotions.</summary>
    public const string Merchandiser = "merchandiser";

    /// <summary>Decides cases whose policy asks for this role.</summary>
    public const string Approver = "approver";

    /// <summary>Asks for actions on orders.</summary>
    public const string CustomerService = "customer-service";

    /// <summary>Decides about money where a policy asks for this role.</summary>
    public const string Finance = "finance";

    /// <summary>Watches the system and approves recommendations of the live monitor.</summary>
    public const string Operator = "operator";

    /// <summary>Changes the policy data.</summary>
    public const string PolicyOwner = "policy-owner";

    /// <summary>Creates and revokes API keys, and sets up the channels that post events.</summary>
    public const string Admin = "admin";

    /// <summary>A program that acts by itself, such as a language model: reads and asks, and decides nothing.</summary>
    public const string Agent = "agent";

    /// <summary>May override a gate.</summary>
    public const string GateOwner = "gate-owner";

    /// <summary>Takes price decisions back and lets stopped items and categories go on.</summary>
    public const string PricingLead = "pricing-lead";

    /// <summary>Corrects, replays and discards quarantined records.</summary>
    public const string DataSteward = "data-steward";

    /// <summary>A till or web shop: claims the budget of a promotion before it grants the offer.</summary>
    public const string SalesChannel = "sales-channel";

    /// <summary>All of these.</summary>
    public static readonly IReadOnlyList<string> Known =
    [
        Partner,
        Planner,
        Merchandiser,
        Approver,
        CustomerService,
        Finance,
        Operator,
        PolicyOwner,
        Admin,
        Agent,
        GateOwner,
        PricingLead,
        DataSteward,
        SalesChannel,
    ];

    /// <summary>Roles that are never combined with another: what they may not do, no second role may allow.</summary>
    public static readonly IReadOnlyList<string> Alone = [Partner, Agent];
}
