using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.Replenishment;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Replenishment;

public class BetweenDaysTests(ITestOutputHelper output)
{
    [SharedDataFact(M5.Folder)]
    public void The_correlation_that_is_assumed_between_days_is_about_that_of_real_errors()
    {
        // σ² of a sum is (1 − ρ) Σσ² + ρ (Σσ)²; with errors e over their own deviation, ρ is the mean of the products of different days.
        double sum = 0,
            series = 0;
        foreach (var end in new[] { 1773, 1829, 1885, 1913 })
        {
            var history = M5.Load(end);
            var (all, grid) = (M5.Load(), new Ets().Forecast(history, null, default));
            for (var s = 0; s < history.Series.Count; s++)
            {
                double total = 0,
                    squares = 0;
                for (var day = 0; day < M5.Horizon; day++)
                {
                    var error = all.Series[s].Units[end + day] - grid[s][day];
                    (total, squares) = (total + error, squares + error * error);
                }
                if (squares == 0)
                    continue;
                // Of one series' 28 errors: (total² − squares) ÷ (27 × squares).
                (sum, series) = (sum + (total * total - squares) / ((M5.Horizon - 1) * squares), series + 1);
            }
        }
        output.WriteLine($"ρ = {sum / series:0.000}");
        Assert.InRange(sum / series, DemandSum.Correlation - 0.05, DemandSum.Correlation + 0.05);
    }
}
