using System.Text.Json;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Live;

namespace Stockgate.Domain.Tests.Promotions.Live;

public class WatchTests
{
    private static readonly MonitorLimits Limits = new();
    private static readonly RegionId North = new("north"),
        South = new("south");
    private static readonly DateTimeOffset Start = Given.Now,
        Middle = Start.AddHours(50);
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(1000);

    private static RegionSales Region(
        decimal sold,
        decimal planned = 200,
        decimal stock = 1_000,
        DateTimeOffset? now = null,
        decimal? share = null
    ) =>
        new(
            North,
            now ?? Middle,
            new UtcWindow(Start, Start.AddHours(100)),
            Offer.Units(sold),
            Offer.Units(planned),
            Offer.Units(stock),
            Offer.In(8),
            Offer.In(2),
            share
        );

    private static Anomaly? Pace(RegionSales region, decimal room = 0, params StockDonor[] donors) =>
        PaceWatch.Judge(new PaceInput(region, new SalesChannelId("web"), room) { Donors = donors }, Limits);

    [Fact]
    public void Sell_through_says_how_it_goes_and_when_it_ends()
    {
        var pace = SellThrough.Of(Region(150, stock: 60));
        Assert.Equal((0.5m, 100m, 1.5m, 3m, 300m), (pace.Elapsed, pace.Expected.Value, pace.Ratio, pace.PerHour, pace.Forecast.Value));
        Assert.Equal((TimeSpan.FromHours(20), 90m, 0m), (pace.EndsAfter, pace.Short.Value, pace.Spare.Value));
    }

    [Fact]
    public void A_plan_that_knows_its_days_is_held_against_its_own_share()
    {
        Assert.Equal(1, SellThrough.Of(Region(160, share: 0.8m)).Ratio);
        Assert.Equal(200, SellThrough.Of(Region(160, share: 0.8m)).Forecast.Value);
    }

    [Theory]
    [InlineData(-10)]
    [InlineData(0)]
    [InlineData(500)]
    public void Before_after_and_at_the_start_nothing_breaks(int hours) =>
        Assert.InRange(SellThrough.Of(Region(0, now: Start.AddHours(hours))).Elapsed, 0, 1);

    [Theory]
    [InlineData(149, null)]
    [InlineData(150, AnomalyKind.TooFast)]
    [InlineData(51, null)]
    [InlineData(50, AnomalyKind.TooSlow)]
    [InlineData(0, AnomalyKind.NoSales)]
    public void A_pace_is_judged_at_its_thresholds(int sold, AnomalyKind? kind) => Assert.Equal(kind, Pace(Region(sold))?.Kind);

    [Fact]
    public void Too_little_time_or_too_small_a_plan_says_nothing()
    {
        Assert.Null(Pace(Region(90, now: Start.AddHours(4))));
        Assert.Null(Pace(Region(19, planned: 38)));
        Assert.Null(Pace(Region(0, planned: 19)));
    }

    [Fact]
    public void Who_sells_as_planned_but_has_too_little_is_told_in_time()
    {
        var anomaly = Pace(Region(100, stock: 60))!;
        Assert.Equal((AnomalyKind.TooFast, 40m, 80m), (anomaly.Kind, anomaly.Exposure.Units.Value, anomaly.Exposure.Money!.Value.Amount));
        Assert.Equal(1.2m, Assert.IsType<ThrottleChannel>(Assert.Single(anomaly.Actions)).UnitsPerHour.Value);
        Assert.Contains("Expected lost sales: 40 units", anomaly.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void Stock_is_moved_from_those_with_most_to_spare_and_nobody_is_made_short()
    {
        var anomaly = Pace(
            Region(150, stock: 60),
            0,
            new(South, new LocationId("W2"), Offer.Units(100), Offer.Units(50)),
            new(South, new LocationId("W1"), Offer.Units(200), Offer.Units(110)),
            new(North, null, Offer.Units(900), Offer.Units(0)),
            new(South, null, Offer.Units(50), Offer.Units(50))
        )!;
        Assert.Equal(["W1 68", "W2 22"], anomaly.Actions.OfType<MoveStock>().Select(static m => $"{m.Warehouse} {m.Units}"));
    }

    [Fact]
    public void Nothing_left_ends_it_there() =>
        Assert.Contains(Pace(Region(150, stock: -3))!.Actions, static a => a is EndPromotion { Region: { } region } && region == North);

    [Fact]
    public void A_slow_one_is_made_better_only_above_the_margin_floor()
    {
        Assert.Equal(5, Assert.IsType<DeepenDiscount>(Assert.Single(Pace(Region(30), 12)!.Actions)).Points);
        Assert.Equal(3, Assert.IsType<DeepenDiscount>(Assert.Single(Pace(Region(30), 3)!.Actions)).Points);
        Assert.IsType<EndPromotion>(Assert.Single(Pace(Region(30))!.Actions));
    }

    [Fact]
    public void Where_nothing_sells_somebody_looks_at_the_shelf()
    {
        var anomaly = PaceWatch.Judge(
            new PaceInput(Region(0)) { Unsold = [new(new Sku("A"), new LocationId("S1"), Offer.Units(40))] },
            Limits
        )!;
        Assert.Equal(new LocationId("S1"), Assert.IsType<Recount>(anomaly.Actions[0]).Location);
    }

    [Fact]
    public void More_stock_never_makes_a_region_shorter_and_more_sold_never_makes_it_slower() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var region = Region(
                    random.Next(-5, 400),
                    random.Next(0, 400),
                    random.Next(-20, 400),
                    Start.AddHours(random.Next(-5, 110)),
                    random.Next(2) == 0 ? null : random.Next(0, 101) / 100m
                );
                var pace = SellThrough.Of(region);
                var fuller = SellThrough.Of(region with { Stock = region.Stock + Offer.Units(random.Next(50)) });
                var more = Pace(region with { Sold = Quantity.Max(region.Sold, Quantity.Zero) + Offer.Units(random.Next(1, 50)) });
                return fuller.Short <= pace.Short
                    && fuller.Spare >= pace.Spare
                    && pace.Forecast >= pace.Sold
                    && pace is { Short.Value: >= 0, Spare.Value: >= 0 }
                    && (Pace(region)?.Kind != AnomalyKind.TooFast || region.Stock.Value <= 0 || more is { Kind: AnomalyKind.TooFast });
            })
            .Check(Thorough);

    [Fact]
    public void What_is_recommended_can_be_done_and_says_why() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var donors = Enumerable
                    .Range(0, random.Next(4))
                    .Select(i => new StockDonor(
                        random.Next(4) == 0 ? North : South,
                        new LocationId($"W{i}"),
                        Offer.Units(random.Next(-9, 300)),
                        Offer.Units(random.Next(-9, 200))
                    ))
                    .ToArray();
                var anomaly = Pace(
                    Region(random.Next(0, 400), random.Next(0, 400), random.Next(-20, 200), Start.AddHours(random.Next(0, 110))),
                    random.Next(-3, 9),
                    donors
                );
                if (anomaly is null)
                    return true;
                var moves = anomaly.Actions.OfType<MoveStock>().ToList();
                return anomaly.Exposure is { Units.Value: >= 0, Money.Amount: >= 0 }
                    && anomaly.Reason.Length > 0
                    && anomaly.Threshold.Length > 0
                    && anomaly.Actions.All(static a =>
                        a.Reason.Length > 0 && a is not ThrottleChannel { UnitsPerHour.Value: <= 0 } and not DeepenDiscount { Points: <= 0 }
                    )
                    && moves.All(m =>
                        m.From != North
                        && m.Units.Value > 0
                        && decimal.IsInteger(m.Units.Value)
                        && donors.Any(d => d.Warehouse == m.Warehouse && d.Available.Value - m.Units.Value >= d.StillNeeded.Value)
                    )
                    && (moves.Count == 0 || moves.Sum(static m => m.Units.Value) < anomaly.Exposure.Units.Value + 1);
            })
            .Check(Thorough);

    private static PriceSighting Price(decimal seen, int seenMinutesAgo = 5, int toldMinutesAgo = 60, string currency = "GBP") =>
        new(
            new Sku("A"),
            new SalesChannelId("web"),
            North,
            Offer.In(8),
            Offer.In(seen, currency),
            Middle.AddMinutes(-seenMinutesAgo),
            Middle.AddMinutes(-toldMinutesAgo),
            Middle,
            Middle.AddMinutes(-30),
            10
        );

    [Fact]
    public void A_wrong_price_is_told_with_what_it_costs_and_is_sent_again()
    {
        var anomaly = PriceWatch.Judge(Price(10), Limits)!;
        Assert.Equal(
            ("10.00 GBP", "8.00 GBP", 5m, 10m),
            (anomaly.Seen, anomaly.Expected, anomaly.Exposure.Units.Value, anomaly.Exposure.Money!.Value.Amount)
        );
        Assert.Equal(Offer.In(8), Assert.IsType<RestorePrice>(Assert.Single(anomaly.Actions)).Price);
        Assert.Contains("don't get the advertised price", anomaly.Reason, StringComparison.Ordinal);
        Assert.Contains("gives a larger discount", PriceWatch.Judge(Price(7), Limits)!.Reason, StringComparison.Ordinal);
        Assert.Null(PriceWatch.Judge(Price(8, currency: "EUR"), Limits)!.Exposure.Money);
    }

    [Fact]
    public void A_right_old_or_hasty_sighting_says_nothing()
    {
        Assert.Null(PriceWatch.Judge(Price(8), Limits));
        Assert.Null(PriceWatch.Judge(Price(10, seenMinutesAgo: 121, toldMinutesAgo: 900), Limits));
        Assert.Null(PriceWatch.Judge(Price(10, seenMinutesAgo: 51), Limits));
        Assert.NotNull(PriceWatch.Judge(Price(10, seenMinutesAgo: 50), Limits));
        Assert.Null(PriceWatch.Judge(Price(8.04m), new MonitorLimits { PriceTolerance = 0.005m }));
    }

    private static Anomaly? Stock(decimal ledger, decimal? counted, decimal sold = 0) =>
        StockWatch.Judge(
            new StockCheck(
                new Sku("A"),
                new LocationId("S1"),
                Offer.Units(ledger),
                counted is { } c ? Offer.Units(c) : null,
                Offer.Units(sold),
                Offer.In(8)
            ),
            Limits
        );

    [Theory]
    [InlineData(20, 15, 0, false)]
    [InlineData(20, 14, 0, true)]
    [InlineData(20, 26, 0, true)]
    [InlineData(200, 180, 0, false)]
    [InlineData(200, 179, 0, true)]
    [InlineData(0, null, 0, false)]
    [InlineData(0, null, 1, true)]
    [InlineData(-2, null, 1, true)]
    [InlineData(1, null, 5, false)]
    [InlineData(-2, 3, 1, false)]
    [InlineData(3, 0, 1, true)]
    public void Stock_that_is_not_there_is_told(int ledger, int? counted, int sold, bool told)
    {
        var anomaly = Stock(ledger, counted, sold);
        Assert.Equal(told, anomaly is not null);
        if (anomaly is not null)
            Assert.True(anomaly is { Kind: AnomalyKind.StockDrift, Exposure.Units.Value: > 0 } && anomaly.Actions is [Recount]);
    }

    [Fact]
    public void Only_what_puts_back_a_decision_happens_by_itself()
    {
        RecommendedAction[] all =
        [
            new RestorePrice(new Sku("A"), new SalesChannelId("web"), null, Offer.In(8), "r"),
            new ThrottleChannel(new SalesChannelId("web"), North, Offer.Units(1), "r"),
            new EndPromotion(null, "r"),
            new MoveStock(South, null, North, Offer.Units(1), "r"),
            new DeepenDiscount(North, 5, "r"),
            new Recount(new Sku("A"), new LocationId("S1"), "r"),
        ];
        var policy = new ActionPolicy();
        Assert.Equal(
            [
                ActionAuthority.Execute,
                ActionAuthority.Approve,
                ActionAuthority.Approve,
                ActionAuthority.Show,
                ActionAuthority.Show,
                ActionAuthority.Show,
            ],
            all.Select(a => policy.Decide(a).Authority)
        );
        Assert.Equal(Enum.GetValues<ActionKind>().Order(), all.Select(static a => a.Kind).Order());
        foreach (var action in all)
            Assert.Equal(
                action,
                JsonSerializer.Deserialize(
                    JsonSerializer.Serialize(action, LiveJson.Default.RecommendedAction),
                    LiveJson.Default.RecommendedAction
                )
            );
        Assert.Equal(ActionAuthority.Execute, JsonSerializer.Deserialize("{}", LiveJson.Default.ActionPolicy)!.RestorePrice);
        Assert.Equal(1.5m, JsonSerializer.Deserialize("{}", LiveJson.Default.MonitorLimits)!.FastRatio);
    }
}
