using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Anomalies;
using Stockgate.Domain.Forecasting.Campaigns;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.NewItems;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Domain.Forecasting.Suppliers;
using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Domain.Tests.Forecasting.Advice;

public class ForecastAdviceTests
{
    private const int Days = 120;

    private static readonly SupplierTerms Dairy = new()
    {
        Supplier = new SupplierId("Dairy"),
        UnitCost = Expected.Pounds(6),
        LeadTime = 3,
        Review = 7,
    };

    internal static readonly DateOnly Today = Sales.Monday.AddDays(Days);

    internal static SalesSeries Series(
        string sku = "A",
        string location = "L1",
        float units = 5,
        float[]? prices = null,
        int promotionFrom = -1
    )
    {
        var series = Sales.Series(
            [.. Enumerable.Repeat(units, Days)],
            [
                .. Enumerable
                    .Range(0, Days)
                    .Select(d => promotionFrom >= 0 && d >= promotionFrom && d < promotionFrom + 7 ? DayMarks.Promotion : DayMarks.None),
            ],
            sku,
            location
        );
        prices?.CopyTo(series.Prices, 0);
        return series;
    }

    private static SeriesForecast Forecast(SalesSeries series, double mean = 5) =>
        Expected.Daily(mean, mean * 0.4, mean * 1.8, Sales.Horizon, series.Key.Sku.Value, series.Key.Location.Value) with
        {
            First = Today,
        };

    internal static SeriesSituation Has(decimal onHand, SupplierTerms? terms = null) =>
        new()
        {
            Stock = Expected.Stock(onHand),
            StockAge = TimeSpan.FromHours(2),
            UnitCost = Expected.Pounds(6),
            Price = Expected.Pounds(10),
            Terms = terms ?? Dairy,
        };

    internal static AdviceInput Input(params (SalesSeries Series, SeriesSituation Situation)[] of) => Input(5, of);

    private static AdviceInput Input(double mean, params (SalesSeries Series, SeriesSituation Situation)[] of) =>
        new()
        {
            History = Sales.Of([.. of.Select(static o => o.Series)]),
            Series = [.. of.Select(static o => o.Situation)],
            Today = Today,
            Forecast = new ForecastResult
            {
                Forecasts = [.. of.Select(o => Forecast(o.Series, mean))],
                Segments = [.. of.Select(static _ => "steady")],
                Backtest = [],
                Choices = [],
                Quantiles = [],
                Importance = [],
                Effects = [],
                Fingerprint = "",
                Remarks = [],
                Models = new Dictionary<string, ReadOnlyMemory<byte>>(),
                Steps = [],
            },
        };

    private static List<Recommendation> Of(AdviceResult follows, string kind) =>
        [.. follows.Recommendations.Items.Where(r => r.Kind == kind)];

    private static OpenOrder Open(decimal quantity, int inDays, string sku = "A", string location = "L1") =>
        new("PO-1", new Sku(sku), new LocationId(location), new SupplierId("Dairy"), Expected.Units(quantity), Today.AddDays(inDays));

    [Fact]
    public void A_series_that_runs_short_is_at_risk_and_is_ordered_as_planned_by_itself()
    {
        var input = Input((Series(), Has(10)), (Series("B"), Has(500)));
        var follows = ForecastAdvice.Of(input);
        Assert.Equal("A", Assert.Single(follows.StockoutRisks.Items).Key.Sku.Value);
        var order = Assert.Single(Of(follows, RecommendationKinds.Order));
        var alone = ReorderRecommendation.Plan([new ReorderRequest(input.Forecast.Forecasts[0], Expected.Stock(10), Dairy)], Today)[0];
        Assert.Equal(
            (alone.Quantity, alone.Cost, "Dairy", alone.OrderOn, alone.Words),
            (order.Quantity!.Value, order.Money!.Value, order.From, order.By!.Value, order.Words)
        );
    }

    [Fact]
    public void Where_no_stock_is_known_nothing_is_ordered_and_it_is_said_how_often()
    {
        var follows = ForecastAdvice.Of(
            Input(
                (Series(), Has(10) with { Stock = null }),
                (Series("B"), Has(0) with { StockAge = TimeSpan.FromDays(8) }),
                (Series("C"), Has(0) with { StockAge = null }),
                (Series("D"), SeriesSituation.Unknown)
            )
        );
        Assert.Empty(follows.Recommendations.Items);
        Assert.Empty(follows.StockoutRisks.Items);
        Assert.Contains(
            "The stock of 2 of 4 series is unknown: they have no recommended orders or transfers and no stockout risk.",
            follows.Remarks
        );
        Assert.Contains(
            follows.Remarks,
            static r => r.StartsWith("The stock of 2 of 4 series is older than 168 hours or of unknown age", StringComparison.Ordinal)
        );
        Assert.Contains(follows.Remarks, static r => r.StartsWith("1 of 4 series has no supplier terms", StringComparison.Ordinal));
        Assert.All(follows.Campaigns.Items, static v => Assert.NotEqual(CampaignSafety.Safe, v.Safety));
    }

    [Fact]
    public void What_is_on_order_is_not_ordered_again() =>
        Assert.Empty(Of(ForecastAdvice.Of(Input((Series(), Has(10))) with { OpenOrders = [Open(200, 1)] }), RecommendationKinds.Order));

    [Fact]
    public void An_overdue_order_is_not_taken_for_stock_that_is_there()
    {
        var follows = ForecastAdvice.Of(Input((Series(), Has(0))) with { OpenOrders = [Open(200, -5)] });
        var risk = Assert.Single(follows.StockoutRisks.Items);
        Assert.True(risk.Days[0].Chance > 0.9 && risk.Days[1].Chance > 0.9 && risk.Days[3].Chance < 0.1, risk.Words);
        Assert.Contains(follows.Remarks, static r => r.StartsWith("1 open order is overdue;", StringComparison.Ordinal));
        var lost = ForecastAdvice.Of(Input((Series(), Has(0))) with { OpenOrders = [Open(200, -31)] });
        Assert.NotEmpty(Of(lost, RecommendationKinds.Order));
        Assert.Contains(lost.Remarks, static r => r.Contains("are ignored", StringComparison.Ordinal));
    }

    [Fact]
    public void A_delivery_that_comes_after_the_shelf_is_empty_is_to_be_expedited()
    {
        var follows = ForecastAdvice.Of(Input((Series(), Has(20))) with { OpenOrders = [Open(200, 10)] });
        var expedite = Assert.Single(Of(follows, RecommendationKinds.Expedite));
        Assert.Equal((Expected.Units(200), "Dairy"), (expedite.Quantity!.Value, expedite.From));
        Assert.InRange(expedite.By!.Value.DayNumber - Today.DayNumber, 2, 4);
        Assert.True(expedite.Money!.Value.Amount > 50);
        Assert.StartsWith(
            $"200 on order PO-1 from Dairy for A at L1 arrive on {Today.AddDays(10):yyyy-MM-dd}, but it is likely out by ",
            expedite.Words,
            StringComparison.Ordinal
        );
        Assert.Empty(Of(ForecastAdvice.Of(Input((Series(), Has(60))) with { OpenOrders = [Open(200, 5)] }), RecommendationKinds.Expedite));
    }

    [Fact]
    public void A_transfer_is_not_bought_a_second_time_and_what_it_takes_is_gone()
    {
        var input = Input((Series("A", "poor"), Has(0)), (Series("A", "rich"), Has(200)));
        var route = new TransferRoute(new LocationId("rich"), new LocationId("poor"), 1, Expected.Pounds(0.1m), Expected.Pounds(1));
        var (without, with) = (ForecastAdvice.Of(input), ForecastAdvice.Of(input with { Routes = [route] }));
        var transfer = Assert.Single(Of(with, RecommendationKinds.Transfer));
        Assert.Equal((new LocationId("poor"), "rich", Today), (transfer.Location, transfer.From, transfer.By!.Value));
        decimal Ordered(AdviceResult f) =>
            Of(f, RecommendationKinds.Order).Where(static r => r.Location.Value == "poor").Sum(static r => r.Quantity!.Value.Value);
        Assert.Equal(Ordered(without) - transfer.Quantity!.Value.Value, Ordered(with));
        Assert.Empty(
            Of(ForecastAdvice.Of(input with { Routes = [route with { PerTrip = new Money(1, Given.Eur) }] }), RecommendationKinds.Transfer)
        );
    }

    [Fact]
    public void The_budget_holds_and_what_it_left_out_is_said()
    {
        var input = Input((Series(), Has(0)), (Series("B"), Has(0)), (Series("C"), Has(0)));
        var (free, bound) = (ForecastAdvice.Of(input), ForecastAdvice.Of(input with { Budget = Expected.Pounds(400) }));
        Assert.True(Of(free, RecommendationKinds.Order).Sum(static r => r.Money!.Value.Amount) > 400);
        Assert.InRange(Of(bound, RecommendationKinds.Order).Sum(static r => r.Money!.Value.Amount), 100, 400);
        Assert.Contains(
            bound.Remarks,
            static r => r.StartsWith("The budget of 400 GBP is not enough for all 3 orders", StringComparison.Ordinal)
        );
        Assert.Equal(
            Of(free, RecommendationKinds.Order).Select(static r => r.Words),
            Of(ForecastAdvice.Of(input with { Budget = Expected.Pounds(100_000) }), RecommendationKinds.Order).Select(static r => r.Words)
        );
    }

    [Fact]
    public void A_supplier_is_ordered_from_by_the_time_it_really_takes()
    {
        var lines = Enumerable.Range(0, 12).Select(i => (Order: $"PO-{i}", On: Today.AddDays(-60 + i))).ToArray();
        var input = Input((Series(), Has(10))) with
        {
            Confirmations =
            [
                .. lines.Select(static l => new Confirmation(
                    l.Order,
                    new Sku("A"),
                    new SupplierId("Dairy"),
                    l.On,
                    l.On.AddDays(3),
                    Expected.Units(10)
                )),
            ],
            Receipts = [.. lines.Select(static l => new Receipt(l.Order, new Sku("A"), l.On.AddDays(9), Expected.Units(10)))],
        };
        var follows = ForecastAdvice.Of(input);
        Assert.Equal(
            (12, 0.0, 9),
            (follows.Suppliers.Items[0].Lines, follows.Suppliers.Items[0].OnTimeInFull.Share, follows.Suppliers.Items[0].LeadTimeP90)
        );
        Assert.True(
            Of(follows, RecommendationKinds.Order)[0].Quantity
                > Of(ForecastAdvice.Of(Input((Series(), Has(10)))), RecommendationKinds.Order)[0].Quantity
        );
        Assert.Contains(
            "Dairy takes 9 days in nine of ten cases, longer than agreed; orders of its 1 series use that lead time.",
            follows.Remarks
        );
    }

    [Fact]
    public void Sales_that_stopped_are_checked_and_a_location_that_says_nothing_is_a_remark()
    {
        var (stopped, silent, other) = (Series(), Series("B", "dark"), Series("C"));
        for (var day = Days - 7; day < Days; day++)
            (stopped.Units[day], silent.Units[day]) = (0, float.NaN);
        var input = Input((stopped, Has(50)), (silent, Has(50)), (other, Has(50)));
        Assert.Empty(ForecastAdvice.Of(input).Anomalies.Items);
        var follows = ForecastAdvice.Of(
            input with
            {
                Earlier = [.. input.Forecast.Forecasts.Select(static f => f with { First = Today.AddDays(-10) })],
            }
        );
        var anomaly = Assert.Single(follows.Anomalies.Items);
        Assert.Equal(("A", AnomalyKind.Slump), (anomaly.Key.Sku.Value, anomaly.Kind));
        var check = Assert.Single(Of(follows, RecommendationKinds.CheckStock));
        Assert.Equal((anomaly.Words, Today), (check.Words, check.By!.Value));
        Assert.Contains(follows.Remarks, static r => r.StartsWith("dark has reported nothing for 7 days", StringComparison.Ordinal));
    }

    [Fact]
    public void Promotions_and_prices_of_the_past_are_told_by_item_and_category()
    {
        var random = new Random(1);
        SalesSeries Sold(string sku)
        {
            var series = Series(sku, promotionFrom: 60);
            for (var day = 0; day < Days; day++)
            {
                var price = day / 7 % 3 == 0 ? 8f : 10f;
                series.Prices[day] = price;
                series.Units[day] = Sales.Poisson(random, 40 * Math.Pow(price / 10, -2) * (day is >= 60 and < 67 ? 3 : 1));
            }
            return series;
        }
        var follows = ForecastAdvice.Of(Input((Sold("A"), Has(500)), (Sold("B"), Has(500)), (Series("C"), Has(500))));
        Assert.Equal(["A", "B"], follows.Uplifts.Items.Select(static u => u.Sku.Value).Order());
        Assert.All(follows.Uplifts.Items, static u => Assert.InRange(u.Uplift.Factor, 2, 4.5));
        Assert.Null(follows.Elasticities.Items[0].Sku);
        Assert.Equal(["A", "B"], follows.Elasticities.Items.Skip(1).Select(static e => e.Sku!.Value.Value).Order());
        Assert.All(
            follows.Elasticities.Items,
            static e =>
                Assert.True(
                    e.Elasticity.Low <= e.Elasticity.Value && e.Elasticity.Value <= e.Elasticity.High && e.Elasticity.High < 0,
                    e.Elasticity.Words
                )
        );
        Assert.All(follows.Elasticities.Items.Skip(1), static e => Assert.InRange(e.Elasticity.Value, -2.7, -1.4));
    }

    [Fact]
    public void An_offers_stock_goes_to_its_locations_and_what_may_be_advertised_is_told_by_region()
    {
        var promoted = Series("B", promotionFrom: 60);
        for (var day = 60; day < 67; day++)
            promoted.Units[day] = 15;
        var input = Input((Series("A", "L1"), Has(5)), (Series("A", "L2"), Has(80)), (promoted, Has(900))) with
        {
            Offers =
            [
                new PlannedOffer(
                    new PromotionId("P1"),
                    new Sku("A"),
                    [new LocationId("L1"), new LocationId("L2"), new LocationId("nowhere")],
                    Today.AddDays(3),
                    Today.AddDays(9),
                    20,
                    Expected.Units(120),
                    Expected.Units(6)
                ),
            ],
        };
        var follows = ForecastAdvice.Of(input);
        var places = Assert.Single(follows.Allocations.Items).Allocation.Places;
        Assert.True(
            places[0].Quantity > places[1].Quantity && places.All(static p => p.Quantity.Value % 6 == 0),
            follows.Allocations.Items[0].Allocation.Words
        );
        var sent = Of(follows, RecommendationKinds.Allocate);
        Assert.Equal(
            places.Where(static p => p.Quantity > Quantity.Zero).Select(static p => p.Quantity),
            sent.Select(static r => r.Quantity!.Value)
        );
        Assert.All(sent, static r => Assert.Equal(Today.AddDays(2), r.By));
        Assert.Equal((CampaignSafety.Safe, "B"), (follows.Campaigns.Items[0].Safety, follows.Campaigns.Items[0].Sku.Value));
        Assert.Equal(CampaignSafety.NotSafe, follows.Campaigns.Items[1].Safety);
    }

    [Fact]
    public void A_new_item_is_bought_for_by_how_others_began()
    {
        Launch Began(string sku, double week) => new(new Sku(sku), "food", Expected.Pounds(10), [week, week, week, week]);
        var input = Input((Series(), Has(500))) with
        {
            NewItems =
            [
                new NewItem(
                    new Sku("N"),
                    "food",
                    Expected.Pounds(10),
                    [new LocationId("L1"), new LocationId("L2")],
                    Today.AddDays(20),
                    new SupplierId("Dairy")
                ),
            ],
        };
        var follows = ForecastAdvice.Of(input with { Launches = [Began("X", 20), Began("Y", 30), Began("Z", 25)] });
        var items = Of(follows, RecommendationKinds.NewItem);
        Assert.Equal(["L1", "L2"], items.Select(static r => r.Location.Value));
        Assert.All(
            items,
            static r =>
                Assert.Equal(
                    (Expected.Units(100), "Dairy", Today.AddDays(19), Expected.Pounds(1000)),
                    (r.Quantity!.Value, r.From, r.By!.Value, r.Money!.Value)
                )
        );
        Assert.Contains(
            ForecastAdvice.Of(input).Remarks,
            static r => r.StartsWith("1 new item can't be forecast", StringComparison.Ordinal)
        );
        // One that began inside of the history is a launch too.
        var late = Series("late");
        late.Units.AsSpan(0, 70).Clear();
        var learned = Of(
            ForecastAdvice.Of(Input((Series(), Has(500)), (late, Has(500))) with { NewItems = input.NewItems }),
            RecommendationKinds.NewItem
        );
        Assert.Equal(Expected.Units(140), learned[0].Quantity);
    }

    [Fact]
    public void Each_list_is_bounded_and_says_what_it_left_out()
    {
        var input = Input([.. Enumerable.Range(0, 30).Select(static i => (Series($"S{i:00}"), Has(i % 3)))]);
        var follows = ForecastAdvice.Of(
            input with
            {
                Settings = new AdviceSettings
                {
                    MostOfAKind = 4,
                    MostEntries = 5,
                    MostVerdicts = 6,
                },
            }
        );
        Assert.Equal(
            (4, 5, 6),
            (Of(follows, RecommendationKinds.Order).Count, follows.StockoutRisks.Items.Count, follows.Campaigns.Items.Count)
        );
        Assert.Equal((25, 24), (follows.StockoutRisks.LeftOut, follows.Campaigns.LeftOut));
        Assert.Contains("26 more recommendations of the kind order with a lower value were omitted.", follows.Remarks);
        Assert.True(
            follows
                .StockoutRisks.Items.Zip(follows.StockoutRisks.Items.Skip(1))
                .All(static p => p.First.Days.Max(static d => d.Lost) >= p.Second.Days.Max(static d => d.Lost))
        );
    }

    [Fact]
    public void Terms_that_can_not_be_stop_nobody_elses_order()
    {
        var follows = ForecastAdvice.Of(
            Input(
                (Series(), Has(0, Dairy with { Pack = Quantity.Zero })),
                (Series("B"), Has(0, Dairy with { OrderDays = [(DayOfWeek)9] })),
                (Series("C"), Has(0))
            )
        );
        Assert.Equal("C", Assert.Single(Of(follows, RecommendationKinds.Order)).Sku.Value);
        Assert.Contains(follows.Remarks, static r => r.StartsWith("The supplier terms of 2 series are invalid", StringComparison.Ordinal));
    }

    [Fact]
    public void Situations_that_do_not_fit_the_series_are_refused_and_a_cancelled_call_ends()
    {
        var input = Input((Series(), Has(0)));
        Assert.Throws<ArgumentException>(() => ForecastAdvice.Of(input with { Series = [] }));
        Assert.ThrowsAny<OperationCanceledException>(() => ForecastAdvice.Of(input, new CancellationToken(true)));
    }
}
