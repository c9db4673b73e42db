using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Features;

/// <summary>The trees' features row by row, for learners of other libraries, with the starting value as the last figure.</summary>
/// <param name="Learn">A row of <see cref="Width"/> figures for each day that is learnt from.</param>
/// <param name="Units">What was sold on it.</param>
/// <param name="Forecast">A row for every series and every day of the horizon, in the order of a <see cref="ForecastGrid"/>.</param>
public sealed record DemandMatrix(float[][] Learn, float[] Units, float[][] Forecast)
{
    /// <summary>Figures of a row.</summary>
    public const int Width = 46;

    /// <summary>
    /// Stands for "not known": farther out than any figure, so that a single split tells it apart. Some learners leave out rows with NaN.
    /// </summary>
    public const float Unknown = -1_000;

    /// <param name="history">What is known.</param>
    /// <param name="settings">Which of its days are learnt from.</param>
    public static DemandMatrix Of(SalesHistory history, EngineSettings settings)
    {
        var features = new DemandFeatures(history);
        var known = DemandRows.ToLearn(history, features, settings.Sampling(history));
        return new DemandMatrix(Rows(known), known.Units, Rows(DemandRows.ToForecast(history, features)));
    }

    private static float[][] Rows(DemandRows rows)
    {
        var matrix = new float[rows.Table.Rows][];
        Parallel.For(
            0,
            matrix.Length,
            row =>
            {
                var x = new float[Width];
                for (var f = 0; f < rows.Table.Columns.Length; f++)
                    x[f] = Told(rows.Table.Columns[f][row]);
                x[rows.Table.Columns.Length] = Told(rows.Offsets[row]);
                matrix[row] = x;
            }
        );
        return matrix;
    }

    private static float Told(float figure) => float.IsFinite(figure) ? figure : Unknown;
}
