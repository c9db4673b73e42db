namespace Stockgate.Domain.Tests.Orders;

public class ReservationsTests
{
    private static string Held(params OrderEvent[] events) =>
        string.Join(
            ' ',
            Reservations
                .Of(Given.After(events))
                .OrderBy(h => h.Key.Sku.Value, StringComparer.Ordinal)
                .ThenBy(h => h.Key.Location.Value, StringComparer.Ordinal)
                .Select(h => $"{h.Key.Sku}@{h.Key.Location}={h.Value}")
        );

    [Fact]
    public void An_open_order_holds_its_lines_where_they_are_to_be_taken_from() =>
        Assert.Equal("A@L1=2 A@L2=1 B@L1=1", Held(Given.Placed(Given.Line("A", 2), Given.Line("A", 1, location: "L2"), Given.Line("B"))));

    [Fact]
    public void Lines_that_are_alike_hold_twice() => Assert.Equal("A@L1=2", Held(Given.Placed(Given.Line(), Given.Line())));

    [Fact]
    public void An_order_without_a_location_holds_where_nobody_is_assigned() =>
        Assert.Equal("A@unassigned=1", Held(Given.Placed() with { Location = null }));

    [Fact]
    public void An_allocation_moves_the_hold_and_names_the_place_that_is_free() =>
        Assert.Equal("A@L1=0 A@L2=2", Held(Given.Placed(Given.Line(quantity: 2)), Given.Allocated(Given.At("L2", quantity: 2))));

    [Fact]
    public void The_last_allocation_holds_and_the_earlier_ones_are_free() =>
        Assert.Equal("A@L1=0 A@L2=0 A@L3=1", Held(Given.Placed(), Given.Allocated(Given.At("L2")), Given.Allocated(Given.At("L3"))));

    [Fact]
    public void What_was_shipped_is_held_no_more() =>
        Assert.Equal("A@L1=1", Held(Given.Placed(Given.Line(quantity: 3)), Given.Shipped("S1", Given.At("L1", quantity: 2))));

    [Fact]
    public void What_was_shipped_from_elsewhere_frees_its_own_place_first_and_then_the_others_by_name() =>
        Assert.Equal(
            "A@L1=0 A@L2=1 A@L3=0",
            Held(
                Given.Placed(Given.Line(quantity: 6)),
                Given.Allocated(Given.At("L1", quantity: 2), Given.At("L2", quantity: 2), Given.At("L3", quantity: 2)),
                Given.Shipped("S1", Given.At("L3", quantity: 5))
            )
        );

    [Fact]
    public void A_place_that_never_held_any_is_not_named() =>
        Assert.Equal("A@L1=0", Held(Given.Placed(), Given.Shipped("S1", Given.At("L9"))));

    [Fact]
    public void More_shipped_than_ordered_holds_nothing_and_owes_nothing() =>
        Assert.Equal("A@L1=0", Held(Given.Placed(), Given.Shipped("S1", Given.At("L1", quantity: 5))));

    [Fact]
    public void A_shipment_of_another_sku_frees_none() =>
        Assert.Equal("A@L1=1", Held(Given.Placed(), Given.Shipped("S1", Given.At("L1", "B"))));

    [Fact]
    public void What_was_called_off_before_it_left_is_held_no_more() =>
        Assert.Equal(
            "A@L1=1",
            Held(Given.Placed(Given.Line(quantity: 3)), Given.Refunded("R1", Given.Line(quantity: 2)) with { Unshipped = true })
        );

    [Fact]
    public void A_refund_of_what_left_frees_nothing() =>
        Assert.Equal(
            "A@L1=1",
            Held(
                Given.Placed(Given.Line(quantity: 3)),
                Given.Shipped("S", Given.At("L1", quantity: 2)),
                Given.Refunded("R1", Given.Line(quantity: 2))
            )
        );

    [Theory]
    [InlineData(false, null)]
    [InlineData(false, "L1")]
    [InlineData(true, null)]
    public void A_refund_of_what_did_not_leave_frees_it_whatever_it_says_of_the_goods(bool unshipped, string? restockedAt) =>
        Assert.Equal(
            "A@L1=1",
            Held(
                Given.Placed(Given.Line(quantity: 3)),
                Given.Refunded("R1", Given.Line(quantity: 2)) with
                {
                    Unshipped = unshipped,
                    RestockedAt = restockedAt is null ? null : new LocationId(restockedAt),
                }
            )
        );

    [Theory]
    [InlineData(1, "A@L1=1")]
    [InlineData(0, "A@L1=0")]
    public void Of_two_units_and_one_shipped_the_shop_says_which_one_was_refunded(int stillToShip, string held) =>
        Assert.Equal(
            held,
            Held(
                Given.Placed(Given.Line(quantity: 2)),
                Given.Shipped("S", Given.At("L1")),
                Given.Refunded("R1", Given.Line() with { StillToShip = new Quantity(stillToShip) })
            )
        );

    [Fact]
    public void A_cancelled_order_holds_nothing_anywhere() =>
        Assert.Equal("A@L1=0 A@L2=0", Held(Given.Placed(), Given.Allocated(Given.At("L2")), Given.Cancelled()));

    [Fact]
    public void Goods_taken_along_were_never_held() => Assert.Equal("", Held(Given.Placed() with { Fulfilment = Fulfilment.Immediate }));

    [Fact]
    public void An_order_that_was_not_placed_holds_nothing() => Assert.Equal("", Held(Given.Allocated(Given.At("L1"))));

    [Fact]
    public void A_hold_is_never_negative_and_never_more_than_asked_for() =>
        Prop.ForAll<int>(seed =>
            {
                var order = OrderHistory
                    .Of(seed)
                    .Aggregate(new OrderDocument { OrderId = Given.Order }, static (o, e) => o.Apply(e.Header, e.Said));
                var asked =
                    order.Allocations.Count > 0
                        ? order.Allocations[^1].Said.Lines.Sum(l => l.Quantity.Value)
                        : order.Placed?.Said.Lines.Sum(l => l.Quantity.Value) ?? 0;
                var held = Reservations.Of(order).Values;
                return held.All(h => h >= Quantity.Zero) && held.Sum(h => h.Value) <= asked;
            })
            .QuickCheckThrowOnFailure();
}
