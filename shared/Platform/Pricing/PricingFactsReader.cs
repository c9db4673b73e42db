using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.Platform.Pricing;

/// <summary>Gathers what prices are decided from.</summary>
public sealed class PricingFactsReader
{
    /// <summary>The facts of some items in every market of the policy where they have a price.</summary>
    public Task<List<PricingFacts>> ReadAsync(IReadOnlyCollection<Sku> skus, PricePolicy policy, CancellationToken cancellationToken) => throw new NotImplementedException();

    /// <summary>The facts of a whole bucket, by a few scans: for runs over everything.</summary>
    public Task<List<PricingFacts>> ReadBucketAsync(int bucket, PricePolicy policy, CancellationToken cancellationToken) => throw new NotImplementedException();
}
