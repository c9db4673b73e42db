using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing;

/// <summary>The policy of prices, every version of it.</summary>
public sealed class PricingPolicies(StateTables tables, DecisionLog decisions, TimeProvider time)
    : PolicyVersions<PricePolicy>(Kind, tables, decisions, time)
{
    private static readonly PolicyKind<PricePolicy> Kind = new(
        "pricing",
        "prices",
        PricePolicy.DefaultJson,
        static json => PricePolicy.Read(json.Span) is var reading ? (reading.Policy, reading.Mistakes) : default,
        static policy => policy.Version
    );
}
