using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;

namespace Stockgate.Domain.Tests.Forecasting.Baselines;

/// <summary>What one baseline does that the others don't.</summary>
public class EachMethodTests
{
    private static float[] Run(IForecaster method, float[] units) => method.Forecast(Sales.Of(units), null, default).Values;

    [Fact]
    public void The_naive_repeats_each_weekday()
    {
        float[] units = [.. Enumerable.Range(1, 21).Select(static d => (float)d)];
        Assert.Equal([15, 16, 17, 18, 19, 20, 21, 15, 16, 17, 18, 19, 20, 21], Run(new SeasonalNaive(), units));
        units[16] = float.NaN;
        Assert.Equal(10, Run(new SeasonalNaive(), units)[2]);
    }

    [Fact]
    public void The_mean_of_weekdays_keeps_them_apart()
    {
        var forecast = Run(
            new WeekdayMean(),
            [
                .. Enumerable
                    .Range(0, 84)
                    .Select(static d =>
                        d % 7 == 5 ? 14f
                        : d < 28 ? 1f
                        : 7f
                    ),
            ]
        );
        Assert.Equal([7, 7, 7, 7, 7, 14, 7, 7, 7, 7, 7, 7, 14, 7], forecast);
    }

    [Fact]
    public void Smoothing_follows_a_change_of_level_and_not_noise()
    {
        var noise = Run(new SimpleSmoothing(), Sales.Poisson(5, 400, 20))[0];
        Assert.InRange(noise, 18.5, 21.5);
        var change = Run(new SimpleSmoothing(), [.. Sales.Poisson(5, 300, 20), .. Sales.Poisson(6, 100, 60)])[0];
        Assert.InRange(change, 54, 66);
    }

    [Fact]
    public void Ets_finds_weekdays_where_there_are_some()
    {
        var forecast = Run(new Ets(), Sales.Poisson(7, 364, 10, 3));
        Assert.All(forecast.Where((_, d) => d % 7 >= 5), static f => Assert.InRange(f, 26, 34));
        Assert.All(forecast.Where((_, d) => d % 7 < 5), static f => Assert.InRange(f, 8.5, 11.5));
    }

    [Fact]
    public void Ets_is_flat_where_there_are_none()
    {
        var forecast = Run(new Ets(), Sales.Poisson(8, 364, 10));
        Assert.InRange(forecast.Max() - forecast.Min(), 0, 0.01);
    }

    [Fact]
    public void A_rising_series_is_not_forecast_to_rise_without_end()
    {
        var forecast = Run(new Ets(), [.. Enumerable.Range(0, 200).Select(static d => (float)d)]);
        Assert.True(forecast[0] > 190);
        Assert.True(forecast[^1] < 214);
        Assert.True(forecast[^1] - forecast[^2] < forecast[1] - forecast[0] + 1e-3);
    }

    [Fact]
    public void Croston_is_size_over_days_between_and_SBA_less_half_of_its_share()
    {
        // Six units every third day.
        float[] units = [.. Enumerable.Range(0, 300).Select(static d => d % 3 == 0 ? 6f : 0f)];
        Assert.Equal(2, Run(new Croston(), units)[0], 2);
        Assert.Equal(2 * 0.95f, Run(new Sba(), units)[0], 2);
        Assert.Equal(2 * 0.8f, Run(new Sba(0.4), units)[0], 2);
        Assert.Throws<ArgumentOutOfRangeException>(static () => new Croston(0));
    }

    [Fact]
    public void Tsb_forgets_what_is_not_sold_any_more_and_Croston_does_not()
    {
        float[] dead = [.. Enumerable.Range(0, 200).Select(static d => d % 3 == 0 ? 6f : 0f), .. new float[100]];
        Assert.True(Run(new Tsb(), dead)[0] < 0.3);
        Assert.True(Run(new Croston(), dead)[0] > 1.9);
    }
}
