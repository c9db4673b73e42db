namespace Stockgate.Domain.Pricing;

/// <summary>What becomes of a price.</summary>
public static class PriceDecider
{
    /// <summary>Never throws: facts that make no sense are a hold, which says so.</summary>
    public static PriceDecision Decide(PricingFacts facts) => throw new NotImplementedException();
}
