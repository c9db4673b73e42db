using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Domain.Tests.Forecasting.Transfers;

public class TransferRecommendationTests
{
    private static TransferPlace Place(string id, decimal onHand, double mean = 5, int cover = 10, decimal margin = 4) =>
        new(Expected.Daily(mean, mean * 0.3, mean * 2, location: id), Expected.Units(onHand), cover, Expected.Pounds(margin));

    private static TransferRoute Route(string from, string to, int days = 1, decimal unit = 0.5m, decimal trip = 10) =>
        new(new LocationId(from), new LocationId(to), days, Expected.Pounds(unit), Expected.Pounds(trip));

    [Fact]
    public void Stock_goes_from_where_it_lies_to_where_it_is_short()
    {
        var transfer = Assert.Single(
            TransferRecommendation.Plan([Place("rich", 300), Place("poor", 20)], [Route("rich", "poor"), Route("poor", "rich")])
        );
        Assert.Equal((new LocationId("rich"), new LocationId("poor")), (transfer.From, transfer.To));
        Assert.InRange(transfer.Quantity.Value, 30, 60);
        Assert.Equal(Expected.Pounds(0.5m) * transfer.Quantity + Expected.Pounds(10), transfer.Cost);
        Assert.InRange(transfer.Saving.Amount, 60, 110);
        Assert.StartsWith($"Send {transfer.Quantity} of A from rich (available 300, ", transfer.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_giver_keeps_what_its_own_days_may_take()
    {
        Assert.Empty(TransferRecommendation.Plan([Place("a", 60), Place("b", 0)], [Route("a", "b")]));
        var transfer = Assert.Single(TransferRecommendation.Plan([Place("a", 90), Place("b", 0)], [Route("a", "b")]));
        Assert.True(90 - transfer.Quantity.Value >= 65);
    }

    [Fact]
    public void A_trip_that_costs_more_than_it_saves_is_not_made()
    {
        Assert.Empty(TransferRecommendation.Plan([Place("rich", 300), Place("poor", 20)], [Route("rich", "poor", trip: 500)]));
        Assert.Empty(TransferRecommendation.Plan([Place("rich", 300), Place("poor", 20)], [Route("rich", "poor", unit: 4)]));
        Assert.Empty(TransferRecommendation.Plan([Place("rich", 300), Place("poor", 20)], []));
    }

    [Fact]
    public void Goods_that_come_after_the_next_delivery_help_nobody() =>
        Assert.Empty(TransferRecommendation.Plan([Place("rich", 300), Place("poor", 0)], [Route("rich", "poor", days: 10)]));

    [Fact]
    public void Later_goods_prevent_less()
    {
        double Prevented(int days) =>
            TransferRecommendation.Plan([Place("rich", 300), Place("poor", 0)], [Route("rich", "poor", days)])[0].Prevented;
        Assert.True(Prevented(1) > Prevented(5) + 15);
    }

    [Fact]
    public void The_greatest_saving_comes_first()
    {
        var plan = TransferRecommendation.Plan(
            [Place("rich", 110), Place("cheap", 0, margin: 2), Place("dear", 0, margin: 9)],
            [Route("rich", "cheap"), Route("rich", "dear")]
        );
        Assert.Equal(new LocationId("dear"), plan[0].To);
    }

    [Fact]
    public void Nobody_gives_more_than_it_can_spare_and_every_transfer_pays() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var places = Enumerable
                    .Range(0, 4)
                    .Select(i => Place($"{i}", random.Next(0, 200), random.NextDouble() * 6, random.Next(1, 20), random.Next(1, 9)))
                    .ToArray();
                var routes = places
                    .SelectMany(_ => places, static (a, b) => (a.Forecast.Key.Location.Value, b.Forecast.Key.Location.Value))
                    .Where(_ => random.Next(3) > 0)
                    .Select(p => Route(p.Item1, p.Item2, random.Next(4), random.Next(100) / 100m, random.Next(30)))
                    .ToArray();
                var plan = TransferRecommendation.Plan(places, routes);
                return plan.All(static t => t.Saving.Amount > 0 && t.Quantity.Value >= 1 && t.From != t.To && t.Prevented > 0)
                    && places.All(p =>
                        plan.Where(t => t.From == p.Forecast.Key.Location).Sum(static t => t.Quantity.Value) <= p.OnHand.Value
                    )
                    && !plan.Any(t => plan.Any(u => u.From == t.To));
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(50));

    [Fact]
    public void Two_items_are_not_planned_together() =>
        Assert.Throws<ArgumentException>(static () =>
            TransferRecommendation.Plan(
                [Place("a", 1), Place("b", 1) with { Forecast = Expected.Daily(1, 0, 2, sku: "B", location: "b") }],
                []
            )
        );
}
