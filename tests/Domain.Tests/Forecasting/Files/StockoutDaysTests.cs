using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Inventory;

namespace Stockgate.Domain.Tests.Forecasting.Files;

public class StockoutDaysTests
{
    private static readonly DateTimeOffset Midnight = new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero);

    private static StockEntry Entry(double day, decimal stock) =>
        new()
        {
            Sku = new("A"),
            Location = new("S1"),
            Id = $"e{day}",
            At = Midnight.AddDays(day - 1),
            Kind = EntryKind.Movement,
            Stock = new Quantity(stock),
        };

    private static StockPosition Position(decimal? counted, double day, params StockEntry[] entries)
    {
        var position = entries.Aggregate(new StockPosition { Sku = new("A"), Location = new("S1") }, static (p, e) => p.Post(e, null));
        return counted is not { } level
            ? position
            : position.Count(new StockLevel(new Quantity(level), new(Midnight.AddDays(day - 1), 0, "test", "c")), entries);
    }

    private static IEnumerable<int> Days(StockPosition position, int first, double now, params StockEntry[] entries) =>
        StockoutDays.Of(position, entries, new DateOnly(2026, 3, first), Midnight.AddDays(now - 1)).Order().Select(static d => d.Day);

    [Fact]
    public void From_the_sale_of_the_last_to_the_next_receipt()
    {
        StockEntry[] entries = [Entry(2.5, -3), Entry(4.5, -2), Entry(7.25, 20)];
        Assert.Equal([4, 5, 6, 7], Days(Position(5, 1.5, entries), 1, 9.5, entries));
    }

    [Fact]
    public void A_moment_of_the_day_is_enough()
    {
        StockEntry[] entries = [Entry(4.5, -5), Entry(4.6, 20)];
        Assert.Equal([4], Days(Position(5, 1.5, entries), 1, 9.5, entries));
    }

    [Fact]
    public void Until_now_where_nothing_came()
    {
        StockEntry[] entries = [Entry(4.5, -5)];
        Assert.Equal([4, 5, 6], Days(Position(5, 1.5, entries), 1, 6.5, entries));
    }

    [Fact]
    public void A_count_of_nothing_says_so_from_its_day_on() => Assert.Equal([3, 4, 5], Days(Position(0, 3.5), 1, 5.5));

    [Fact]
    public void Days_before_the_first_that_is_asked_about_are_not_told() => Assert.Equal([4, 5], Days(Position(0, 2.5), 4, 5.5));

    [Fact]
    public void A_later_count_reaches_back_over_what_moved_before_it()
    {
        // Ten at the count on day 6; eight came in on day 5, two before that were found: there were two left on days 3 and 4.
        StockEntry[] entries = [Entry(3.5, -4), Entry(5.5, 8)];
        Assert.Empty(Days(Position(10, 6.5, entries), 1, 8.5, entries));
        Assert.Equal([3, 4, 5], Days(Position(8, 6.5, entries), 1, 8.5, entries));
    }

    [Fact]
    public void Where_nobody_ever_counted_nothing_is_known()
    {
        StockEntry[] entries = [Entry(2.5, -3)];
        Assert.Empty(Days(Position(null, 0, entries), 1, 9.5, entries));
    }
}
