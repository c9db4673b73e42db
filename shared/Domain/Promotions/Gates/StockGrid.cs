using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What one location can promise of one item. The default is: not ranged there.</summary>
/// <param name="Available">Available to promise; below zero counts as none.</param>
/// <param name="AsOf">The moment the figure is as good as; null if there is no figure.</param>
/// <param name="Ranged">Whether the location is to sell the item; a figure that nobody needs may be missing.</param>
/// <param name="Silent">Whether its source posts nothing any more, so that the figure may be outdated however new it looks.</param>
public readonly record struct StockFigure(Quantity Available, DateTimeOffset? AsOf, bool Ranged = true, bool Silent = false);

/// <param name="Location">A store, a warehouse, an online pool.</param>
/// <param name="Region">The region that it serves.</param>
/// <param name="MaxAge">How old a figure of this location may be.</param>
/// <param name="Source">The system that counts here.</param>
public readonly record struct StockLocation(LocationId Location, RegionId Region, TimeSpan MaxAge, string Source);

/// <summary>
/// The stock of every item at every location, flat and item by item, so that a million figures are read in one pass without a look-up.
/// </summary>
public sealed record StockGrid
{
    /// <param name="items">Each once.</param>
    /// <param name="locations">Each once.</param>
    /// <param name="figures">Figure of item i at location l at <c>i × locations + l</c>.</param>
    /// <exception cref="ArgumentException">The figures are not one per item and location.</exception>
    public StockGrid(Sku[] items, StockLocation[] locations, StockFigure[] figures)
    {
        if (figures.LongLength != items.LongLength * locations.LongLength)
            throw new ArgumentException(
                $"{items.Length} items at {locations.Length} locations need {items.LongLength * locations.LongLength} figures; there are {figures.Length}.",
                nameof(figures)
            );
        (Items, Locations, Figures) = (items, locations, figures);
    }

    public Sku[] Items { get; }

    public StockLocation[] Locations { get; }

    public StockFigure[] Figures { get; }

    /// <summary>The sources of the silent figures.</summary>
    public IReadOnlyList<SilentSource> SilentSources { get; init; } = [];

    /// <summary>What every location can promise of an item, in the order of <see cref="Locations"/>.</summary>
    public ReadOnlySpan<StockFigure> Of(int item) => Figures.AsSpan(item * Locations.Length, Locations.Length);
}
