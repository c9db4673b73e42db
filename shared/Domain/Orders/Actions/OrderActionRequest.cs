using System.Text.Json.Serialization;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Units of one article that an action is about.</summary>
public sealed record OrderActionLine
{
    public required Sku Sku { get; init; }

    /// <summary>Above zero.</summary>
    public required Quantity Quantity { get; init; }

    /// <summary>What takes its place; with <see cref="OrderActionKind.Substitute"/>, and only with it.</summary>
    public Sku? Substitute { get; init; }
}

/// <summary>Who asks for an action.</summary>
/// <param name="Name">Of the person or program.</param>
/// <param name="IsAgent">A program that acts by itself.</param>
public sealed record Requester(string Name, bool IsAgent = false);

/// <summary>A requested order action. Amounts are in the order's currency.</summary>
public sealed record OrderActionRequest
{
    /// <summary>The maximum number of lines, so that an approver can read them in a mail.</summary>
    public const int MostLines = 500;

    public required OrderActionKind Action { get; init; }

    /// <summary>The reason, for approvers and finance; 1 to 512 characters.</summary>
    public required string Reason { get; init; }

    /// <summary>
    /// With <see cref="OrderActionKind.CancelLines"/> and <see cref="OrderActionKind.Substitute"/>; with a refund of units; with a
    /// reroute of some units only.
    /// </summary>
    // Set, not init: see OrderRefunded.Lines. A sender's null is none.
    public IReadOnlyList<OrderActionLine> Lines
    {
        get;
        set => field = value ?? [];
    } = [];

    /// <summary>A refund of money alone; a refund with neither lines nor amount is of everything that is left.</summary>
    public decimal? Amount { get; init; }

    /// <summary>Where it is given it must be the order's.</summary>
    public Currency? Currency { get; init; }

    /// <summary>Which location is to ship; with <see cref="OrderActionKind.Reroute"/>.</summary>
    public LocationId? Location { get; init; }

    /// <summary>With <see cref="OrderActionKind.ChangeAddress"/>.</summary>
    public ShipTo? ShipTo { get; init; }

    /// <summary>Where refunded goods come back to; null if they don't. With a refund of units.</summary>
    public LocationId? RestockAt { get; init; }

    /// <summary>True if the customer agreed to this substitution, whatever the order says of substitutes.</summary>
    public bool Consent { get; init; }

    /// <summary>The signed-in person; not read from the posted body.</summary>
    public string RequestedBy { get; set; } = string.Empty;

    /// <summary>A program asks by itself, so that a person decides; not read from the posted body.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool RequestedByAgent { get; init; }

    /// <returns>Everything that is wrong, each with the field's path and what to do; empty if the request can be reviewed.</returns>
    public IReadOnlyList<Rejection> Check()
    {
        var findings = new Findings();
        OrderActionCheck.Run(this, findings);
        return findings.All;
    }
}
