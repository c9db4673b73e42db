namespace Stockgate.Domain.Promotions.Settlement;

/// <summary>
/// What an item sold in a region while the promotion ran, and what was expected of it. Money is in the settlement's currency, on one tax
/// basis.
/// </summary>
public sealed record SettledSales
{
    public required Sku Sku { get; init; }

    /// <summary>As customers know it; null if nobody said.</summary>
    public string? Title { get; init; }

    public required RegionId Region { get; init; }

    /// <summary>Sold less cancelled.</summary>
    public required Quantity Units { get; init; }

    /// <summary>Money from customers for these.</summary>
    public required Money Revenue { get; init; }

    /// <summary>Units of the promotion that came back, 0 or more.</summary>
    public Quantity Returned { get; set; }

    /// <summary>Money that customers got back for them; null for none.</summary>
    public Money? Refunded { get; init; }

    /// <summary>Units that would have been sold in the same span without the promotion, 0 or more.</summary>
    public required Quantity Baseline { get; init; }

    /// <summary>Units that were planned for the span, 0 or more.</summary>
    public required Quantity Planned { get; init; }

    /// <summary>Price of a unit without the offer.</summary>
    public required Money Regular { get; init; }

    /// <summary>What a unit costs the retailer; null if that is not known.</summary>
    public Money? UnitCost { get; init; }
}

/// <summary>What a supplier says that it has paid under an agreement, in sum.</summary>
public sealed record PaidClaim(SupplierId Supplier, string Reference, Money Amount);

/// <summary>An item of the same category that was not on promotion: its sales show what the promotion took from its neighbours.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Category">As products name it.</param>
/// <param name="Units">Sold in the span.</param>
/// <param name="Baseline">Would have been sold.</param>
/// <param name="UnitMargin">What the retailer keeps of one; null if that is not known.</param>
public sealed record NeighbourSales(Sku Sku, string Category, Quantity Units, Quantity Baseline, Money? UnitMargin);

/// <summary>One look at the shelves.</summary>
/// <param name="At">When.</param>
/// <param name="InStock">Item-locations with something to sell.</param>
/// <param name="ItemLocations">Item-locations that were to sell, 0 or more.</param>
public sealed record AvailabilitySample(DateTimeOffset At, long InStock, long ItemLocations);

/// <summary>A day of the promotion.</summary>
/// <param name="Day">UTC.</param>
/// <param name="Units">Sold.</param>
/// <param name="Baseline">Would have been sold without it.</param>
public sealed record SettledDay(DateOnly Day, Quantity Units, Quantity Baseline);

/// <summary>What was claimed from the budget.</summary>
/// <param name="Budget">As it was set.</param>
/// <param name="Redemptions">Accepted and not given back.</param>
/// <param name="Given">Money that they gave away.</param>
public sealed record BudgetUse(Budget Budget, long Redemptions, Money Given);

/// <summary>Something that went wrong during the promotion's life.</summary>
/// <param name="At">First seen.</param>
/// <param name="Type">Its kind.</param>
/// <param name="Subject">What was affected.</param>
/// <param name="What">In words that can be shown.</param>
/// <param name="ResolvedAt">Null while it is open.</param>
public sealed record SettledException(DateTimeOffset At, string Type, string Subject, string What, DateTimeOffset? ResolvedAt);

/// <summary>The input of a settlement. The same input makes the same report to the byte.</summary>
public sealed record SettlementInput
{
    public required PromotionId Promotion { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    public required UtcWindow Planned { get; init; }

    /// <summary>From the first sale at the offer to the last moment that it was given.</summary>
    public required UtcWindow Actual { get; init; }

    public required DateTimeOffset SettledAt { get; init; }

    /// <summary>One per item and region.</summary>
    public required IReadOnlyList<SettledSales> Sales { get; init; }

    public IReadOnlyList<FundingAgreement> Funding { get; init; } = [];

    /// <summary>The newest word of each supplier on each agreement; of several on one, the highest sum counts.</summary>
    public IReadOnlyList<PaidClaim> Paid { get; init; } = [];

    public IReadOnlyList<NeighbourSales> Neighbours { get; init; } = [];

    public IReadOnlyList<AvailabilitySample> Samples { get; init; } = [];

    public IReadOnlyList<SettledDay> Days { get; init; } = [];

    public BudgetUse? Budget { get; init; }

    /// <summary>Orders and tickets with an item of the promotion.</summary>
    public int Customers { get; init; }

    public IReadOnlyList<PromotionTransition> Timeline { get; init; } = [];

    public IReadOnlyList<SettledException> Exceptions { get; init; } = [];
}
