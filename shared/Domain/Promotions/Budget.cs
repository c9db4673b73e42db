namespace Stockgate.Domain.Promotions;

/// <summary>The budget of a promotion. Null means unlimited.</summary>
public sealed record Budget
{
    /// <summary>Money given away to all customers, above 0.</summary>
    public Money? TotalDiscount { get; init; }

    /// <summary>Times that the offer is used, above 0.</summary>
    public int? Redemptions { get; init; }

    /// <summary>Times that one customer may use it, above 0, at most <see cref="Redemptions"/>.</summary>
    public int? PerCustomer { get; init; }
}

/// <summary>What is left of a budget. Counts per customer are not held here: they are as many as there are customers.</summary>
/// <param name="Money">0 or more; null if no money bound is set.</param>
/// <param name="Redemptions">0 or more; null if no count is set.</param>
public sealed record BudgetState(Money? Money, int? Redemptions)
{
    public static BudgetState Of(Budget? budget) => new(budget?.TotalDiscount, budget?.Redemptions);

    /// <summary>Nothing more can be given away.</summary>
    public bool Spent => Money is { Amount: <= 0 } || Redemptions is <= 0;

    /// <summary>Takes redemptions and their cost together, or neither: a part of a basket can't be sold at the offer.</summary>
    /// <param name="redemptions">At least 1.</param>
    /// <param name="cost">Money that they give away, 0 or more, from
    /// <see cref="Discount.CostOf(Quantity, Stockgate.Domain.Money, PriceRounding)"/>.</param>
    public BudgetClaim Claim(int redemptions, Money cost)
    {
        if (redemptions < 1)
            return Denied($"{redemptions} redemptions were requested; claim at least 1");
        if (cost.Amount < 0)
            return Denied($"the cost {cost} is negative; claim 0 or more");
        if (Money is { } budgeted && budgeted.Currency != cost.Currency)
            return Denied($"the budget is in {budgeted.Currency}, the claim in {cost.Currency}");
        if (Redemptions < redemptions)
            return Denied(
                $"{Plural.Of(redemptions, "redemption was", "redemptions were")} requested and {Redemptions} {(Redemptions == 1 ? "is" : "are")} left"
            );
        if (Money is { } money && money.Amount < cost.Amount)
            return Denied($"{cost} was requested and {money} is left");
        return new BudgetClaim(
            true,
            new BudgetState(Money is { } before ? before - cost : null, Redemptions - redemptions),
            $"{Plural.Of(redemptions, "redemption")} for {cost}"
        );
    }

    private BudgetClaim Denied(string reason) => new(false, this, reason);
}

/// <summary>The answer to a claim.</summary>
/// <param name="Accepted">Whether the offer may be given.</param>
/// <param name="Left">The budget after it; as before where it was denied.</param>
/// <param name="Reason">In words that can be shown as they are.</param>
public sealed record BudgetClaim(bool Accepted, BudgetState Left, string Reason);
