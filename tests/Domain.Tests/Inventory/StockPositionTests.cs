using Stockgate.Domain.Tests.Orders;

namespace Stockgate.Domain.Tests.Inventory;

public class StockPositionTests
{
    private static StockLevel Level(decimal quantity, DateTimeOffset at, string id = "c") =>
        new(new Quantity(quantity), new LevelVersion(at, 0, "erp", id));

    private static StockPosition Empty => new() { Sku = new Sku("A"), Location = new LocationId("L1") };

    [Fact]
    public void Counts_and_movements_in_any_order_end_in_the_newest_count_and_what_moved_after_it() =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var random = new Random(seed);
                    // Ticks apart, weeks apart and at the very same moment.
                    DateTimeOffset At() => Given.Now.AddTicks(random.Next(3)).AddDays(random.Next(3) * 20);
                    var counts = Enumerable.Range(0, random.Next(4)).Select(i => Level(random.Next(100), At(), $"c{i}")).ToList();
                    var entries = Enumerable
                        .Range(0, random.Next(8))
                        .Select(i => Given.Entry($"m{i}", random.Next(-5, 6), At(), reserved: random.Next(3)))
                        .ToList();
                    var ledger = new Ledger();
                    foreach (var happening in Given.ShuffledWithRepeats(counts.Cast<object>().Concat(entries), disorder))
                        if (happening is StockLevel level)
                            ledger.Count("A", "L1", level);
                        else
                            ledger.Post((StockEntry)happening);
                    var newest = counts.MaxBy(c => c.Version);
                    var moved = entries.Where(e => newest is null || e.At > newest.Version.OccurredAt).Sum(e => e.Stock.Value);
                    var reserved = entries.Sum(e => e.Reserved.Value);
                    var position = ledger.At("A", "L1");
                    return position.OnHand.Value == (newest?.Quantity?.Value ?? 0) + moved
                        && position.Reserved.Value == reserved
                        && position.AvailableToPromise.Value == position.OnHand.Value - reserved
                        && position.Level == newest;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void Entries_that_take_their_own_earlier_ones_place_can_not_drift_it() =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var random = new Random(seed);
                    DateTimeOffset At() => Given.Now.AddTicks(random.Next(5));
                    var entries = Enumerable
                        .Range(0, random.Next(1, 10))
                        .Select(i => Given.Entry($"m{i % 3}", random.Next(-5, 6), At(), reserved: random.Next(3), version: i + 1))
                        .ToList();
                    var count = Level(50, At());
                    var ledger = new Ledger();
                    foreach (var happening in Given.ShuffledWithRepeats(entries.Cast<object>().Append(count), disorder))
                        if (happening is StockLevel level)
                            ledger.Count("A", "L1", level);
                        else
                            ledger.Post((StockEntry)happening);
                    var holding = entries.GroupBy(e => e.Id).Select(g => g.MaxBy(e => e.Version)!).ToList();
                    return ledger.At("A", "L1").OnHand.Value
                            == 50 + holding.Where(e => e.At > count.Version.OccurredAt).Sum(e => e.Stock.Value)
                        && ledger.At("A", "L1").Reserved.Value == holding.Sum(e => e.Reserved.Value);
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void An_older_count_changes_nothing()
    {
        var position = Empty.Count(Level(10, Given.Now), []);
        Assert.Same(position, position.Count(Level(99, Given.Now.AddTicks(-1)), [Given.Entry("m", 5, Given.Now.AddDays(1))]));
        Assert.Same(position, position.Count(Level(99, Given.Now), []));
    }

    [Fact]
    public void A_movement_at_the_counts_very_moment_is_inside_it()
    {
        var moved = Given.Entry("m", -3, Given.Now);
        Assert.Equal(new Quantity(10), Empty.Post(moved, null).Count(Level(10, Given.Now), [moved]).OnHand);
        Assert.Equal(new Quantity(10), Empty.Count(Level(10, Given.Now), []).Post(moved, null).OnHand);
        Assert.Equal(new Quantity(7), Empty.Count(Level(10, Given.Now.AddTicks(-1)), []).Post(moved, null).OnHand);
    }

    [Fact]
    public void Without_a_count_the_movements_are_all_that_is_known()
    {
        Assert.Equal(new Quantity(-3), Empty.Post(Given.Entry("m", -3), null).AvailableToPromise);
        Assert.Null(Empty.AsOf);
    }

    [Fact]
    public void A_figure_is_as_good_as_the_last_count_or_movement()
    {
        var counted = Empty.Count(Level(10, Given.Now), []);
        Assert.Equal(Given.Now, counted.AsOf);
        Assert.Equal(Given.Now.AddHours(1), counted.Post(Given.Entry("m", -1, Given.Now.AddHours(1)), null).AsOf);
        Assert.Equal(Given.Now, counted.Post(Given.Entry("m", -1, Given.Now.AddHours(-1)), null).AsOf);
        Assert.Equal(Given.Now, counted.Post(Given.Entry("r", 0, Given.Now.AddHours(1), reserved: 1), null).AsOf);
        Assert.Equal(
            Given.Now.AddHours(2),
            Empty.Post(Given.Entry("m", 1, Given.Now.AddHours(2)), null).Post(Given.Entry("n", 1, Given.Now), null).AsOf
        );
    }
}
