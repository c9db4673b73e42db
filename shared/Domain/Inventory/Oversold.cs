using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Inventory;

/// <summary>
/// Reports a negative available to promise of a SKU at a location. Without a count, or after its withdrawal, no exception is opened.
/// </summary>
public static class Oversold
{
    public const string ExceptionType = "oversold";

    private const int OrdersNamed = 10;

    /// <returns>Units that are promised and not there; zero where there are enough, or nothing is known.</returns>
    public static Quantity Short(StockPosition? position) =>
        position is { IsCounted: true } counted ? Quantity.Max(-counted.AvailableToPromise, Quantity.Zero) : Quantity.Zero;

    /// <summary>What the exception is about: <c>sku X: location L</c>.</summary>
    public static string SubjectOf(StockPosition position) => $"sku {position.Sku}: location {position.Location}";

    /// <summary>The exception of a position that fell below zero, or further below it.</summary>
    /// <param name="position">As it is now.</param>
    /// <param name="deeper">Units that it fell by.</param>
    /// <param name="atStake">Orders that hold some of it, the newest first.</param>
    /// <param name="now">Our clock.</param>
    public static OperationException Exception(
        StockPosition position,
        Quantity deeper,
        IReadOnlyList<OrderAtStake> atStake,
        DateTimeOffset now
    ) =>
        new()
        {
            Type = ExceptionType,
            Subject = SubjectOf(position),
            Failure = "available to promise is negative",
            ExposedUnits = deeper.Value,
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "operations",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Available to promise of {position.Sku} at {position.Location} is {position.AvailableToPromise}. "
                + $"Count it, move stock there, or ship from elsewhere; {Named(atStake)}",
        };

    private static string Named(IReadOnlyList<OrderAtStake> atStake)
    {
        if (atStake.Count == 0)
            return "no open order of the last months contains it.";
        var more = atStake.Count > OrdersNamed ? $" and {atStake.Count - OrdersNamed} more" : string.Empty;
        var named = atStake.Take(OrdersNamed).Select(static o => $"{o.Order} ({o.Units})");
        return $"affected orders, newest first: {string.Join(", ", named)}{more}.";
    }
}

/// <summary>An order that holds units of a position.</summary>
/// <param name="Order">The order.</param>
/// <param name="Units">What it holds.</param>
/// <param name="Since">When its hold last changed.</param>
public sealed record OrderAtStake(OrderId Order, Quantity Units, DateTimeOffset Since);
