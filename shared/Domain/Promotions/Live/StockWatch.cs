using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>An item at a place: what the ledger says and, where somebody counted, what was there.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Location">The place.</param>
/// <param name="Ledger">Units on hand by the books, at the moment of the count where there is one.</param>
/// <param name="Counted">Units counted; null if nobody has.</param>
/// <param name="SoldLately">Units sold there since the last look: it is selling where above 0.</param>
/// <param name="UnitPrice">What a unit sells at; null if that is not known.</param>
public sealed record StockCheck(
    Sku Sku,
    LocationId Location,
    Quantity Ledger,
    Quantity? Counted,
    Quantity SoldLately,
    Money? UnitPrice = null
);

/// <summary>Compares counted stock with the ledger.</summary>
public static class StockWatch
{
    /// <returns>Null if the books fit what was counted, and what sells is there.</returns>
    public static Anomaly? Judge(StockCheck check, MonitorLimits limits)
    {
        var bound = Math.Max(limits.DriftUnits, Math.Abs(check.Ledger.Value) * limits.DriftShare);
        if (check.Counted is { } counted && Math.Abs(counted.Value - check.Ledger.Value) > bound)
        {
            var off = new Quantity(Math.Abs(counted.Value - check.Ledger.Value));
            return Drift(
                check,
                Figures.Units(counted),
                off,
                $"{Figures.Number(bound)} units off",
                $"{Figures.Units(counted)} of {check.Sku} were counted at {check.Location}, and the ledger says {Figures.Units(check.Ledger)}: {(counted < check.Ledger ? "the missing units are being promised" : "the surplus units are not being sold")}."
            );
        }
        // The newest word holds: a count says what is there, the ledger where nobody counted.
        var there = check.Counted ?? check.Ledger;
        return there <= Quantity.Zero && check.SoldLately > Quantity.Zero
            ? Drift(
                check,
                Figures.Units(there),
                check.SoldLately - there,
                "no sales without stock",
                $"{Figures.Units(check.SoldLately)} of {check.Sku} sold recently at {check.Location} with {Figures.Units(there)} in stock: a receipt was not booked, or orders are accepted that can't be filled."
            )
            : null;
    }

    private static Anomaly Drift(StockCheck check, string seen, Quantity units, string threshold, string reason) =>
        new(
            AnomalyKind.StockDrift,
            $"SKU {check.Sku} at {check.Location}",
            seen,
            Figures.Units(check.Ledger),
            threshold,
            reason,
            new Exposure(units, check.UnitPrice is { } price ? price * units : null),
            [new Recount(check.Sku, check.Location, "Only a count shows which of the two is right.")]
        );
}
