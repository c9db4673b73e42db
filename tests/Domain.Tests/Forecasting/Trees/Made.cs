using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Tests.Forecasting.Trees;

/// <summary>Rows with three features, of which a test says what the answer is.</summary>
internal sealed record Made(FeatureTable Raw, float[] Labels, TrainingRows Training)
{
    public static IReadOnlyList<Feature> Features { get; } = [new("x0"), new("x1"), new("x2", Categorical: true)];

    public static Made Rows(
        int count,
        Func<float[], Random, float> answer,
        double missing = 0,
        int categories = 4,
        int monotone = 0,
        int seed = 1
    )
    {
        var (random, table, labels) = (
            new Random(seed),
            new FeatureTable([new Feature("x0", Monotone: monotone), .. Features.Skip(1)], count),
            new float[count]
        );
        for (var i = 0; i < count; i++)
        {
            float[] x = [random.NextDouble() < missing ? float.NaN : random.NextSingle(), random.NextSingle(), random.Next(categories)];
            for (var f = 0; f < 3; f++)
                table.Columns[f][i] = x[f];
            labels[i] = answer(x, random);
        }
        return new Made(table, labels, new TrainingRows(BinnedTable.Of(table, Binning.Of(table)), labels));
    }

    public static double MeanSquare(float[] forecasts, float[] labels) =>
        forecasts.Zip(labels).Average(static p => (double)(p.First - p.Second) * (p.First - p.Second));
}
