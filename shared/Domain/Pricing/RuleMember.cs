namespace Stockgate.Domain.Pricing;

/// <summary>A rule's member with the value that a policy gives it.</summary>
internal sealed record RuleValue(string Member, Func<PriceRules, PriceRules> Over);
