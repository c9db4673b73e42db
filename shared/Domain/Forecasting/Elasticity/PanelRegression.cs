using MathNet.Numerics.LinearAlgebra;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Forecasting.Elasticity;

/// <summary>A line of a panel.</summary>
/// <param name="Group">What has an effect of its own, such as a store or a series.</param>
/// <param name="Cluster">Lines whose errors go together, such as those of a store or of a week.</param>
/// <param name="Y">What is explained.</param>
/// <param name="X">By what; the same number for every line.</param>
public sealed record PanelLine(string Group, string Cluster, double Y, double[] X);

/// <summary>
/// Least squares with an effect per group, by the within transformation: every figure less its group's mean. Variances are clustered with
/// the correction for few clusters, G ÷ (G − 1) × (n − 1) ÷ (n − k) (Cameron, Miller 2015, Journal of Human Resources 50).
/// </summary>
public sealed class PanelRegression
{
    private readonly Dictionary<string, (double Y, double[] X)> means;

    private PanelRegression(
        double[] coefficients,
        double[] variances,
        int clusters,
        int lines,
        double residualVariance,
        Dictionary<string, (double Y, double[] X)> means
    ) =>
        (Coefficients, Variances, Clusters, Lines, ResidualVariance, this.means) = (
            coefficients,
            variances,
            clusters,
            lines,
            residualVariance,
            means
        );

    /// <summary>
    /// In the order of the lines' figures; 0 for one that doesn't vary within groups or says the same as others before it.
    /// </summary>
    public IReadOnlyList<double> Coefficients { get; }

    /// <summary>Of the coefficients, in the same order; infinite where a coefficient can't be known.</summary>
    public IReadOnlyList<double> Variances { get; }

    public int Clusters { get; }

    public int Lines { get; }

    /// <summary>Mean squared error within groups.</summary>
    public double ResidualVariance { get; }

    /// <returns>
    /// Null if there is too little to learn from: fewer than two clusters, or no more lines than groups and coefficients.
    /// </returns>
    /// <exception cref="ArgumentException">Lines have different numbers of figures.</exception>
    public static PanelRegression? Fit(IReadOnlyList<PanelLine> lines)
    {
        if (lines.Count == 0)
            return null;
        var width = lines[0].X.Length;
        if (lines.Any(l => l.X.Length != width))
            throw new ArgumentException("Every row needs the same number of figures.", nameof(lines));
        var means = lines
            .GroupBy(static l => l.Group)
            .ToDictionary(
                static g => g.Key,
                g => (g.Average(static l => l.Y), Enumerable.Range(0, width).Select(j => g.Average(l => l.X[j])).ToArray())
            );
        var clusters = lines.Select(static l => l.Cluster).Distinct().Count();
        var y = lines.Select(l => l.Y - means[l.Group].Item1).ToArray();
        var x = lines.Select(l => l.X.Select((v, j) => v - means[l.Group].Item2[j]).ToArray()).ToArray();
        var kept = Independent(x, width);
        if (clusters < 2 || lines.Count <= means.Count + kept.Count)
            return null;
        var (coefficients, variances) = (new double[width], Enumerable.Repeat(double.PositiveInfinity, width).ToArray());
        var residuals = (double[])y.Clone();
        if (kept.Count > 0)
        {
            var design = Matrix<double>.Build.Dense(lines.Count, kept.Count, (i, j) => x[i][kept[j]]);
            var inverse = design.TransposeThisAndMultiply(design).Inverse();
            var beta = inverse * design.TransposeThisAndMultiply(Vector<double>.Build.Dense(y));
            residuals = [.. (Vector<double>.Build.Dense(y) - design * beta)];
            var meat = Matrix<double>.Build.Dense(kept.Count, kept.Count);
            foreach (var cluster in Enumerable.Range(0, lines.Count).GroupBy(i => lines[i].Cluster))
            {
                var score = Vector<double>.Build.Dense(kept.Count, j => cluster.Sum(i => x[i][kept[j]] * residuals[i]));
                meat += score.OuterProduct(score);
            }
            double g = clusters,
                n = lines.Count;
            var sandwich = inverse * meat * inverse * (g / (g - 1) * (n - 1) / (n - kept.Count));
            for (var j = 0; j < kept.Count; j++)
                (coefficients[kept[j]], variances[kept[j]]) = (beta[j], sandwich[j, j]);
        }
        return new PanelRegression(
            coefficients,
            variances,
            clusters,
            lines.Count,
            residuals.Sum(static r => r * r) / (lines.Count - means.Count - kept.Count),
            means
        );
    }

    /// <returns>Null for a group that was not learned from.</returns>
    public double? Predict(string group, ReadOnlySpan<double> x)
    {
        if (!means.TryGetValue(group, out var mean))
            return null;
        var y = mean.Y;
        for (var j = 0; j < x.Length; j++)
            y += Coefficients[j] * (x[j] - mean.X[j]);
        return y;
    }

    // Gram and Schmidt: a column is left out where those before it explain it but for rounding.
    private static List<int> Independent(double[][] x, int width)
    {
        var (kept, basis) = (new List<int>(), new List<double[]>());
        for (var j = 0; j < width; j++)
        {
            var column = x.Select(r => r[j]).ToArray();
            var before = Math.Sqrt(column.Sum(static v => v * v));
            foreach (var b in basis)
            {
                var along = 0.0;
                for (var i = 0; i < column.Length; i++)
                    along += b[i] * column[i];
                for (var i = 0; i < column.Length; i++)
                    column[i] -= along * b[i];
            }
            var after = Math.Sqrt(column.Sum(static v => v * v));
            if (after <= 1e-7 * before || after <= 1e-12 * Math.Sqrt(x.Length) * Math.Max(1, x.Max(r => Math.Abs(r[j]))))
                continue;
            for (var i = 0; i < column.Length; i++)
                column[i] /= after;
            kept.Add(j);
            basis.Add(column);
        }
        return kept;
    }
}
