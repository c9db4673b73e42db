using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Backtesting;
using Stockgate.Domain.Forecasting.Combining;
using Stockgate.Domain.Forecasting.Features;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Quantiles;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.Domain.Tests.Forecasting.Combining;

public sealed class CombinationTests
{
    private static readonly SalesHistory History = Sales.Of([
        .. Enumerable.Range(0, 30).Select(static i => Sales.Poisson(i, 120, 3 + i % 5)),
    ]);
    private static readonly int[] Everyone = [.. Enumerable.Range(0, 30)];

    [Fact]
    public void Two_that_err_apart_are_better_together()
    {
        var origins = Origins(("high", 1.5f), ("low", 0.5f), ("wild", 9f));
        var weights = Combination.Choose(origins, Everyone);
        Assert.Equal(["high", "low"], weights.Select(static w => w.Method).Order());
        Assert.Equal(1, weights.Sum(static w => w.Weight), 9);
        Assert.True(
            Selection.Score(origins[0], weights, Everyone)
                < Math.Min(Selection.Score(origins[0], [new("high", 1)], Everyone), Selection.Score(origins[0], [new("low", 1)], Everyone))
        );
    }

    [Fact]
    public void A_method_that_is_not_there_can_t_be_mixed() =>
        Assert.False(
            Combination.Mix(Origins(("a", 1))[0].Methods, [new("a", 0.5), new("gone", 0.5)], Everyone, new ForecastGrid(30, Sales.Horizon))
        );

    [Fact]
    public void What_is_in_force_stays_unless_it_is_beaten()
    {
        var (origins, segments) = (Origins(("good", 1.02f), ("bad", 2f)), Enumerable.Repeat(Segments.Steady, 30).ToArray());
        var held = Selection.Choose(origins, segments, Champion("good"), 0.002, ["good", "bad"]);
        Assert.Equal("good", held.Single().Champion);
        Assert.StartsWith("the champion stays", held.Single().Words, StringComparison.Ordinal);
        var replaced = Selection.Choose(origins, segments, Champion("bad"), 0.002, ["good", "bad"]);
        Assert.NotEqual("bad", replaced.Single().Champion);
        Assert.StartsWith("a challenger replaces the champion", replaced.Single().Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_champion_that_can_t_be_used_any_more_is_replaced_and_it_is_said()
    {
        var choice = Selection
            .Choose(Origins(("good", 1.02f)), [.. Enumerable.Repeat(Segments.Steady, 30)], Champion("gone"), 0.002, ["good"])
            .Single();
        Assert.Equal("good", choice.Champion);
        Assert.StartsWith("the champion can no longer be used", choice.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Champions_come_back_from_their_file_and_a_broken_one_is_none()
    {
        var champions = Champion("good");
        Assert.Equal("good", Champions.Parse(System.Text.Encoding.UTF8.GetString(champions.ToJson())).Of(Segments.Steady)!.Single().Method);
        Assert.Empty(Champions.Parse("{\"segm").Segments);
        Assert.Empty(Champions.Parse("{}").Segments);
        Assert.Empty(Champions.Parse(null).Segments);
    }

    private static Champions Champion(string method) => new([new Champion(Segments.Steady, [new MethodWeight(method, 1)])]);

    // Methods that are the truth times a factor.
    private static OriginForecasts[] Origins(params (string Name, float Factor)[] methods) =>
        [
            .. new[] { 106, 92, 78 }.Select(days => new OriginForecasts(
                days,
                new Accuracy(History, days),
                methods.ToDictionary(
                    static m => m.Name,
                    m =>
                    {
                        var grid = new ForecastGrid(30, Sales.Horizon);
                        for (var i = 0; i < 30; i++)
                        for (var day = 0; day < Sales.Horizon; day++)
                            grid[i][day] = History.Series[i].Units[days + day] * m.Factor;
                        return grid;
                    }
                ),
                DemandSpread.Learn([0], [], [])
            )),
        ];
}
