namespace Stockgate.Domain.Forecasting.Baselines;

/// <summary>A function to minimize.</summary>
internal interface IObjective
{
    double At(scoped ReadOnlySpan<double> x);
}

/// <summary>
/// Nelder and Mead's downhill simplex (1965) for up to four variables, on the stack and without chance: the same data give the same
/// answer.
/// </summary>
internal static class NelderMead
{
    private const int Most = 4;
    private const double Tolerance = 1e-5;

    /// <param name="objective">Has a value everywhere; clamps its variables itself.</param>
    /// <param name="x">Where to begin; the best point afterwards.</param>
    /// <param name="step">Size of the first simplex.</param>
    /// <param name="evaluations">When to stop at the latest.</param>
    /// <returns>The value at the best point.</returns>
    public static double Minimize<T>(T objective, Span<double> x, double step, int evaluations)
        where T : IObjective, allows ref struct
    {
        var n = x.Length;
        ArgumentOutOfRangeException.ThrowIfGreaterThan(n, Most);
        Span<double> points = stackalloc double[(Most + 1) * Most],
            values = stackalloc double[Most + 1],
            centre = stackalloc double[n],
            reflected = stackalloc double[n],
            tried = stackalloc double[n];
        for (var i = 0; i <= n; i++)
        {
            x.CopyTo(points.Slice(i * Most, n));
            if (i > 0)
                points[i * Most + i - 1] += step;
            values[i] = objective.At(points.Slice(i * Most, n));
        }
        for (var used = n + 1; used < evaluations; )
        {
            var (best, worst, second) = Order(values[..(n + 1)]);
            if (values[worst] - values[best] <= Tolerance * Math.Abs(values[best]))
                break;
            centre.Clear();
            for (var i = 0; i <= n; i++)
            for (var j = 0; i != worst && j < n; j++)
                centre[j] += points[i * Most + j] / n;
            var last = points.Slice(worst * Most, n);
            var value = Try(objective, centre, last, -1, reflected);
            used++;
            if (value < values[best])
            {
                var further = Try(objective, centre, last, -2, tried);
                used++;
                Put(further < value ? tried : reflected, Math.Min(further, value), last, ref values[worst]);
            }
            else if (value < values[second])
                Put(reflected, value, last, ref values[worst]);
            else
            {
                var nearer = Try(objective, centre, last, value < values[worst] ? -0.5 : 0.5, tried);
                used++;
                if (nearer < Math.Min(value, values[worst]))
                    Put(tried, nearer, last, ref values[worst]);
                else
                {
                    var to = points.Slice(best * Most, n);
                    for (var i = 0; i <= n; i++)
                    {
                        if (i == best)
                            continue;
                        var point = points.Slice(i * Most, n);
                        for (var j = 0; j < n; j++)
                            point[j] = to[j] + 0.5 * (point[j] - to[j]);
                        values[i] = objective.At(point);
                        used++;
                    }
                }
            }
        }
        var least = Order(values[..(n + 1)]).Best;
        points.Slice(least * Most, n).CopyTo(x);
        return values[least];
    }

    private static double Try<T>(T objective, ReadOnlySpan<double> centre, ReadOnlySpan<double> worst, double factor, Span<double> into)
        where T : IObjective, allows ref struct
    {
        for (var j = 0; j < into.Length; j++)
            into[j] = centre[j] + factor * (worst[j] - centre[j]);
        return objective.At(into);
    }

    private static void Put(ReadOnlySpan<double> point, double value, Span<double> into, ref double its)
    {
        point.CopyTo(into);
        its = value;
    }

    private static (int Best, int Worst, int Second) Order(ReadOnlySpan<double> values)
    {
        var (best, worst) = (0, 0);
        for (var i = 1; i < values.Length; i++)
        {
            if (values[i] < values[best])
                best = i;
            if (values[i] >= values[worst])
                worst = i;
        }
        var second = best;
        for (var i = 0; i < values.Length; i++)
            if (i != worst && values[i] > values[second])
                second = i;
        return (best, worst, second);
    }
}
