using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Actions;

public class OrderActionRiskTests
{
    private static OrderActionReview Refund(decimal amount, Func<OrderActionFacts, OrderActionFacts>? facts = null) =>
        Asked
            .Money(amount)
            .Review(
                (facts ?? (static f => f))(
                    Asked.Facts(Given.After(Given.Placed(Given.Line(quantity: 100)) with { Fulfilment = Fulfilment.Immediate }))
                )
            );

    private static int Points(OrderActionReview review, string reason) =>
        review.Risk.Reasons.SingleOrDefault(r => r.Name == reason)?.Points ?? 0;

    [Theory]
    [InlineData(5, 0)]
    [InlineData(50, 3)]
    [InlineData(250, 15)]
    [InlineData(500, 30)]
    [InlineData(900, 30)]
    public void The_more_is_at_stake_the_riskier(int amount, int points) => Assert.Equal(points, Points(Refund(amount), "value"));

    [Theory]
    [InlineData(2, 2, 100, 100, 0)]
    [InlineData(10, 0, 100, 0, 0)]
    [InlineData(10, 2, 100, 0, 10)]
    [InlineData(10, 0, 100, 50, 25)]
    [InlineData(10, 10, 0, 0, 25)]
    public void A_habit_of_returns_counts_by_its_share(int orders, int refunds, int gross, int refunded, int points) =>
        Assert.Equal(
            points,
            Points(Refund(1, f => f with { Customer = new CustomerHistory(orders, refunds, gross, refunded, 0, 0) }), "returns")
        );

    [Theory]
    [InlineData(0, 0, 0)]
    [InlineData(1, 1, 7)]
    [InlineData(3, 3, 20)]
    [InlineData(0, 9, 20)]
    public void Many_actions_in_little_time_count(int day, int month, int points) =>
        Assert.Equal(
            points,
            Points(
                Refund(1, f => f with { Customer = Asked.Regular with { ActionsLast24Hours = day, ActionsLast30Days = month } }),
                "velocity"
            )
        );

    [Theory]
    [InlineData(13, 0)]
    [InlineData(52, 8)]
    [InlineData(90, 15)]
    [InlineData(900, 15)]
    public void A_late_refund_counts(int days, int points) =>
        Assert.Equal(points, Points(Refund(1, f => f with { Now = Given.Now.AddDays(days) }), "age"));

    [Fact]
    public void An_unknown_customer_counts() => Assert.Equal(10, Points(Refund(1, f => f with { Customer = null }), "customer"));

    [Fact]
    public void A_price_that_was_not_the_promotions_counts()
    {
        Assert.Equal(15, Points(Refund(1, f => f with { PromotionPrices = new Dictionary<Sku, decimal> { [new("A")] = 8 } }), "promotion"));
        Assert.Equal(0, Points(Refund(1, f => f with { PromotionPrices = new Dictionary<Sku, decimal> { [new("A")] = 10 } }), "promotion"));
    }

    public static TheoryData<string, int> Places =>
        new()
        {
            { "near", 1 },
            { "Leeds", 23 },
            { "abroad", 25 },
            { "unknown", 13 },
            { "same area", 0 },
        };

    [Theory, MemberData(nameof(Places))]
    public void The_further_the_new_address_the_riskier(string to, int points)
    {
        var from = to is "unknown" or "same area" ? new ShipTo { AddressReference = "a", PostalArea = "SW1" } : Asked.London;
        var changed = to switch
        {
            "near" => Asked.London with { AddressReference = "b", Latitude = 51.6m },
            "Leeds" => Asked.Leeds,
            "abroad" => Asked.London with { Country = "FR" },
            "same area" => new ShipTo { AddressReference = "b", PostalArea = "SW1" },
            _ => new ShipTo { AddressReference = "b" },
        };
        Assert.Equal(
            points,
            Points(
                (Asked.For(OrderActionKind.ChangeAddress) with { ShipTo = changed }).Review(Given.Placed() with { ShipTo = from }),
                "address"
            )
        );
    }

    [Fact]
    public void All_of_it_together_is_high_and_nothing_that_is_final_is_done()
    {
        var review = Refund(900, f => f with { Customer = new CustomerHistory(10, 9, 100, 90, 5, 20), Now = Given.Now.AddDays(200) });
        Assert.Equal((90, RiskBand.High, ActionAdvice.Look), (review.Risk.Score, review.Risk.Band, review.Recommendation.Advice));
        Assert.Equal("risky-and-final", review.Autonomy.RuleName);
        Assert.Equal(review.Risk.Reasons.Select(static r => r.Points).OrderDescending(), review.Risk.Reasons.Select(static r => r.Points));
    }

    [Fact]
    public void To_stop_goods_for_a_while_is_no_risk() =>
        Assert.Empty(
            Asked.For(OrderActionKind.Hold).Review(Asked.Facts(Given.After(Given.Placed())) with { Customer = null }).Risk.Reasons
        );

    [Fact]
    public void Money_for_goods_that_have_not_left_is_looked_at() =>
        Assert.Equal(ActionAdvice.Look, Asked.Money().Review(Given.Placed()).Recommendation.Advice);
}
