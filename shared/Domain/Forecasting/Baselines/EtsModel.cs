namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>One of the models of <see cref="Ets"/> over one series: its errors by its parameters.</summary>
internal readonly ref struct EtsModel(
    ReadOnlySpan<double> units,
    ReadOnlySpan<double> weights,
    ReadOnlySpan<double> weekdays,
    bool trend,
    bool season
) : IObjective
{
    public const int Week = 7;

    private readonly ReadOnlySpan<double> units = units,
        weights = weights,
        weekdays = weekdays;
    private readonly double start = Start.Level(units, weights);

    /// <summary>The mean of each weekday over the mean of all, in the order of the days.</summary>
    /// <returns>False if a weekday has no day that counts.</returns>
    public static bool Weekdays(ReadOnlySpan<double> units, ReadOnlySpan<double> weights, Span<double> into)
    {
        Span<double> sums = stackalloc double[Week],
            counts = stackalloc double[Week];
        sums.Clear();
        counts.Clear();
        for (var day = 0; day < units.Length; day++)
            if (weights[day] > 0)
                (sums[day % Week], counts[day % Week]) = (sums[day % Week] + weights[day] * units[day], counts[day % Week] + weights[day]);
        double mean = 0;
        for (var day = 0; day < Week; day++)
        {
            if (counts[day] == 0)
                return false;
            mean += sums[day] / counts[day] / Week;
        }
        for (var day = 0; day < Week; day++)
            into[day] = sums[day] / counts[day] - mean;
        return true;
    }

    /// <summary>Finds the parameters.</summary>
    /// <param name="x">The parameters, as <see cref="Shares"/> reads them.</param>
    /// <returns>Sum of squared errors.</returns>
    public double Fit(Span<double> x)
    {
        x[0] = Math.Log(0.05);
        var n = 1;
        if (season)
            x[n++] = Math.Log(0.02);
        if (trend)
            (x[n], x[n + 1], n) = (Math.Log(0.05), 0, n + 2);
        return NelderMead.Minimize(this, x[..n], 0.8, 30 * n);
    }

    /// <summary>
    /// Akaike's criterion with its correction for small samples; negative infinity where the errors are nothing but rounding.
    /// </summary>
    public double Aicc(double squares, int n)
    {
        // The parameters that were fitted, the states at the start and the variance.
        double k = 3 + (trend ? 2 : 0) + (season ? 1 + Week - 1 : 0);
        if (n - k - 1 <= 0)
            return k == 3 ? double.MaxValue : double.PositiveInfinity;
        double all = 0;
        foreach (var unit in units)
            all += unit * unit;
        return squares <= 1e-20 * all ? double.NegativeInfinity : n * Math.Log(squares / n) + 2 * k + 2 * k * (k + 1) / (n - k - 1);
    }

    public double At(scoped ReadOnlySpan<double> x) => Run(x, default);

    /// <param name="x">The parameters.</param>
    /// <param name="into">Gets the mean of each day ahead.</param>
    public void Forecast(scoped ReadOnlySpan<double> x, Span<double> into) => Run(x, into);

    private (double Level, double Season, double Trend, double Damping) Shares(scoped ReadOnlySpan<double> x)
    {
        var alpha = Math.Clamp(Math.Exp(x[0]), 0.001, SimpleSmoothing.MostShare);
        var gamma = season ? (1 - alpha) * Math.Clamp(Math.Exp(x[1]), 0.0005, 0.5) : 0;
        var at = season ? 2 : 1;
        // φ goes from 0.8 to 0.98 as its variable goes from far below 0 to far above.
        return trend
            ? (alpha, gamma, alpha * Math.Clamp(Math.Exp(x[at]), 0.0005, 0.9), 0.8 + 0.18 / (1 + Math.Exp(-x[at + 1])))
            : (alpha, gamma, 0, 0);
    }

    private double Run(scoped ReadOnlySpan<double> x, Span<double> into)
    {
        var (alpha, gamma, beta, phi) = Shares(x);
        Span<double> seasons = stackalloc double[Week];
        if (season)
            weekdays.CopyTo(seasons);
        else
            seasons.Clear();
        var (level, slope, squares, weekday) = (start, 0.0, 0.0, 0);
        for (var day = 0; day < units.Length; day++)
        {
            slope *= phi;
            level += slope;
            var error = units[day] - level - seasons[weekday];
            var weight = weights[day];
            if (weight < 0)
                weight = error > 0 ? 1 : 0;
            error *= weight == 0 ? 0 : 1;
            squares += weight * error * error;
            error *= weight;
            level += alpha * error;
            slope += beta * error;
            seasons[weekday] += gamma * error;
            if (++weekday == Week)
                weekday = 0;
        }
        for (var day = 0; day < into.Length; day++)
        {
            slope *= phi;
            level += slope;
            into[day] = level + seasons[weekday];
            if (++weekday == Week)
                weekday = 0;
        }
        return squares;
    }
}
