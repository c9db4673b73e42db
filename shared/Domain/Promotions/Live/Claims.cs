using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>What a channel asks for when a basket is to get the offer.</summary>
/// <param name="Id">The caller's idempotency key: the same claim sent again has the same one.</param>
/// <param name="Customer">A digest that stands for the customer; null if the channel does not know who buys.</param>
/// <param name="Redemptions">Times that the offer is used, 1 or more.</param>
/// <param name="Cost">Money that it gives away, 0 or more, in whole coins of the budget's currency.</param>
public sealed record ClaimAsk(string Id, string? Customer, int Redemptions, Money Cost);

/// <summary>What became of a claim.</summary>
[JsonConverter(typeof(NamedEnumConverter<ClaimOutcome>))]
public enum ClaimOutcome
{
    /// <summary>Answer to an accepted claim.</summary>
    Accepted,

    /// <summary>The promotion is not live: not yet, not now or not any more.</summary>
    NotLive,

    /// <summary>Nothing is left of the budget, for anyone.</summary>
    BudgetSpent,

    /// <summary>Less is left than was requested, or this customer has had its share.</summary>
    BeyondBounds,

    /// <summary>The id was used before: for a claim that was given back, or for another one.</summary>
    IdUsed,

    /// <summary>The claim itself can't be taken, whatever is left.</summary>
    Unfit,
}

/// <summary>The answer to a claim.</summary>
/// <param name="Outcome">Accepted or why not.</param>
/// <param name="Left">The budget after it; with a claim that is repeated, after it was first accepted.</param>
/// <param name="Reason">In words that can be shown as they are.</param>
public sealed record ClaimAnswer(ClaimOutcome Outcome, BudgetState Left, string Reason)
{
    public bool Accepted => Outcome == ClaimOutcome.Accepted;
}

/// <summary>The answer to giving a claim back.</summary>
/// <param name="GivenBack">True the first time, where there was an accepted claim; false if nothing changed.</param>
/// <param name="Left">The budget after it.</param>
/// <param name="Reason">In words that can be shown as they are.</param>
public sealed record ReleaseAnswer(bool GivenBack, BudgetState Left, string Reason);

/// <summary>An id that was used, and for what.</summary>
/// <param name="Ask">Null if the id was given back before it was ever claimed: a claim that is late must not be accepted any more.</param>
/// <param name="Left">The budget after the claim was accepted.</param>
/// <param name="Released">Whether it was given back.</param>
public sealed record StoredClaim(ClaimAsk? Ask, BudgetState Left, bool Released);

/// <summary>A promotion's budget while it is claimed from.</summary>
/// <param name="Left">What is left.</param>
/// <param name="PerCustomer">Times that one customer may use the offer; null for no such bound.</param>
/// <param name="Currency">What claims are in.</param>
/// <param name="Open">Whether claims are accepted.</param>
/// <param name="Claims">Claims accepted and not given back.</param>
/// <param name="Redemptions">Theirs.</param>
/// <param name="Given">Money that they gave away.</param>
public sealed record BudgetAccount(
    BudgetState Left,
    int? PerCustomer,
    Currency Currency,
    bool Open,
    long Claims,
    long Redemptions,
    Money Given
)
{
    public static BudgetAccount Of(Budget? budget, Currency currency) =>
        new(BudgetState.Of(budget), budget?.PerCustomer, currency, true, 0, 0, Money.Zero(currency));
}
