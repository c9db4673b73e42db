using Stockgate.Domain.Forecasting.Replenishment;

namespace Stockgate.Domain.Tests.Forecasting.Replenishment;

public class ReorderRecommendationTests
{
    private static readonly SupplierTerms Terms = new()
    {
        Supplier = new SupplierId("Dairy"),
        UnitCost = Expected.Pounds(2),
        LeadTime = 3,
        Review = 7,
    };

    private static ReorderRequest Request(SupplierTerms terms, decimal onHand, double mean = 5, string sku = "A") =>
        new(Expected.Daily(mean, mean * 0.4, mean * 1.8, sku: sku), Expected.Stock(onHand), terms);

    private static ReorderRecommendation One(SupplierTerms terms, decimal onHand, Money? budget = null) =>
        Assert.Single(ReorderRecommendation.Plan([Request(terms, onHand)], Expected.Today, budget));

    [Fact]
    public void It_fills_up_to_what_nine_of_ten_spans_of_lead_time_and_review_do_not_exceed()
    {
        // Ordered on Monday the 2nd, the next one on the 9th is there on the 12th: nine days from the 3rd on.
        var order = One(Terms, 10);
        Assert.Equal((Expected.Today, new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 12)), (order.OrderOn, order.ArrivesOn, order.Until));
        Assert.Equal(new Quantity((decimal)DemandSum.Of(Expected.Daily(5, 2, 9), 0, 9).Quantile(0.9)), order.Target);
        Assert.Equal(order.Target - Expected.Units(10), order.Quantity);
        Assert.Equal(Expected.Pounds(2) * order.Quantity, order.Cost);
        Assert.True(order.RiskAfter <= 0.1 && order.RiskBefore > 0.99);
        Assert.Empty(order.Limits);
        Assert.StartsWith(
            $"Order {order.Quantity} of A at L1 from Dairy on 2026-03-02 for {order.Cost}: until 2026-03-12 it needs {order.Target}, 10 are available or on order; the risk falls from 100",
            order.Words,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Nothing_is_ordered_where_enough_is_there_or_comes()
    {
        Assert.Equal(Quantity.Zero, One(Terms, 500).Quantity);
        var coming = ReorderRecommendation.Plan(
            [new(Expected.Daily(5, 2, 9), Expected.Stock(0, Expected.Due(500, 4)), Terms)],
            Expected.Today
        )[0];
        Assert.Equal(Quantity.Zero, coming.Quantity);
        Assert.StartsWith("Order nothing of A at L1: ", coming.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Only_whole_packs_are_ordered_and_no_fewer_than_the_minimum()
    {
        var packs = One(Terms with { Pack = Expected.Units(24) }, 10);
        Assert.Equal(0, packs.Quantity.Value % 24);
        Assert.Equal(ReorderConstraint.Pack, Assert.Single(packs.Limits).Constraint);
        var minimum = One(Terms with { Pack = Expected.Units(24), MinimumOrder = Expected.Units(200) }, 10);
        Assert.Equal(Expected.Units(216), minimum.Quantity);
        Assert.Contains("Dairy has a minimum order of 200", minimum.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_supplier_who_takes_orders_on_Thursdays_is_waited_for_and_the_order_lasts_longer()
    {
        var order = One(Terms with { OrderDays = [DayOfWeek.Thursday] }, 10);
        Assert.Equal(
            (new DateOnly(2026, 3, 5), new DateOnly(2026, 3, 8), new DateOnly(2026, 3, 15)),
            (order.OrderOn, order.ArrivesOn, order.Until)
        );
        Assert.True(order.Target > One(Terms, 10).Target);
        Assert.Equal(ReorderConstraint.SupplierCalendar, Assert.Single(order.Limits).Constraint);
    }

    [Fact]
    public void A_span_beyond_the_forecast_is_said() =>
        Assert.Contains(One(Terms with { LeadTime = 60 }, 10).Limits, static l => l.Constraint == ReorderConstraint.Horizon);

    [Fact]
    public void Days_of_a_forecast_that_have_passed_are_not_ordered_for()
    {
        ReorderRecommendation Order(DateOnly first) =>
            ReorderRecommendation.Plan(
                [Request(Terms, 10) with { Forecast = Expected.Daily(5, 2, 9) with { First = first } }],
                Expected.Today
            )[0];
        Assert.Equal(Order(Expected.Today).Target, Order(Expected.Today.AddDays(-10)).Target);
        Assert.Equal(Order(Expected.Today).Target, Order(Expected.Today.AddDays(-90)).Target);
    }

    [Fact]
    public void A_forecast_goes_on_from_a_day_and_behind_its_end_as_its_last_week()
    {
        var forecast = Expected.Daily(1, 0, 2, 10) with { Mean = [1, 2, 3, 4, 5, 6, 7, 8, 9, 10] };
        Assert.Equal([4, 5, 6, 7, 8, 9, 10], forecast.From(Expected.First.AddDays(3)).Mean);
        Assert.Equal([5, 6, 7, 8, 9, 10, 4], forecast.From(Expected.First.AddDays(11)).Mean);
        Assert.Equal(Expected.First.AddDays(11), forecast.From(Expected.First.AddDays(11)).First);
        Assert.Same(forecast, forecast.From(Expected.First));
    }

    [Fact]
    public void Money_goes_to_the_greatest_risk_first()
    {
        var orders = ReorderRecommendation.Plan(
            [Request(Terms, 40, sku: "calm"), Request(Terms, 0, sku: "empty")],
            Expected.Today,
            Expected.Pounds(130)
        );
        var (calm, empty) = (orders[0], orders[1]);
        Assert.True(empty.RiskBefore > calm.RiskBefore);
        Assert.DoesNotContain(empty.Limits, static l => l.Constraint == ReorderConstraint.Budget);
        Assert.True(empty.Quantity > Quantity.Zero);
        Assert.Contains("of the budget is left after orders with a higher risk", calm.Words, StringComparison.Ordinal);
        Assert.True(calm.Cost.Amount + empty.Cost.Amount <= 130);
    }

    [Fact]
    public void An_order_in_another_currency_can_not_be_held_against_the_budget()
    {
        var order = One(Terms, 10, new Money(1000, Given.Eur));
        Assert.Equal(Quantity.Zero, order.Quantity);
        Assert.Contains("the budget is in EUR", order.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void Terms_that_can_not_be_are_refused() =>
        Assert.Throws<ArgumentException>(static () => One(Terms with { Pack = Quantity.Zero }, 1));

    [Fact]
    public void Whatever_the_terms_the_budget_holds_and_packs_stay_whole() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var requests = Enumerable
                    .Range(0, random.Next(1, 6))
                    .Select(i =>
                        Request(
                            Terms with
                            {
                                Pack = Expected.Units(random.Next(1, 13)),
                                MinimumOrder = Expected.Units(random.Next(40)),
                                UnitCost = Expected.Pounds(random.Next(1, 900) / 100m),
                                LeadTime = random.Next(20),
                                Review = random.Next(1, 9),
                                OrderDays = random.Next(2) == 0 ? [] : [(DayOfWeek)random.Next(7)],
                            },
                            random.Next(50),
                            random.NextDouble() * 8,
                            $"S{i}"
                        )
                    )
                    .ToArray();
                var budget = Expected.Pounds(random.Next(400));
                var (free, bound) = (
                    ReorderRecommendation.Plan(requests, Expected.Today),
                    ReorderRecommendation.Plan(requests, Expected.Today, budget)
                );
                return bound.Sum(static o => o.Cost.Amount) <= budget.Amount
                    && bound
                        .Zip(requests)
                        .All(static p =>
                            p.First.Quantity.Value % p.Second.Terms.Pack.Value == 0
                            && (p.First.Quantity == Quantity.Zero || p.First.Quantity >= p.Second.Terms.MinimumOrder)
                        )
                    && bound
                        .Zip(free)
                        .All(static p => p.First.Quantity <= p.Second.Quantity && p.First.RiskAfter >= p.Second.RiskAfter - 1e-12)
                    && free.All(static o => o.RiskAfter <= 0.1 + 1e-9 && o.Quantity + o.Position >= o.Target);
            })
            .Check(Config.QuickThrowOnFailure);
}
