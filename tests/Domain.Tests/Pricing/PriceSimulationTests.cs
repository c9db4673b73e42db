using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Simulation;

namespace Stockgate.Domain.Tests.Pricing;

public class PriceSimulationTests
{
    private static readonly DateOnly First = new(2025, 1, 1);

    private static readonly PricePolicy Policy = PricePolicy.Default with
    {
        Version = 4,
        Leash = PricingLeash.Publish,
        Together = new CategoryRules { ChangesPerDay = 1000, BreakerShare = 1 },
    };

    private static SalesHistory History(int days, int series = 6, double price = 9.99, Action<SalesSeries>? change = null)
    {
        var random = new Random(5);
        var all = Enumerable
            .Range(0, series)
            .Select(i =>
            {
                var s = new SalesSeries
                {
                    Key = new SeriesKey(new Sku($"S{i}"), new LocationId("L")),
                    Category = "Toys",
                    Units = [.. Enumerable.Range(0, days).Select(_ => (float)random.Next(8, 16))],
                    Prices = [.. Enumerable.Repeat((float)price, days + 1)],
                    Marks = new DayMarks[days + 1],
                };
                change?.Invoke(s);
                return s;
            })
            .ToList();
        return new SalesHistory(
            First,
            days,
            1,
            [.. Enumerable.Range(0, days + 1).Select(static i => new CalendarDay(First.AddDays(i), [], []))],
            all
        );
    }

    private static SimulationSettings Settings =>
        new()
        {
            Policy = Policy,
            Currency = PriceCases.Eur,
            CostShare = 0.6m,
            Response = new(-2.6, -3.2, -2),
            Belief = new ElasticityBelief(-2.6, -3.2, -2),
        };

    // At an elasticity of −2.6 the best price is 1.625 times the cost; here it is held at 1.67, and with −1.3 it should rise.
    [Fact]
    public void Prices_that_are_too_low_rise_and_the_margin_with_them_where_customers_are_as_believed()
    {
        var result = PriceSimulation.Run(
            History(160),
            Settings with
            {
                Response = new(-1.3, -1.5, -1.2),
                Belief = new ElasticityBelief(-1.3, -1.5, -1.2),
            }
        );
        Assert.Equal((6, 0, 3), (result.Series, result.LeftOut, result.Runs.Count));
        Assert.All(
            result.Runs,
            static r =>
            {
                Assert.True(r.Changes > 0 && r.Raised == r.Changes);
                Assert.True(r.Moved.Margin > r.Kept.Margin && r.Moved.Units < r.Kept.Units);
                Assert.Equal(r.Decisions, r.Changes + r.Held.Values.Sum());
            }
        );
        Assert.Contains("the policy earns more", result.Words, StringComparison.Ordinal);
        // Customers that follow less closely bring more of a rise.
        Assert.True(result.Runs[2].Moved.Margin > result.Runs[0].Moved.Margin);
    }

    [Fact]
    public void Customers_that_are_not_as_believed_show_as_a_loss_with_its_worst_cases()
    {
        var result = PriceSimulation.Run(
            History(160),
            Settings with
            {
                Response = new(-6, -8, -5),
                Belief = new ElasticityBelief(-1.2, -1.3, -1.1),
            }
        );
        Assert.All(
            result.Runs,
            static r => Assert.True(r.Moved.Margin < r.Kept.Margin && r.WorstItem!.Margin < 0 && r.WorstDay!.Margin < 0)
        );
        Assert.Contains("the policy earns less", result.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_happens_later_changes_nothing_before()
    {
        const int From = 110;
        var (one, other) = (new Dictionary<(int, int), decimal>(), new Dictionary<(int, int), decimal>());
        var settings = Settings with
        {
            Response = new(-1.5, -1.5, -1.5),
            Belief = new ElasticityBelief(-1.5, -2, -1.2),
            Stock = new StockPlan(20, 5, 20),
        };
        PriceSimulation.Run(History(170), settings, (s, day, price) => one[(s, day)] = price, null, default);
        PriceSimulation.Run(
            History(
                170,
                change: static s =>
                {
                    for (var day = From; day < 170; day++)
                        (s.Units[day], s.Prices[day]) = (s.Units[day] * 1.5f, 8);
                }
            ),
            settings,
            (s, day, price) => other[(s, day)] = price,
            null,
            default
        );
        Assert.Contains(one, static p => p.Key.Item2 < From && p.Value != 9.99m);
        Assert.All(one.Where(static p => p.Key.Item2 < From), p => Assert.Equal(p.Value, other[p.Key]));
        Assert.Contains(one, p => other[p.Key] != p.Value);
    }

    [Fact]
    public void Too_much_stock_is_marked_down_and_hardly_any_is_not()
    {
        var much = PriceSimulation.Run(History(120), Settings with { Stock = new StockPlan(400, 7, 0) }).Runs[1];
        Assert.True(much.Changes > 0 && much.Raised == 0 && much.Moved.Units > much.Kept.Units);
        var little = PriceSimulation
            .Run(History(120), Settings with { Stock = new StockPlan(2, 7, 0), Belief = new ElasticityBelief(-6, -7, -5) })
            .Runs[1];
        Assert.Equal(little.Changes, little.Raised);
        Assert.True(little.Kept.Missed > 0);
    }

    [Fact]
    public void A_category_that_stopped_itself_goes_on_once_a_person_has_looked()
    {
        var breaking = Settings with
        {
            Policy = Policy with
            {
                Together = new CategoryRules { BreakerShare = 0.3m, BreakerLeast = 5 },
            },
            Response = new(-1.3, -1.5, -1.2),
            Belief = new ElasticityBelief(-1.3, -1.5, -1.2),
        };
        Assert.All(
            PriceSimulation.Run(History(120), breaking).Runs,
            static r =>
            {
                Assert.Equal(6, r.Held[PriceRule.CircuitBreaker]);
                Assert.Equal(6, r.Changes);
            }
        );
    }

    [Fact]
    public void Offers_of_the_history_own_their_prices()
    {
        var result = PriceSimulation.Run(History(120, change: static s => Array.Fill(s.Marks, DayMarks.Promotion, 56, 64)), Settings);
        Assert.All(result.Runs, static r => Assert.Equal((0, r.Decisions), (r.Changes, r.Held[PriceRule.PromotionLock])));
        Assert.All(result.Runs, static r => Assert.Equal(r.Kept, r.Moved));
    }

    [Fact]
    public void Series_of_which_too_little_is_known_are_left_out_and_settings_that_make_no_sense_are_refused()
    {
        var history = History(120, change: static s => Array.Fill(s.Units, float.NaN, 0, s.Key.Sku.Value == "S0" ? 50 : 0));
        Assert.Equal((5, 1), PriceSimulation.Run(history, Settings) is var r ? (r.Series, r.LeftOut) : default);
        Assert.Contains(
            "so none can be replayed",
            PriceSimulation.Run(History(60, change: static s => Array.Fill(s.Units, float.NaN)), Settings).Words,
            StringComparison.Ordinal
        );
        foreach (
            var wrong in new[]
            {
                Settings with
                {
                    FromDay = 120,
                },
                Settings with
                {
                    FromDay = 5,
                },
                Settings with
                {
                    Every = 0,
                },
                Settings with
                {
                    CostShare = 1,
                },
                Settings with
                {
                    Response = new(1, 1, 1),
                },
            }
        )
            Assert.Throws<ArgumentException>(() => PriceSimulation.Run(history, wrong));
    }

    [Fact]
    public void It_tells_how_far_it_is_and_ends_when_asked()
    {
        var told = new List<double>();
        using var ends = new CancellationTokenSource();
        PriceSimulation.Run(History(70), Settings, new Told(told.Add));
        Assert.Equal(1, told[^1], 9);
        Assert.Equal(told.Order(), told);
        Assert.Throws<OperationCanceledException>(() =>
            PriceSimulation.Run(
                History(70),
                Settings,
                new Told(share =>
                {
                    if (share > 0.5)
                        ends.Cancel();
                }),
                ends.Token
            )
        );
    }

    private sealed class Told(Action<double> tell) : IProgress<double>
    {
        public void Report(double value) => tell(value);
    }
}
