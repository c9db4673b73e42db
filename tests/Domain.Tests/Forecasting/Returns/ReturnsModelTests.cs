using System.Globalization;
using Stockgate.Domain.Forecasting.Returns;
using Stockgate.Domain.Forecasting.Trees;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Returns;

public class ReturnsModelTests(ITestOutputHelper output)
{
    private static readonly DateOnly First = new(2025, 1, 6);

    private static readonly ReturnsSettings Small = new()
    {
        Trees = new TreeSettings
        {
            Rounds = 30,
            Leaves = 8,
            LearningRate = 0.1,
            LeastWeight = 5,
            Lambda = 5,
        },
    };

    private static List<OrderLineFact> Made(Func<int, double> chanceOfSku, int lines = 6000, int seed = 1)
    {
        var random = new Random(seed);
        return
        [
            .. Enumerable
                .Range(0, lines)
                .Select(i =>
                {
                    var (sku, day) = (random.Next(20), First.AddDays(i * 300 / lines));
                    return new OrderLineFact(
                        $"O{i / 3}",
                        new Sku($"S{sku}"),
                        $"C{sku % 4}",
                        new CustomerKey($"K{random.Next(400)}"),
                        "web",
                        day,
                        1 + random.Next(3),
                        10 + sku,
                        0,
                        random.NextDouble() < chanceOfSku(sku) ? day.AddDays(1 + random.Next(14)) : null
                    );
                }),
        ];
    }

    [Fact]
    public void Items_that_came_back_often_are_told_from_others()
    {
        var model = ReturnsModel.Train(Made(static sku => sku < 5 ? 0.4 : 0.04), First.AddDays(300), Small);
        Assert.True(model.UsesTrees, model.Words);
        Assert.True(model.Backtest.Auc > 0.7, model.Words);
        OrderLineFact Line(int sku) => new("next", new Sku($"S{sku}"), $"C{sku % 4}", null, "web", First.AddDays(301), 1, 10 + sku, 0);
        var chances = model.Predict([Line(2), Line(15)]);
        Assert.InRange(chances[0], 0.25, 0.6);
        Assert.InRange(chances[1], 0, 0.12);
        Assert.NotEmpty(model.Importance);
    }

    [Fact]
    public void Where_returns_are_chance_alone_the_rate_is_told()
    {
        var model = ReturnsModel.Train(Made(static _ => 0.1), First.AddDays(300), Small);
        // By chance an order of chances can look a little better than a coin's; it is still close to one.
        Assert.InRange(model.Backtest.Auc, 0.42, 0.58);
        Assert.InRange(model.Rate, 0.08, 0.12);
        if (!model.UsesTrees)
            Assert.Equal((float)model.Rate, Assert.Single(model.Predict([Made(static _ => 0)[0]])));
        Assert.Contains(model.UsesTrees ? "are used" : "is used for each line", model.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_turns_around_after_it_was_learned_is_refused()
    {
        // Those who always sent things back stop, all others begin: the order of the chances is the wrong way around.
        var lines = Made(static _ => 0)
            .Select(
                static (l, i) =>
                    l with
                    {
                        ReturnedOn =
                            (l.Sku.Value is "S0" or "S1" or "S2" or "S3" or "S4") == i < 4000 && i % 3 != 0 ? l.Day.AddDays(3) : null,
                    }
            )
            .ToList();
        var model = ReturnsModel.Train(lines, First.AddDays(300), Small);
        Assert.False(model.UsesTrees, model.Words);
        Assert.Equal([(float)model.Rate, (float)model.Rate], model.Predict([lines[0], lines[1]]));
    }

    [Fact]
    public void Too_little_is_answered_with_the_rate_and_no_model()
    {
        var none = ReturnsModel.Train([], First);
        Assert.False(none.UsesTrees);
        Assert.Equal(0, none.Rate);
        Assert.Equal([0f], none.Predict([Made(static _ => 0)[0]]));
        Assert.False(ReturnsModel.Train(Made(static _ => 0), First.AddDays(300), Small).UsesTrees);
        Assert.False(ReturnsModel.Train(Made(static _ => 0.5, 5), First.AddDays(300), Small).UsesTrees);
    }

    [Fact]
    public void What_happens_after_the_day_changes_nothing()
    {
        var lines = Made(static sku => sku < 5 ? 0.4 : 0.04);
        var asOf = First.AddDays(200);
        var blind = lines.Where(l => l.Day <= asOf).Select(l => l.ReturnedOn > asOf ? l with { ReturnedOn = null } : l).ToList();
        var (seeing, unseeing) = (ReturnsModel.Train(lines, asOf, Small), ReturnsModel.Train(blind, asOf, Small));
        Assert.Equal(unseeing.Words, seeing.Words);
        Assert.Equal(unseeing.Predict(lines[5000..5050]), seeing.Predict(lines[5000..5050]));
    }

    [Fact]
    public void Settings_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => ReturnsModel.Train([], First, new ReturnsSettings { HeldOut = 1 }));

    [SharedDataFact(OnlineRetail.File)]
    public void On_a_real_shop_it_beats_one_chance_for_all()
    {
        var facts = OnlineRetail.Facts();
        output.WriteLine($"{facts.Count} lines, {facts.Count(static f => f.ReturnedOn is not null)} of them came back");
        var settings = new ReturnsSettings { MostRows = 80_000 };
        var model = ReturnsModel.Train(
            facts,
            OnlineRetail.LastDay,
            settings with
            {
                Trees = settings.Trees with { Rounds = 50, LearningRate = 0.1 },
            }
        );
        output.WriteLine(model.Words);
        foreach (var t in model.Backtest.Tenths)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{t.Cases} forecast {t.Forecast:P2}, came {t.Came.Share:P2} ({t.Came.Low:P2} to {t.Came.High:P2})"
                )
            );
        foreach (var f in model.Importance.Take(8))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{f.Share:P1} {f.Feature}"));
        Assert.True(model.Backtest.Ranks, model.Words);
        Assert.True(model.Backtest.Auc > 0.6, model.Words);
        Assert.True(model.Backtest.Brier < model.Backtest.SimpleBrier, model.Words);
    }
}
