using FsCheck.Fluent;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Combining;

namespace Stockgate.Domain.Tests.Forecasting.Combining;

public sealed class ReconciliationTests
{
    [Fact]
    public void Two_series_meet_their_sum_by_their_variances()
    {
        // Least squares by hand: 10 (variance 1) and 20 (variance 3) say 30, the sum's own forecast is 36 with a variance of 4: they meet
        // at 33, and the second takes three quarters of the way.
        var grid = Grid([10], [20]);
        Reconciliation.Apply(grid, [1, 3], [0, 0], [(Sum(30, 1e12), 4)], (Sum(36, 4), 4));
        Assert.Equal(33, grid[0][0] + grid[1][0], 3);
        Assert.Equal((10.75f, 22.25f), (grid[0][0], grid[1][0]), new Close());
    }

    [Fact]
    public void A_series_that_is_always_right_stays()
    {
        var grid = Grid([10], [20]);
        Reconciliation.Apply(grid, [0, 3], [0, 0], [(Sum(50, 0.001), 3)], (Sum(50, 0.001), 3));
        Assert.Equal(10, grid[0][0]);
        Assert.InRange(grid[1][0], 39.9f, 40.1f);
    }

    [Fact]
    public void Regions_move_with_the_total_each_by_what_it_does_not_know()
    {
        var grid = Grid([10], [10]);
        // The first region has a sure forecast of its own; the second has none to speak of.
        Reconciliation.Apply(grid, [1, 1], [0, 1], [(Sum(10, 1e-6), 1), (Sum(10, 1e9), 1)], (Sum(26, 1e-6), 2));
        Assert.InRange(grid[0][0], 9.99f, 10.01f);
        Assert.InRange(grid[1][0], 15.9f, 16.1f);
    }

    [Fact]
    public void Nothing_is_forecast_below_zero_and_the_sum_comes_nearer_to_both() =>
        Check.One(
            Config.QuickThrowOnFailure.WithMaxTest(200),
            Prop.ForAll(
                ArbMap.Default.ArbFor<(byte A, byte B, byte Total, byte V)>(),
                static x =>
                {
                    var grid = Grid([x.A], [x.B]);
                    Reconciliation.Apply(grid, [1 + x.V, 2], [0, 0], [(Sum(x.A + x.B, 1e12), 3 + x.V)], (Sum(x.Total, 5), 3 + x.V));
                    var sum = grid[0][0] + grid[1][0];
                    return grid[0][0] >= 0
                        && grid[1][0] >= 0
                        && Math.Abs(sum - x.Total) <= Math.Abs(x.A + x.B - x.Total) + Math.Max(x.A, x.B) + 0.01;
                }
            )
        );

    private static SumForecast Sum(double figure, double variance) => new([figure], variance);

    private static ForecastGrid Grid(params float[][] days)
    {
        var grid = new ForecastGrid(days.Length, days[0].Length);
        for (var i = 0; i < days.Length; i++)
            days[i].CopyTo(grid[i]);
        return grid;
    }

    private sealed class Close : IEqualityComparer<(float, float)>
    {
        public bool Equals((float, float) x, (float, float) y) => Math.Abs(x.Item1 - y.Item1) < 1e-3 && Math.Abs(x.Item2 - y.Item2) < 1e-3;

        public int GetHashCode((float, float) obj) => 0;
    }
}
