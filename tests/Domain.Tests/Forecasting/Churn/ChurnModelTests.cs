using System.Globalization;
using Stockgate.Domain.Forecasting.Churn;
using Stockgate.Domain.Forecasting.Returns;
using Stockgate.Domain.Forecasting.Trees;
using Stockgate.Domain.Tests.Forecasting.Returns;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Forecasting.Churn;

public class ChurnModelTests(ITestOutputHelper output)
{
    private static readonly DateOnly First = new(2024, 1, 1);

    private static readonly ChurnSettings Small = new()
    {
        Days = 60,
        Origins = 2,
        Stride = 28,
        Trees = new TreeSettings
        {
            Rounds = 30,
            Leaves = 8,
            LearningRate = 0.1,
            LeastWeight = 5,
            Lambda = 5,
        },
    };

    // Half of them buy every week or so until they are gone for good, the other half every two or three months and stay.
    private static List<OrderLineFact> Made(int customers = 400, int days = 540)
    {
        var (random, lines) = (new Random(1), new List<OrderLineFact>());
        for (var c = 0; c < customers; c++)
        {
            var (often, day) = (c % 2 == 0, random.Next(60));
            var end = often ? 60 + random.Next(days) : days;
            for (; day < Math.Min(end, days); day += often ? 4 + random.Next(8) : 50 + random.Next(40))
                lines.Add(
                    new OrderLineFact(
                        $"O{lines.Count}",
                        new Sku($"S{random.Next(30)}"),
                        $"C{random.Next(5)}",
                        new CustomerKey($"K{c:000}"),
                        "web",
                        First.AddDays(day),
                        1,
                        20
                    )
                );
        }
        return lines;
    }

    [Fact]
    public void A_customer_who_is_late_by_their_own_rhythm_is_likelier_gone_than_one_who_is_not()
    {
        var lines = Made();
        // Fifty days of silence: usual for the rare one, the end for the frequent one.
        void Add(string key, int step)
        {
            for (var day = 540 - 50; day > 100; day -= step)
                lines.Add(
                    new OrderLineFact($"X{lines.Count}", new Sku("S1"), "C1", new CustomerKey(key), "web", First.AddDays(day), 1, 20)
                );
        }
        Add("rare", 70);
        Add("frequent", 7);
        var model = ChurnModel.Train(lines, First.AddDays(540), Small);
        Assert.True(model.UsesTrees, model.Words);
        Assert.True(model.Backtest.Trees.Auc > model.Backtest.Recency.Auc, model.Words);
        double Of(string key) => model.Customers.Single(c => c.Customer.Value == key).Chance;
        Assert.True(Of("rare") > Of("frequent") + 0.3, $"{Of("rare")} and {Of("frequent")}");
        Assert.Equal(model.Customers.Select(static c => c.Chance).Order(), model.Customers.Select(static c => c.Chance));
    }

    [Fact]
    public void A_short_history_or_none_says_nothing()
    {
        Assert.Empty(ChurnModel.Train([], First, Small).Customers);
        var young = ChurnModel.Train([.. Made().Where(static l => l.Day < First.AddDays(80))], First.AddDays(80), Small);
        Assert.Empty(young.Customers);
        Assert.Contains("repeat purchases can't be predicted", young.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_history_too_short_to_test_goes_by_recency_alone()
    {
        var model = ChurnModel.Train([.. Made().Where(static l => l.Day <= First.AddDays(150))], First.AddDays(150), Small);
        Assert.False(model.UsesTrees);
        Assert.NotEmpty(model.Customers);
        Assert.Contains("too short to test", model.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_after_the_day_changes_nothing()
    {
        var lines = Made();
        var asOf = First.AddDays(400);
        Assert.Equal(
            ChurnModel.Train([.. lines.Where(l => l.Day <= asOf)], asOf, Small).Customers,
            ChurnModel.Train(lines, asOf, Small).Customers
        );
    }

    [Fact]
    public void Settings_out_of_range_are_refused() =>
        Assert.Throws<ArgumentOutOfRangeException>(static () => ChurnModel.Train([], First, new ChurnSettings { Days = 0 }));

    [SharedDataFact(OnlineRetail.File)]
    public void On_a_real_shop_it_beats_the_days_since_the_last_purchase()
    {
        var model = ChurnModel.Train(OnlineRetail.Facts(), OnlineRetail.LastDay, new ChurnSettings { Origins = 2, Stride = 28 });
        output.WriteLine(model.Words);
        output.WriteLine($"recency alone: {model.Backtest.Recency.Words}");
        foreach (var t in model.Backtest.Trees.Tenths)
            output.WriteLine(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $"{t.Cases} forecast {t.Forecast:P1}, came {t.Came.Share:P1} ({t.Came.Low:P1} to {t.Came.High:P1})"
                )
            );
        foreach (var f in model.Importance.Take(8))
            output.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{f.Share:P1} {f.Feature}"));
        Assert.NotEmpty(model.Backtest.Origins);
        Assert.True(model.Backtest.Trees.Auc > model.Backtest.Recency.Auc + 0.02, model.Words);
        Assert.True(model.Backtest.Trees.Brier < model.Backtest.Recency.Brier, model.Words);
        Assert.True(model.UsesTrees, model.Words);
    }
}
