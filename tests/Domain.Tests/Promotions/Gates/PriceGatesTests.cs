using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class PriceGatesTests
{
    private static GateVerdict Floor(decimal price, Money? floor, string? source = "MAP agreement 7") =>
        PriceFloorGate.Judge(new PriceFloorInput([new FlooredPrice(Judged.A, Judged.Gbp(price), floor, source, TimeSpan.FromDays(2))]));

    private static MarginItem Item(
        decimal price = 10,
        decimal? cost = 8,
        decimal funding = 0,
        decimal least = 20,
        decimal expected = 1000
    ) => new(Judged.A, Judged.Gbp(price), cost is { } c ? Judged.Gbp(c) : null, Judged.Gbp(funding), Judged.Units(expected), least);

    private static GateVerdict Margin(decimal least, params MarginItem[] items) =>
        MarginGate.Judge(new MarginInput(Judged.Now, Given.Gbp, items, least, Judged.Now.AddHours(-5), "erp"));

    [Fact]
    public void A_price_at_its_floor_is_green_and_a_hair_below_is_red()
    {
        Floor(9.99m, Judged.Gbp(9.99m)).Is(GateState.Green);
        Floor(9.9899m, Judged.Gbp(9.99m)).Is(GateState.Red, "A at 9.9899 GBP, floor 9.99 GBP by MAP agreement 7");
    }

    [Fact]
    public void A_red_price_shows_the_floors_age_and_source() =>
        Assert.Equal(
            new Sighting("price of A", "1.00 GBP, floor 2.00 GBP", TimeSpan.FromDays(2), "MAP agreement 7"),
            Assert.Single(Floor(1, Judged.Gbp(2)).Seen)
        );

    [Fact]
    public void No_floor_is_green_where_a_source_says_so_and_amber_where_none_does()
    {
        Floor(1, null).Is(GateState.Green, "1 item without a floor");
        Floor(1, null, null).Is(GateState.Amber, "The floor is unknown");
    }

    [Fact]
    public void A_floor_in_another_currency_is_red() => Floor(1, new Money(1, Given.Eur)).Is(GateState.Red, "A in GBP, floor in EUR");

    [Fact]
    public void A_margin_at_the_least_is_green_and_shows_money()
    {
        var verdict = Margin(20, Item());
        verdict.Is(GateState.Green, "2,000.00 GBP of 10,000.00 GBP, 20 %");
        Assert.Contains(verdict.Seen, s => s is { Value: "2,000.00 GBP (20 %)", Source: "erp" } && s.Age == TimeSpan.FromHours(5));
    }

    [Fact]
    public void A_margin_a_hair_below_the_least_is_red() => Margin(0, Item(cost: 8.0001m)).Is(GateState.Red, "A at 19.9 %", "least 20 %");

    [Fact]
    public void Funding_lifts_the_margin() => Margin(20, Item(cost: 9, funding: 1)).Is(GateState.Green);

    [Fact]
    public void The_whole_can_be_red_where_each_item_is_not() =>
        Margin(30, Item()).Is(GateState.Red, "keeps 20 %, below 30 %: 1,000.00 GBP are missing");

    [Fact]
    public void A_cost_that_nobody_knows_is_amber() => Margin(0, Item(), Item(cost: null)).Is(GateState.Amber, "cost of 1 item");

    [Fact]
    public void Another_currency_is_red() => Margin(0, Item() with { Funding = new Money(1, Given.Eur) }).Is(GateState.Red, "GBP");

    [Fact]
    public void Something_given_away_is_red_unless_it_is_funded()
    {
        Margin(0, Item(price: 0)).Is(GateState.Red);
        Margin(0, Item(price: 0, funding: 8, least: 0)).Is(GateState.Green);
    }
}
