using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Features;

namespace Stockgate.Domain.Tests.Forecasting.Features;

public class DemandMatrixTests
{
    [Fact]
    public void Other_learners_are_told_what_the_trees_are_told_and_nothing_that_is_no_number()
    {
        var history = Sales.Of(Sales.Poisson(1, 200, 5), Sales.Poisson(2, 200, 1));
        var matrix = DemandMatrix.Of(history, new EngineSettings());
        Assert.Equal(DemandMatrix.Width, DemandFeatures.Columns.Length + 1);
        Assert.Equal(2 * Sales.Horizon, matrix.Forecast.Length);
        Assert.Equal(matrix.Learn.Length, matrix.Units.Length);
        Assert.InRange(matrix.Learn.Length, 100, 2 * 200 * Sales.Horizon);
        Assert.All(
            matrix.Learn.Concat(matrix.Forecast),
            static row => Assert.True(row.Length == DemandMatrix.Width && row.All(float.IsFinite))
        );
        // The last figure is what the trees start from: the busier item's is the higher.
        Assert.True(matrix.Forecast[0][^1] > matrix.Forecast[Sales.Horizon][^1]);
        Assert.Contains(matrix.Units, static u => u > 0);
    }
}
