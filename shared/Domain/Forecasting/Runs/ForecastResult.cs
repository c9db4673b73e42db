namespace Stockgate.Domain.Forecasting.Runs;

/// <summary>The result of a forecast run: published forecasts and their evidence.</summary>
public sealed record ForecastResult
{
    /// <summary>In the order of the history's series.</summary>
    public required IReadOnlyList<SeriesForecast> Forecasts { get; init; }

    /// <summary>The segment of each series, in the same order: steady, intermittent, lumpy, erratic, new or silent.</summary>
    public required IReadOnlyList<string> Segments { get; init; }

    /// <summary>How each method did in the backtest, by segment; the segment <c>all</c> is all of them. Baselines are in it.</summary>
    public required IReadOnlyList<BacktestScore> Backtest { get; init; }

    /// <summary>What was chosen for each segment, and why.</summary>
    public required IReadOnlyList<SegmentChoice> Choices { get; init; }

    /// <summary>How the quantiles of the champion did in the backtest.</summary>
    public required IReadOnlyList<QuantileScore> Quantiles { get; init; }

    /// <summary>What the trees went by: share of each feature in the gain, the greatest first; sums to 1.</summary>
    public required IReadOnlyList<FeatureShare> Importance { get; init; }

    /// <summary>
    /// What raised and lowered the forecast of each series most, in the order of the series; units a day, mean of the horizon. Empty if no
    /// tree took part.
    /// </summary>
    public required IReadOnlyList<IReadOnlyList<FeatureEffect>> Effects { get; init; }

    /// <summary>A digest of the history that it was made of.</summary>
    public required string Fingerprint { get; init; }

    /// <summary>The run's findings and how it handled them, for a planner.</summary>
    public required IReadOnlyList<string> Remarks { get; init; }

    /// <summary>The models as they were trained, to be kept: file name and content.</summary>
    public required IReadOnlyDictionary<string, ReadOnlyMemory<byte>> Models { get; init; }

    /// <summary>What each step took, in seconds, in order.</summary>
    public required IReadOnlyList<StepTime> Steps { get; init; }
}

/// <summary>A method's backtest score for one segment.</summary>
/// <param name="Segment">Segment, or <c>all</c>.</param>
/// <param name="Method">The method's name.</param>
/// <param name="Series">Series in the segment.</param>
/// <param name="Wrmsse">
/// Revenue-weighted mean over series of the root of mean squared error over mean squared day-to-day change; 1 is what yesterday's figure
/// repeated would have cost in the past.
/// </param>
/// <param name="Wape">Sum of absolute errors over sum of units.</param>
/// <param name="Bias">Sum of errors (forecast less actual) over sum of units.</param>
public sealed record BacktestScore(string Segment, string Method, int Series, double Wrmsse, double Wape, double Bias);

/// <summary>The methods whose weighted mean is a segment's forecast.</summary>
/// <param name="Segment">The segment.</param>
/// <param name="Champion">The name of the champion from now on.</param>
/// <param name="Weights">Method and weight; weights sum to 1.</param>
/// <param name="Words">Why: what it scored against what it replaces, or why what was in force stays.</param>
public sealed record SegmentChoice(string Segment, string Champion, IReadOnlyList<MethodWeight> Weights, string Words);

/// <summary>A method and its weight, 0 to 1.</summary>
public sealed record MethodWeight(string Method, double Weight);

/// <summary>A quantile's calibration in the backtest. For counts, Below ≤ Level ≤ AtMost is calibrated.</summary>
/// <param name="Level">0.1, 0.5 or 0.9.</param>
/// <param name="Pinball">Mean quantile loss, units.</param>
/// <param name="Below">Share of actuals below the quantile.</param>
/// <param name="AtMost">Share of actuals at most the quantile.</param>
public sealed record QuantileScore(double Level, double Pinball, double Below, double AtMost);

/// <summary>A feature's share of what the trees gained by their splits, 0 to 1.</summary>
public sealed record FeatureShare(string Feature, double Share);

/// <summary>What a feature added to a forecast (above 0) or took off it, in units a day.</summary>
public sealed record FeatureEffect(string Feature, double Units);

/// <summary>A step of a run and its duration.</summary>
public sealed record StepTime(string Step, double Seconds);
