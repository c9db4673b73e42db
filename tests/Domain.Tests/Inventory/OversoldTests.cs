namespace Stockgate.Domain.Tests.Inventory;

public class OversoldTests
{
    private static StockPosition Left(decimal? units, decimal reservedSince = 0) =>
        new()
        {
            Sku = new("A"),
            Location = new("L1"),
            ReservedSince = new(reservedSince),
            Reserved = new(reservedSince),
            Level = new StockLevel(
                Shelf.Counted(units, CountBasis.Available).Quantity,
                new(Given.Now, 0, "erp", "c"),
                CountBasis.Available
            ),
        };

    [Fact]
    public void Short_is_what_is_promised_and_not_there()
    {
        Assert.Equal(new Quantity(2), Oversold.Short(Left(-2)));
        Assert.Equal(new Quantity(3), Oversold.Short(Left(1, reservedSince: 4)));
        Assert.Equal(Quantity.Zero, Oversold.Short(Left(0)));
        Assert.Equal(Quantity.Zero, Oversold.Short(null));
    }

    [Fact]
    public void Where_nobody_counted_or_the_figure_was_withdrawn_nothing_is_known()
    {
        Assert.Equal(Quantity.Zero, Oversold.Short(Left(null, reservedSince: 4)));
        Assert.Equal(Quantity.Zero, Oversold.Short(Left(1) with { Level = null, Reserved = new(5) }));
        Assert.Equal((Quantity.Zero, Quantity.Zero, false), (Left(null, 4).OnHand, Left(null, 4).AvailableToPromise, Left(null).IsTracked));
    }

    [Fact]
    public void The_exception_names_the_newest_orders_and_stays_the_same_one()
    {
        var atStake = Enumerable.Range(1, 12).Select(static i => new OrderAtStake(new($"{1000 + i}"), new(1), Given.Now)).ToList();
        var told = Oversold.Exception(Left(-2), new(2), atStake, Given.Now);
        Assert.Equal(("sku A: location L1", 2m), (told.Subject, told.ExposedUnits));
        Assert.Contains("1001 (1), 1002 (1)", told.RecommendedAction, StringComparison.Ordinal);
        Assert.EndsWith("1010 (1) and 2 more.", told.RecommendedAction, StringComparison.Ordinal);
        Assert.Equal(told.Fingerprint, Oversold.Exception(Left(-5), new(3), [], Given.Now.AddHours(1)).Fingerprint);
    }

    [Fact]
    public void Orders_at_stake_are_those_that_still_hold_something()
    {
        OrderDocument Order(string id, params OrderEvent[] events) =>
            events
                .Index()
                .Aggregate(
                    new OrderDocument { OrderId = new(id) },
                    (o, e) => o.Apply(Given.Header($"{id}{e.Index}", Given.Now.AddMinutes(e.Index)), e.Item with { OrderId = new(id) })
                );
        var entries = new[]
        {
            Order("A/1", Given.Placed(Given.Line("A", 3)), Given.Shipped("S", Given.At("L1"))),
            Order("A", Given.Placed(), Given.Cancelled()),
            Order("50%", Given.Placed()),
        }.SelectMany(StockPostings.Of);
        Assert.Equal([new(new("A/1"), new(2), Given.Now.AddMinutes(1)), new(new("50%"), new(1), Given.Now)], OpenHolds.Of(entries));
    }
}
