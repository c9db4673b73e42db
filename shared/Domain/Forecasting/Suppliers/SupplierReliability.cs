namespace Stockgate.Domain.Forecasting.Suppliers;

/// <summary>A line of a purchase order that a supplier confirmed.</summary>
/// <param name="Order">The purchase order's number.</param>
/// <param name="Sku">The item; an order has each once.</param>
/// <param name="Supplier">Who confirmed.</param>
/// <param name="Ordered">When it was ordered.</param>
/// <param name="Due">The day that was promised first.</param>
/// <param name="Quantity">Units, above 0.</param>
public sealed record Confirmation(string Order, Sku Sku, SupplierId Supplier, DateOnly Ordered, DateOnly Due, Quantity Quantity);

/// <summary>Received goods of a purchase order.</summary>
public sealed record Receipt(string Order, Sku Sku, DateOnly Day, Quantity Quantity);

/// <summary>
/// A share with the interval that it is in with a chance of 95 % (Wilson 1927): it holds with few cases and at 0 and 1, where the usual
/// one has no width.
/// </summary>
public sealed record ShareInterval(double Share, double Low, double High)
{
    /// <param name="hits">0 to <paramref name="cases"/>.</param>
    /// <param name="cases">0: nothing is known, 0 to 1.</param>
    public static ShareInterval Of(int hits, int cases)
    {
        if (hits < 0 || hits > cases)
            throw new ArgumentOutOfRangeException(nameof(hits), hits, $"Hits can't exceed {cases} cases.");
        if (cases == 0)
            return new(0, 0, 1);
        const double z = 1.959963984540054;
        var (p, n) = ((double)hits / cases, (double)cases);
        var (centre, half) = (
            (p + z * z / (2 * n)) / (1 + z * z / n),
            z * Math.Sqrt(p * (1 - p) / n + z * z / (4 * n * n)) / (1 + z * z / n)
        );
        return new(p, hits == 0 ? 0 : Math.Max(0, centre - half), hits == cases ? 1 : Math.Min(1, centre + half));
    }

    public override string ToString() => $"{Share:P0} ({Low:P0} to {High:P0})";
}

/// <summary>A supplier's delivery reliability. Lines before their due date count only if complete.</summary>
/// <param name="Supplier">The supplier.</param>
/// <param name="Lines">Lines that were judged.</param>
/// <param name="OnTimeInFull">Share of lines that were there whole by their day.</param>
/// <param name="FillRate">
/// Units received by the day of asking over units promised, no line above its own; 0 to 1, 0 where nothing was judged.
/// </param>
/// <param name="Late">
/// Mean days after the promised one that a line was whole, 0 for those in time; a line that still isn't counts up to the day of asking.
/// </param>
/// <param name="LeadTime">Mean days from the order to the whole line; null if none became whole.</param>
/// <param name="LeadTimeP90">Days in which nine of ten whole lines came; null if none did.</param>
/// <param name="Words">For a planner.</param>
public sealed record SupplierReliability(
    SupplierId Supplier,
    int Lines,
    ShareInterval OnTimeInFull,
    double FillRate,
    double Late,
    double? LeadTime,
    int? LeadTimeP90,
    string Words
)
{
    private const int Few = 10;

    /// <param name="supplier">Whose lines are looked at.</param>
    /// <param name="confirmations">Of any suppliers.</param>
    /// <param name="receipts">In any order; those after <paramref name="asOf"/> are not looked at.</param>
    /// <param name="asOf">The day of asking.</param>
    public static SupplierReliability Of(
        SupplierId supplier,
        IEnumerable<Confirmation> confirmations,
        IEnumerable<Receipt> receipts,
        DateOnly asOf
    )
    {
        var received = receipts.Where(r => r.Day <= asOf).ToLookup(static r => (r.Order, r.Sku));
        var lines = confirmations
            .Where(c => c.Supplier == supplier)
            .Select(c => Line(c, received[(c.Order, c.Sku)]))
            .Where(l => l.Whole is not null || l.Due < asOf)
            .ToList();
        var whole = lines
            .Where(static l => l.Whole is not null)
            .Select(static l => l.Whole!.Value.DayNumber - l.Ordered.DayNumber)
            .Order()
            .ToArray();
        var inFull = ShareInterval.Of(lines.Count(static l => l.Whole <= l.Due), lines.Count);
        var (promised, came) = (lines.Sum(static l => l.Promised), lines.Sum(static l => l.Came));
        var fill = promised == 0 ? 0 : (double)(came / promised);
        var late = lines.Count == 0 ? 0 : lines.Average(l => Math.Max(0, (l.Whole ?? asOf).DayNumber - l.Due.DayNumber));
        int? p90 = whole.Length == 0 ? null : whole[(int)Math.Ceiling(0.9 * whole.Length) - 1];
        double? lead = whole.Length == 0 ? null : whole.Average();
        var words =
            lines.Count == 0
                ? $"No order of {supplier} has been due: its reliability is unknown"
                : $"{supplier} delivered {inFull} of {lines.Count} lines on time in full and {fill:P0} of the units, {late:0.#} days late on average"
                    + (lead is null ? "; no line is complete yet" : $"; {lead:0.#} days from order to shelf, {p90} at P90")
                    + (lines.Count < Few ? $". Only {lines.Count} lines, so the figures are uncertain" : "");
        return new SupplierReliability(supplier, lines.Count, inFull, fill, late, lead, p90, words);
    }

    private static (DateOnly Ordered, DateOnly Due, DateOnly? Whole, decimal Promised, decimal Came) Line(
        Confirmation line,
        IEnumerable<Receipt> receipts
    )
    {
        var came = 0m;
        DateOnly? whole = null;
        foreach (var receipt in receipts.OrderBy(static r => r.Day))
        {
            came += receipt.Quantity.Value;
            if (came >= line.Quantity.Value)
                whole ??= receipt.Day;
        }
        return (line.Ordered, line.Due, whole, line.Quantity.Value, Math.Clamp(came, 0, line.Quantity.Value));
    }
}
