namespace Stockgate.Domain.Forecasting;

/// <summary>A figure for every series and every day of the horizon, in the order of the history's series.</summary>
public sealed class ForecastGrid(int series, int horizon)
{
    /// <summary>Series after series.</summary>
    public float[] Values { get; } = new float[series * horizon];

    public int Series => series;

    public int Horizon => horizon;

    /// <summary>The days of one series.</summary>
    public Span<float> this[int index] => Values.AsSpan(index * horizon, horizon);
}
