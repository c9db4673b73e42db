namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>Where a recursion begins.</summary>
internal static class Start
{
    private const int Days = 56;

    /// <summary>The weighted mean of the first eight weeks' days that count; 0 where there are none.</summary>
    public static double Level(ReadOnlySpan<double> units, ReadOnlySpan<double> weights)
    {
        double sum = 0,
            weight = 0;
        var seen = 0;
        for (var day = 0; day < units.Length && seen < Days; day++)
        {
            if (weights[day] <= 0)
                continue;
            (sum, weight, seen) = (sum + weights[day] * units[day], weight + weights[day], seen + 1);
        }
        return weight > 0 ? sum / weight : 0;
    }

    /// <summary>
    /// The mean size of a day that sold something, and the share of such days, in the first eight weeks' days that count.
    /// </summary>
    public static (double Size, double Share) Demand(ReadOnlySpan<double> units, ReadOnlySpan<double> weights)
    {
        double sum = 0,
            weight = 0,
            sold = 0;
        var seen = 0;
        // On until one of them sold: a start without any demand has no size.
        for (var day = 0; day < units.Length && (seen < Days || sold == 0); day++)
        {
            if (weights[day] <= 0)
                continue;
            (sum, weight, sold, seen) = (
                sum + weights[day] * units[day],
                weight + weights[day],
                sold + (units[day] > 0 ? weights[day] : 0),
                seen + 1
            );
        }
        return sold > 0 ? (sum / sold, sold / weight) : (0, 0);
    }
}
