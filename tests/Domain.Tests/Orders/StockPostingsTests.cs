namespace Stockgate.Domain.Tests.Orders;

public class StockPostingsTests
{
    // Projects each event, posts what follows; entries are delivered late, in any order and some of them twice.
    private static Ledger Project(IEnumerable<(EventHeader Header, OrderEvent Said)> events, int? disorder)
    {
        var order = new OrderDocument { OrderId = Given.Order };
        var entries = new List<StockEntry>();
        foreach (var (header, said) in events)
        {
            var after = order.Apply(header, said);
            entries.AddRange(StockPostings.After(order, after));
            order = after;
        }
        var ledger = new Ledger();
        foreach (var entry in disorder is { } seed ? Given.ShuffledWithRepeats(entries, seed) : entries)
            ledger.Post(entry);
        return ledger;
    }

    [Fact]
    public void Any_order_of_arrival_and_any_redelivery_end_in_the_same_sums() =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var history = OrderHistory.Of(seed);
                    var natural = history.OrderBy(e => e.Header.Version).ToList();
                    return (Project(natural, null).Sums() == Project(Given.ShuffledWithRepeats(history, disorder), disorder).Sums()).Label(
                        $"{Project(natural, null).Sums()}\n--- became ---\n{Project(Given.ShuffledWithRepeats(history, disorder), disorder).Sums()}"
                    );
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));

    [Fact]
    public void The_sums_are_those_of_the_final_document_alone() =>
        Prop.ForAll<int, int>(
                (seed, disorder) =>
                {
                    var history = OrderHistory.Of(seed);
                    var ledger = new Ledger();
                    var final = history.Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                    foreach (var entry in StockPostings.Of(final))
                        ledger.Post(entry);
                    return ledger.Sums() == Project(Given.ShuffledWithRepeats(history, disorder), disorder).Sums();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void A_crash_between_the_document_and_its_postings_loses_nothing() =>
        Prop.ForAll<int, int>(
                (seed, crash) =>
                {
                    var (lossy, whole) = (new Ledger(), new Ledger());
                    var random = new Random(crash);
                    var order = new OrderDocument { OrderId = Given.Order };
                    foreach (var (header, said) in OrderHistory.Of(seed))
                    {
                        var after = order.Apply(header, said);
                        foreach (var entry in StockPostings.After(order, after))
                            whole.Post(entry);
                        // The document is written, its postings are not sent; the message comes again.
                        if (random.Next(2) == 0)
                            order = after;
                        foreach (var entry in StockPostings.After(order, order.Apply(header, said)))
                            lossy.Post(entry);
                        order = after;
                    }
                    return lossy.Sums() == whole.Sums();
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(1000));

    [Fact]
    public void An_entry_has_its_place_once() =>
        Prop.ForAll<int>(seed =>
            {
                var order = OrderHistory
                    .Of(seed)
                    .Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                return StockPostings.Of(order).CountBy(e => (e.Sku, e.Location, e.Id, e.Month)).All(c => c.Value == 1)
                    && StockPostings.Of(order).All(e => e.Version == order.Revision);
            })
            .QuickCheckThrowOnFailure();

    [Fact]
    public void A_refund_that_overtook_its_order_is_counted_once()
    {
        var (order, refund) = (
            (Given.Header("o"), (OrderEvent)Given.Placed()),
            (Given.Header("r", Given.Now.AddDays(1)), (OrderEvent)Given.Refunded("R1", Given.Line()))
        );
        Assert.Equal(Project([order, refund], null).Sums(), Project([refund, order], null).Sums());
        Assert.DoesNotContain("unassigned", Project([refund, order], null).Sums(), StringComparison.Ordinal);
    }

    [Fact]
    public void An_order_said_again_with_other_goods_lets_the_first_ones_go()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed(Given.Line("A", 2))),
                (Given.Header("2", Given.Now.AddDays(40)), Given.Placed(Given.Line("B", 1))),
            ],
            null
        );
        Assert.Equal(Quantity.Zero, ledger.At("A", "L1").Reserved);
        Assert.Equal(new Quantity(1), ledger.At("B", "L1").Reserved);
        Assert.DoesNotContain("A@", ledger.Sums(), StringComparison.Ordinal);
    }

    [Fact]
    public void Lines_that_are_alike_both_count()
    {
        var ledger = Project(
            [
                (
                    Given.Header("1"),
                    Given.Placed(Given.Line("A", 2, 2.55m), Given.Line("A", 2, 2.55m)) with
                    {
                        Fulfilment = Fulfilment.Immediate,
                    }
                ),
            ],
            null
        );
        Assert.Equal("A@L1 2026-03-01 GBP sold 4/10.2 cancelled 0/0 returned 0/0\nA@L1 on hand -4, reserved 0", ledger.Sums());
    }

    [Fact]
    public void A_shipment_takes_stock_and_ends_the_hold()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed(Given.Line("A", 3))),
                (Given.Header("2", Given.Now.AddDays(1)), Given.Shipped("S1", Given.At("L1", quantity: 2))),
            ],
            null
        );
        Assert.Equal(new Quantity(-2), ledger.At("A", "L1").OnHand);
        Assert.Equal(new Quantity(1), ledger.At("A", "L1").Reserved);
        Assert.Equal(new Quantity(-3), ledger.At("A", "L1").AvailableToPromise);
    }

    [Fact]
    public void Goods_that_came_back_are_stock_where_they_came_back_to()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed() with { Fulfilment = Fulfilment.Immediate }),
                (Given.Header("2", Given.Now.AddDays(1)), Given.Refunded("R1", Given.Line()) with { RestockedAt = new LocationId("L2") }),
            ],
            null
        );
        Assert.Equal(new Quantity(-1), ledger.At("A", "L1").OnHand);
        Assert.Equal(new Quantity(1), ledger.At("A", "L2").OnHand);
    }

    [Fact]
    public void What_was_called_off_before_it_left_adds_no_stock()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed(Given.Line("A", 3))),
                (
                    Given.Header("2", Given.Now.AddDays(1)),
                    Given.Refunded("R1", Given.Line("A", 2)) with
                    {
                        Unshipped = true,
                        RestockedAt = new LocationId("L1"),
                    }
                ),
            ],
            null
        );
        Assert.Equal(Quantity.Zero, ledger.At("A", "L1").OnHand);
        Assert.Equal(new Quantity(1), ledger.At("A", "L1").Reserved);
    }

    [Fact]
    public void A_cancelled_order_whose_money_goes_back_is_cancelled_once()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed(Given.Line("A", 3))),
                (Given.Header("2", Given.Now), Given.Cancelled()),
                (Given.Header("3", Given.Now), Given.Refunded("R1", Given.Line("A", 3)) with { Unshipped = true }),
            ],
            null
        );
        Assert.Equal("A@L1 2026-03-01 GBP sold 3/30 cancelled 3/30 returned 0/0", ledger.Sums());
    }

    [Fact]
    public void A_cancellation_that_came_after_the_parcel_is_taken_back()
    {
        var ledger = Project(
            [
                (Given.Header("1"), Given.Placed()),
                (Given.Header("2"), Given.Cancelled()),
                (Given.Header("3"), Given.Shipped("S1", Given.At("L1"))),
            ],
            null
        );
        Assert.Equal("A@L1 2026-03-01 GBP sold 1/10 cancelled 0/0 returned 0/0\nA@L1 on hand -1, reserved 0", ledger.Sums());
    }

    [Fact]
    public void Only_what_changed_is_posted()
    {
        var before = Given.After(Given.Placed(Given.Line("A"), Given.Line("B")));
        var after = before.Apply(Given.Header("s"), Given.Shipped("S1", Given.At("L1")));
        Assert.Equal(
            ["reservation:1001", "shipment:1001/S1"],
            StockPostings.After(before, after).Select(e => e.Id).Order(StringComparer.Ordinal)
        );
    }

    [Fact]
    public void An_event_that_comes_again_posts_everything_again()
    {
        var order = Given.After(Given.Placed(Given.Line("A"), Given.Line("B")), Given.Shipped("S1", Given.At("L1")));
        Assert.Equal(StockPostings.Of(order), StockPostings.After(order, order));
    }

    [Fact]
    public void Shipments_of_two_orders_never_share_an_entry()
    {
        static string Id(string order, string shipment) =>
            StockPostings
                .Of(
                    new OrderDocument { OrderId = new OrderId(order) }.Apply(
                        Given.Header("e"),
                        Given.Shipped(shipment, Given.At("L1")) with
                        {
                            OrderId = new OrderId(order),
                        }
                    )
                )[0]
                .Id;
        Assert.NotEqual(Id("A/2", "1"), Id("A", "2/1"));
        Assert.NotEqual(Id("A/2", "1"), Id("A%2F2", "1"));
        Assert.Equal("shipment:1001/S1", Id("1001", "S1"));
    }
}
