using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What is done about a region whose stock does not cover the demand.</summary>
[JsonConverter(typeof(NamedEnumConverter<ShortRegionPolicy>))]
public enum ShortRegionPolicy
{
    /// <summary>Nothing: the region is red.</summary>
    None,

    /// <summary>Only some channels sell the promotion there.</summary>
    LimitChannels,

    /// <summary>Some locations do not take part.</summary>
    HoldLocations,

    /// <summary>The region starts later.</summary>
    Stagger,

    /// <summary>The shortfall is ordered.</summary>
    Replenish,
}

/// <summary>A policy with what it needs to be carried out; without that it handles nothing.</summary>
/// <param name="Policy">What is done.</param>
/// <param name="Channels">With <see cref="ShortRegionPolicy.LimitChannels"/>: those that still sell. At least one.</param>
/// <param name="Locations">With <see cref="ShortRegionPolicy.HoldLocations"/>: those that do not take part. At least one.</param>
/// <param name="Delay">With <see cref="ShortRegionPolicy.Stagger"/>: how much later the region starts. More than 0.</param>
public sealed record ShortRegionPlan(
    ShortRegionPolicy Policy,
    SalesChannelId[]? Channels = null,
    LocationId[]? Locations = null,
    TimeSpan Delay = default
)
{
    /// <summary>Whether the plan says enough to be carried out.</summary>
    public bool Handles =>
        Policy switch
        {
            ShortRegionPolicy.LimitChannels => Channels is { Length: > 0 },
            ShortRegionPolicy.HoldLocations => Locations is { Length: > 0 },
            ShortRegionPolicy.Stagger => Delay > TimeSpan.Zero,
            ShortRegionPolicy.Replenish => true,
            _ => false,
        };

    /// <summary>What customers and stores will meet.</summary>
    internal string Consequence(DateTimeOffset start, Quantity shortfall) =>
        Policy switch
        {
            ShortRegionPolicy.LimitChannels => $"only {Figures.Names(Channels!)} will sell the promotion there",
            ShortRegionPolicy.HoldLocations => $"{Figures.Names(Locations!)} will not take part",
            ShortRegionPolicy.Stagger => $"it will start {Figures.Hours(Delay)} later there, at {Figures.Moment(start + Delay)}",
            _ => $"{Figures.Units(shortfall)} must be ordered and arrive in time, or the region sells out",
        };
}
