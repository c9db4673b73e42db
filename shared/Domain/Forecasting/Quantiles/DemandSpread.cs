namespace Stockgate.Domain.Forecasting.Quantiles;

/// <summary>
/// How far demand scatters about its mean, series by series: the dispersion of a negative binomial, by moments, (Σ(y − m)² − Σm) / Σm²,
/// drawn towards that of series that sell about as much, by as much as one series says less than all.
/// </summary>
internal sealed class DemandSpread
{
    // What a series' own squares of the mean have to sum to for it to count as much as its like; chosen by rolling origin.
    private const double PriorSquares = 30;
    private const int Classes = 8;

    private readonly double[] dispersions;

    private DemandSpread(double[] dispersions) => this.dispersions = dispersions;

    /// <param name="starts">Where the rows of each series begin.</param>
    /// <param name="means">Of every row: what was forecast.</param>
    /// <param name="units">Of every row: what was sold.</param>
    public static DemandSpread Learn(ReadOnlySpan<int> starts, ReadOnlySpan<float> means, ReadOnlySpan<float> units)
    {
        var series = Math.Max(0, starts.Length - 1);
        var (over, squares, level, pooledOver, pooledSquares) = (
            new double[series],
            new double[series],
            new int[series],
            new double[Classes],
            new double[Classes]
        );
        for (var s = 0; s < series; s++)
        {
            var sum = 0.0;
            for (var row = starts[s]; row < starts[s + 1]; row++)
            {
                double mean = means[row],
                    off = units[row] - mean;
                (over[s], squares[s], sum) = (over[s] + off * off - mean, squares[s] + mean * mean, sum + mean);
            }
            level[s] = Class(sum / Math.Max(1, starts[s + 1] - starts[s]));
            (pooledOver[level[s]], pooledSquares[level[s]]) = (pooledOver[level[s]] + over[s], pooledSquares[level[s]] + squares[s]);
        }
        var all = pooledSquares.Sum() > 0 ? Math.Max(0, pooledOver.Sum() / pooledSquares.Sum()) : 0;
        var dispersions = new double[series];
        for (var s = 0; s < series; s++)
        {
            var pooled = pooledSquares[level[s]] > PriorSquares ? Math.Max(0, pooledOver[level[s]] / pooledSquares[level[s]]) : all;
            dispersions[s] = Math.Clamp((over[s] + PriorSquares * pooled) / (squares[s] + PriorSquares), 0, 20);
        }
        return new DemandSpread(dispersions);
    }

    /// <summary>0 or more: the variance is mean + this · mean².</summary>
    public double Of(int series) => dispersions[series];

    // Eight classes by doubling of the mean, from an eighth of a unit a day.
    private static int Class(double mean) => Math.Clamp((int)Math.Floor(Math.Log2(Math.Max(mean, 1e-9)) + 4), 0, Classes - 1);
}
