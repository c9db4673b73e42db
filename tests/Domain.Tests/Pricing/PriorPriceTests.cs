using Stockgate.Domain.Pricing;
using static Stockgate.Domain.Tests.Pricing.PriceCases;

namespace Stockgate.Domain.Tests.Pricing;

public class PriorPriceTests
{
    private static decimal Lowest(params PriceMove[] moves) => PriorPrice.LowestIn30Days(moves, Euros(10), Now).Amount;

    [Fact]
    public void It_is_the_lowest_that_held_at_any_time_in_thirty_days()
    {
        Assert.Equal(10, Lowest());
        Assert.Equal(8, Lowest(Move(24 * 20, 12, 8), Move(24 * 19, 8, 10)));
        // 7 began to hold before, and held into the 30 days.
        Assert.Equal(7, Lowest(Move(24 * 50, 12, 7), Move(24 * 29, 7, 10)));
        // It ended exactly 30 days before: nothing of it is in them.
        Assert.Equal(10, Lowest(Move(24 * 50, 12, 7), Move(24 * 30, 7, 10)));
        Assert.Equal(7, Lowest(Move(24 * 29, 7, 10)));
        Assert.Equal(10, Lowest(Move(-1, 10, 5)));
    }

    [Fact]
    public void The_order_of_the_moves_and_those_in_another_currency_say_nothing()
    {
        Assert.Equal(7, Lowest(Move(24 * 29, 7, 10), Move(24 * 50, 12, 7)));
        Assert.Equal(
            10,
            PriorPrice
                .LowestIn30Days([new(Now.AddDays(-3), new(1, Given.Gbp), new(2, Given.Gbp), PriceMoveCause.Outside)], Euros(10), Now)
                .Amount
        );
        Assert.Equal(10, PriorPrice.LowestIn30Days([], Euros(10), DateTimeOffset.MinValue).Amount);
    }
}
