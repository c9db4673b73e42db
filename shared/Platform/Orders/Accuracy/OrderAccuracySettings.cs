using Stockgate.Domain;
using Stockgate.Domain.Orders.Accuracy;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>The settings of order processing, as the rules take them.</summary>
public sealed class OrderAccuracySettings(OrderOptions options)
{
    /// <summary>Whether orders that name no location are allocated here.</summary>
    public bool Allocates => options.Allocate;

    public AllocationRules Rules { get; } =
        new()
        {
            SplitPenaltyKm = options.SplitPenaltyKm,
            StockFreshFor = options.StockFreshFor,
            Buffers = (
                from location in options.Buffers
                from channel in location.Value
                select (Key: (new LocationId(location.Key), new ChannelId(channel.Key)), Units: new Quantity(channel.Value))
            ).ToDictionary(static b => b.Key, static b => b.Units),
        };

    public TimeSpan RepeatAfter => options.RepeatAfter;

    /// <summary>How often an open order is evaluated without an event.</summary>
    public TimeSpan LookEvery => options.LookEvery;

    public TimeSpan KeepFor => options.KeepFor;

    public SubstitutionRules Substitutions { get; } = new([.. options.Substitutions.Select(static rule => rule.Value.ToRule(rule.Key))]);

    public ReconciliationTerms Terms => options.Reconciliation;
}
