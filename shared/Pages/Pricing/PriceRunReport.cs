using Stockgate.Domain;
using Stockgate.Domain.Pricing;

namespace Stockgate.Pages.Pricing;

/// <summary>A run over prices, for people: what would change and why.</summary>
public sealed record PriceRunReport
{
    /// <summary>Its id.</summary>
    public required string Run { get; init; }

    public required DateTimeOffset At { get; init; }

    public required int PolicyVersion { get; init; }

    public required PricingLeash Leash { get; init; }

    /// <summary>True if nothing went out.</summary>
    public bool DryRun { get; set; } = true;

    /// <summary>The whole of it; what is kept too.</summary>
    public required IReadOnlyList<PricedItem> Items { get; init; }

    /// <summary>Categories that stopped themselves, each with why.</summary>
    public IReadOnlyList<string> Stops { get; set; } = [];
}

/// <summary>A decision with the product's own words.</summary>
/// <param name="Decision">About it.</param>
/// <param name="Category">Empty if it has none.</param>
/// <param name="Title">Empty if it has none.</param>
public sealed record PricedItem(PriceDecision Decision, string Category, string Title);
