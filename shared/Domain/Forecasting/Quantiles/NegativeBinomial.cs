namespace Stockgate.Domain.Forecasting.Quantiles;

/// <summary>
/// Counts whose variance is mean + dispersion · mean²: customers come by chance, and how many are about is itself uncertain (a gamma
/// mixture of Poisson counts). Dispersion 0 is Poisson.
/// </summary>
internal static class NegativeBinomial
{
    // Above it counts are close to a smooth distribution; adding up each one would only take time.
    private const double ManyUnits = 2_000;

    /// <summary>The smallest count that at least a share of all counts does not exceed, for each of some shares.</summary>
    /// <param name="mean">0 or more.</param>
    /// <param name="dispersion">0 or more.</param>
    /// <param name="levels">Ascending, above 0 to below 1.</param>
    /// <param name="into">One for each level.</param>
    public static void Quantiles(double mean, double dispersion, ReadOnlySpan<double> levels, Span<float> into)
    {
        if (!(mean > 1e-9))
        {
            into.Clear();
            return;
        }
        if (mean > ManyUnits)
        {
            for (var i = 0; i < levels.Length; i++)
                into[i] = (float)Math.Max(0, Math.Round(Smooth(mean, mean + dispersion * mean * mean, levels[i])));
            return;
        }
        var (size, count, level) = (1 / Math.Max(dispersion, 1e-6), 0, 0);
        var more = mean / (mean + size);
        var logarithm = -size * Math.Log(1 + mean / size);
        // In logarithms until there is something to add: with a mean of hundreds the first counts are too unlikely for a double.
        var sum = Math.Exp(logarithm);
        while (level < levels.Length)
        {
            while (level < levels.Length && sum >= levels[level])
                into[level++] = count;
            if (level == levels.Length || count > 50 * ManyUnits)
                break;
            logarithm += Math.Log((count + size) / (count + 1.0) * more);
            count++;
            sum += Math.Exp(logarithm);
        }
        for (; level < levels.Length; level++)
            into[level] = count;
    }

    /// <summary>The share of counts below <paramref name="count"/>, and the share that are it.</summary>
    public static (double Below, double At) Share(double mean, double dispersion, int count)
    {
        if (!(mean > 1e-9))
            return count == 0 ? (0, 1) : (1, 0);
        var size = 1 / Math.Max(dispersion, 1e-6);
        var more = mean / (mean + size);
        var (logarithm, below) = (-size * Math.Log(1 + mean / size), 0.0);
        for (var k = 0; k < count; k++)
        {
            below += Math.Exp(logarithm);
            logarithm += Math.Log((k + size) / (k + 1.0) * more);
        }
        return (Math.Min(1, below), Math.Exp(logarithm));
    }

    /// <summary>
    /// A gamma distribution of this mean and variance, by the cube root's normal approximation (Wilson and Hilferty 1931).
    /// </summary>
    private static double Smooth(double mean, double variance, double level)
    {
        var shape = mean * mean / variance;
        var cube = 1 - 1 / (9 * shape) + MathNet.Numerics.Distributions.Normal.InvCDF(0, 1, level) / (3 * Math.Sqrt(shape));
        return mean * cube * cube * cube;
    }
}
