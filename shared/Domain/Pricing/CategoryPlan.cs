namespace Stockgate.Domain.Pricing;

/// <summary>What of a run over a category goes out.</summary>
/// <param name="Decisions">As many as were given, in their order; those that don't go out have become holds.</param>
/// <param name="After">The day's count with those that go out.</param>
/// <param name="Tripped">Why the category has to stop until a person has looked; null where it need not.</param>
public sealed record CategoryPlan(IReadOnlyList<PriceDecision> Decisions, CategoryDay After, string? Tripped)
{
    /// <param name="decisions">Of one category.</param>
    /// <param name="rules">The category's.</param>
    /// <param name="today">What moved before.</param>
    public static CategoryPlan Of(IReadOnlyList<PriceDecision> decisions, CategoryRules rules, CategoryDay today) => throw new NotImplementedException();
}
