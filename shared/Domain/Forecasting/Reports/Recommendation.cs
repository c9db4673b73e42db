namespace Stockgate.Domain.Forecasting.Reports;

/// <summary>A recommended action for a person.</summary>
/// <param name="Kind">Short and stable, such as <c>order</c>, <c>transfer</c>, <c>mark-down</c>.</param>
/// <param name="Sku">The SKU.</param>
/// <param name="Location">Where it is needed.</param>
/// <param name="Quantity">How many, 0 or more; null if it is not about a number of units.</param>
/// <param name="From">The supplier or location that it comes from; null if it comes from nowhere.</param>
/// <param name="By">The day by which it has to be done; null if any day will do.</param>
/// <param name="Words">What to do and why, in a sentence.</param>
/// <param name="Money">What is at stake; null if that is not known.</param>
public sealed record Recommendation(
    string Kind,
    Sku Sku,
    LocationId Location,
    Quantity? Quantity,
    string? From,
    DateOnly? By,
    string Words,
    Money? Money = null
);
