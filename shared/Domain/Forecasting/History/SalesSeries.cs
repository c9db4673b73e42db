namespace Stockgate.Domain.Forecasting.History;

/// <summary>The key of a series: a SKU at a location.</summary>
public readonly record struct SeriesKey(Sku Sku, LocationId Location)
{
    public override string ToString() => $"{Sku} at {Location}";
}

/// <summary>What a model has to know about a day before it learns from its units.</summary>
[Flags]
public enum DayMarks : byte
{
    None = 0,

    /// <summary>
    /// There was nothing left to sell for at least a part of the day: the units say how many there were, not how many were wanted.
    /// </summary>
    Stockout = 1,

    /// <summary>An offer was on.</summary>
    Promotion = 2,

    /// <summary>The location was closed.</summary>
    Closed = 4,
}

/// <summary>The daily sales of one SKU at one location with prices and marks, which extend over the horizon as planned.</summary>
public sealed class SalesSeries
{
    public required SeriesKey Key { get; init; }

    /// <summary>Empty if the catalog has none.</summary>
    public string Category { get; init; } = string.Empty;

    /// <summary>Empty if the location is in none.</summary>
    public string Region { get; init; } = string.Empty;

    /// <summary>
    /// Units sold less cancelled on each day of the history, 0 or more; <see cref="float.NaN"/> where not known. Returns are not in them.
    /// </summary>
    public required float[] Units { get; init; }

    /// <summary>Price of a unit on each day of the history and of the horizon; <see cref="float.NaN"/> where not known.</summary>
    public required float[] Prices { get; init; }

    /// <summary>Of each day of the history and, as planned, of the horizon.</summary>
    public required DayMarks[] Marks { get; init; }
}
