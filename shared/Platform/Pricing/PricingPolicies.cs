using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing;

/// <summary>The policy of prices, every version of it.</summary>
public sealed class PricingPolicies(StateTables tables, DecisionLog decisions, Switches switches, TimeProvider time)
    : PolicyVersions<PricePolicy>(Kind, tables, decisions, time)
{
    private static readonly PolicyKind<PricePolicy> Kind = new(
        "pricing",
        "prices",
        PricePolicy.DefaultJson,
        static json => PricePolicy.Read(json.Span) is var reading ? (reading.Policy, reading.Mistakes) : default,
        static policy => policy.Version
    );

    /// <summary>The policy that holds, with a leash of Off while pricing is stopped.</summary>
    public override async Task<PricePolicy> CurrentAsync(CancellationToken cancellationToken)
    {
        var policy = await base.CurrentAsync(cancellationToken);
        return await switches.OnAsync(OperatingSwitch.StopPricing, cancellationToken) is null
            ? policy
            : policy with
            {
                Leash = PricingLeash.Off,
            };
    }
}
