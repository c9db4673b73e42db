using System.Text;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Baselines;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Tests.Forecasting.Engine;

/// <summary>The engine on small histories of every bad kind.</summary>
public class DemandEngineTests
{
    private static readonly EngineSettings Small = new()
    {
        Origins = 2,
        Trees = new TreeSettings
        {
            Rounds = 15,
            Leaves = 8,
            LearningRate = 0.1,
            LeastWeight = 10,
            Lambda = 5,
            Bins = 32,
        },
    };

    private static readonly Lazy<SalesHistory> Shop = new(static () =>
        Sales.Of([.. Enumerable.Range(0, 24).Select(static i => Sales.Series(Sales.Poisson(i, 140, 4 + i % 5, 2), sku: $"S{i:00}"))])
    );

    private static ForecastResult Run(SalesHistory history, EngineSettings? settings = null, string? champions = null) =>
        new DemandEngine(settings ?? Small).Run(history, champions, null, default);

    private static void Believable(ForecastResult result, SalesHistory history)
    {
        Assert.Equal(history.Series.Select(static s => s.Key), result.Forecasts.Select(static f => f.Key));
        foreach (var f in result.Forecasts)
        {
            Assert.Equal((history.Last.AddDays(1), history.Horizon), (f.First, f.Horizon));
            for (var day = 0; day < f.Horizon; day++)
                Assert.True(
                    float.IsFinite(f.Mean[day])
                        && f.Mean[day] >= 0
                        && f.P10[day] >= 0
                        && f.P10[day] <= f.P50[day]
                        && f.P50[day] <= f.P90[day]
                        && float.IsFinite(f.P90[day]),
                    $"{f.Key} on day {day}: {f.Mean[day]}, {f.P10[day]}, {f.P50[day]}, {f.P90[day]}"
                );
        }
    }

    private static string Champion(string method) =>
        $$"""{"segments":[{"segment":"steady","weights":[{"method":"{{method}}","weight":1}]}]}""";

    [Fact]
    public void Every_series_has_a_forecast_that_can_be_and_reasons_for_it()
    {
        var result = Run(Shop.Value);
        Believable(result, Shop.Value);
        Assert.Equal(Shop.Value.Series.Count, result.Effects.Count);
        Assert.Contains(result.Effects, static e => e.Count > 0);
        Assert.Equal(1, result.Importance.Sum(static f => f.Share), 6);
        Assert.Contains(result.Backtest, static s => s is { Segment: "all", Method: "champion", Wrmsse: > 0 and < 1.2 });
        Assert.Equal([0.1, 0.5, 0.9], result.Quantiles.Select(static q => q.Level));
        Assert.All(result.Choices, static c => Assert.Equal(1, c.Weights.Sum(static w => w.Weight), 6));
        // A weekend sells twice as much, which the mean of four weeks can't say.
        Assert.All(result.Forecasts, static f => Assert.True(f.Mean[5] > 1.2 * f.Mean[1], f.Key.ToString()));
    }

    [Fact]
    public void The_same_history_gives_the_same_forecast()
    {
        var (one, two) = (Run(Shop.Value), Run(Shop.Value));
        Assert.Equal(one.Fingerprint, two.Fingerprint);
        for (var i = 0; i < one.Forecasts.Count; i++)
        {
            Assert.Equal(one.Forecasts[i].Mean, two.Forecasts[i].Mean);
            Assert.Equal(one.Forecasts[i].P90, two.Forecasts[i].P90);
        }
        Assert.Equal(one.Models[IDemandEngine.ChampionsFile].ToArray(), two.Models[IDemandEngine.ChampionsFile].ToArray());
    }

    [Fact]
    public void Nothing_ever_sold_is_forecast_with_next_to_nothing()
    {
        var history = Sales.Of(new float[140], new float[140]);
        var result = Run(history);
        Believable(result, history);
        Assert.All(result.Forecasts, static f => Assert.InRange(f.Mean.Sum(), 0, 0.5));
        Assert.All(result.Forecasts, static f => Assert.All(f.P90, static p => Assert.Equal(0, p)));
        Assert.All(result.Segments, static s => Assert.Equal("silent", s));
    }

    [Fact]
    public void One_observation_is_enough_to_say_something_that_can_be()
    {
        var history = Sales.Of([3f]);
        var result = Run(history);
        Believable(result, history);
        Assert.Contains(result.Remarks, static r => r.Contains("too few for a backtest", StringComparison.Ordinal));
    }

    [Fact]
    public void A_history_shorter_than_a_backtest_is_forecast_by_simple_methods_and_says_so()
    {
        var history = Sales.Of(Sales.Poisson(1, 40, 6), Sales.Poisson(2, 40, 3));
        var result = Run(history);
        Believable(result, history);
        Assert.Empty(result.Backtest);
        Assert.Empty(result.Quantiles);
        Assert.All(result.Choices, static c => Assert.Contains("too short for a backtest", c.Words, StringComparison.Ordinal));
        Assert.InRange(result.Forecasts[0].Mean.Average(), 4, 8);
    }

    [Fact]
    public void Days_that_are_not_known_are_not_taken_for_days_without_a_sale()
    {
        var units = Enumerable.Range(0, 4).Select(static i => Sales.Poisson(10 + i, 140, 8)).ToArray();
        foreach (var u in units)
            for (var day = 0; day < 140; day++)
                if (day < 10 || day % 3 == 0 || day > 134)
                    u[day] = float.NaN;
        var result = Run(Sales.Of(units));
        Believable(result, Sales.Of(units));
        Assert.All(result.Forecasts, static f => Assert.InRange(f.Mean.Average(), 6.5, 9.5));
    }

    [Fact]
    public void A_champion_that_nothing_beats_stays()
    {
        var result = Run(Shop.Value, Small with { Challengers = [new Oracle(Shop.Value)] }, Champion(Oracle.Called));
        var choice = result.Choices.Single(static c => c.Segment == "steady");
        Assert.Equal(Oracle.Called, choice.Champion);
        Assert.StartsWith("the champion stays", choice.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_champion_that_is_beaten_is_replaced_and_the_next_run_is_told()
    {
        var settings = Small with { Challengers = [new Oracle(Shop.Value)] };
        var result = Run(Shop.Value, settings, Champion(new SeasonalNaive().Name));
        var choice = result.Choices.Single(static c => c.Segment == "steady");
        Assert.StartsWith("a challenger replaces the champion", choice.Words, StringComparison.Ordinal);
        Assert.Equal(Oracle.Called, choice.Weights.MaxBy(static w => w.Weight)!.Method);
        var next = Run(Shop.Value, settings, Encoding.UTF8.GetString(result.Models[IDemandEngine.ChampionsFile].Span));
        Assert.Equal(choice.Champion, next.Choices.Single(static c => c.Segment == "steady").Champion);
    }

    [Theory]
    [InlineData("no JSON at all")]
    [InlineData("""{"segments":[{"segment":"steady","weights":[{"method":"unheard-of","weight":1}]}]}""")]
    public void A_champion_that_can_not_be_used_costs_no_forecast(string champions)
    {
        var result = Run(Shop.Value, champions: champions);
        Believable(result, Shop.Value);
        Assert.DoesNotContain(result.Choices.SelectMany(static c => c.Weights), static w => w.Method == "unheard-of");
    }

    [Fact]
    public void An_absurd_challenger_never_wins_and_is_named()
    {
        foreach (var figure in new[] { 1e6f, float.NaN, -3f })
        {
            var result = Run(Shop.Value, Small with { Challengers = [new Constant(figure)] }, Champion(Constant.Called));
            Believable(result, Shop.Value);
            Assert.DoesNotContain(result.Choices.SelectMany(static c => c.Weights), static w => w.Method == Constant.Called);
            Assert.Contains(result.Remarks, static r => r.Contains(Constant.Called, StringComparison.Ordinal));
            Assert.DoesNotContain(result.Backtest, static s => s.Method == Constant.Called);
        }
    }

    [Fact]
    public void Closed_days_sell_nothing()
    {
        var marks = Enumerable.Range(0, 140 + Sales.Horizon).Select(static d => d % 7 == 6 ? DayMarks.Closed : DayMarks.None).ToArray();
        var history = Sales.Of([
            .. Enumerable
                .Range(0, 6)
                .Select(i => Sales.Series([.. Sales.Poisson(i, 140, 6).Select(static (u, d) => d % 7 == 6 ? 0 : u)], marks, $"S{i}")),
        ]);
        var result = Run(history);
        Believable(result, history);
        foreach (var f in result.Forecasts)
            for (var day = 0; day < f.Horizon; day++)
                if (day % 7 == 6)
                    Assert.Equal((0f, 0f), (f.Mean[day], f.P90[day]));
                else
                    Assert.InRange(f.Mean[day], 2, 12);
    }

    [Fact]
    public void A_cancelled_run_ends_before_it_begins_and_in_its_middle()
    {
        using var source = new CancellationTokenSource();
        var told = 0;
        Assert.ThrowsAny<OperationCanceledException>(() =>
            new DemandEngine(Small).Run(
                Shop.Value,
                null,
                new Told(_ =>
                {
                    if (++told == 2)
                        source.Cancel();
                }),
                source.Token
            )
        );
        Assert.True(told >= 2);
        Assert.ThrowsAny<OperationCanceledException>(() => new DemandEngine(Small).Run(Shop.Value, null, null, source.Token));
    }

    private sealed class Told(Action<string> then) : IProgress<(string Step, double Share)>
    {
        public void Report((string Step, double Share) value) => then(value.Step);
    }

    // Knows what is sold on days that are still ahead of an origin; behind the end it says the mean.
    private sealed class Oracle(SalesHistory truth) : IForecaster
    {
        public const string Called = "oracle";

        public string Name => Called;

        public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken)
        {
            var grid = new MovingAverage().Forecast(history, null, cancellationToken);
            for (var i = 0; i < grid.Series; i++)
            for (var day = 0; day < grid.Horizon; day++)
                if (history.Days + day < truth.Days)
                    grid[i][day] = truth.Series[i].Units[history.Days + day];
            return grid;
        }
    }

    private sealed class Constant(float figure) : IForecaster
    {
        public const string Called = "absurd";

        public string Name => Called;

        public ForecastGrid Forecast(SalesHistory history, IProgress<double>? progress, CancellationToken cancellationToken)
        {
            var grid = new ForecastGrid(history.Series.Count, history.Horizon);
            grid.Values.AsSpan().Fill(figure);
            return grid;
        }
    }
}
