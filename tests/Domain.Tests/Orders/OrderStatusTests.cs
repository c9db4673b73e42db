namespace Stockgate.Domain.Tests.Orders;

public class OrderStatusTests
{
    private static readonly OrderEvent Two = Given.Placed(Given.Line(quantity: 2)),
        Cancel = Given.Cancelled(),
        Allocate = Given.Allocated(Given.At("L1", quantity: 2)),
        One = Given.Shipped("S1", Given.At("L1")),
        Other = Given.Shipped("S2", Given.At("L1")),
        Both = Given.Shipped("S1", Given.At("L1", quantity: 2)),
        OneArrived = Given.Delivered("S1"),
        OtherArrived = Given.Delivered("S2"),
        Refund = Given.Refunded("R1", Given.Line()),
        Credit = Given.Refunded("R1", Given.Line()) with { Standalone = true },
        Till = Given.Placed() with { Fulfilment = Fulfilment.Immediate };

    public static TheoryData<OrderStatus, string> Table =>
        new()
        {
            { OrderStatus.Announced, "" },
            { OrderStatus.Announced, "Cancel" },
            { OrderStatus.Announced, "One" },
            { OrderStatus.Announced, "Refund" },
            { OrderStatus.Announced, "Allocate OneArrived" },
            { OrderStatus.CreditNote, "Credit" },
            { OrderStatus.Placed, "Two" },
            { OrderStatus.Placed, "Two Credit" },
            { OrderStatus.Placed, "Two Refund" },
            { OrderStatus.Allocated, "Two Allocate" },
            { OrderStatus.PartlyShipped, "Two One" },
            { OrderStatus.PartlyShipped, "Two Allocate One OneArrived" },
            { OrderStatus.Shipped, "Two Both" },
            { OrderStatus.Shipped, "Two One Other" },
            { OrderStatus.Shipped, "Two One Other OneArrived" },
            { OrderStatus.Delivered, "Two One Other OneArrived OtherArrived" },
            { OrderStatus.Delivered, "Two Both OneArrived" },
            { OrderStatus.Delivered, "OneArrived Both Two" },
            { OrderStatus.Shipped, "Two Both OtherArrived" },
            { OrderStatus.Cancelled, "Two Cancel" },
            { OrderStatus.Cancelled, "Cancel Two" },
            { OrderStatus.Cancelled, "Two Allocate Cancel" },
            { OrderStatus.Shipped, "Two Both Cancel" },
            { OrderStatus.Shipped, "Two Cancel One" },
            { OrderStatus.Delivered, "Two One Cancel OneArrived" },
            { OrderStatus.Delivered, "Till" },
            { OrderStatus.Delivered, "Till Cancel" },
            { OrderStatus.Delivered, "Till Refund" },
        };

    [Theory, MemberData(nameof(Table))]
    public void The_status_follows_from_what_was_said(OrderStatus status, string events) =>
        Assert.Equal(status, Given.After([.. events.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(Named)]).Status());

    [Fact]
    public void Money_is_what_the_lines_come_to_and_what_went_back()
    {
        var order = Given.After(
            Given.Placed(Given.Line(quantity: 3, price: 2.55m, discount: 0.65m), Given.Line(quantity: 3, price: 2.55m, discount: 0.65m)),
            Given.Refunded("R1", Given.Line(price: 2.55m)) with
            {
                Adjustment = 3.95m,
            }
        );
        Assert.Equal(14m, order.Gross());
        Assert.Equal(6.50m, order.Refunded());
        Assert.Equal(Given.Gbp, order.Currency());
    }

    [Fact]
    public void A_credit_note_has_its_own_customer_and_currency()
    {
        var order = Given.After(Given.Refunded("R1", Given.Line()) with { Standalone = true, CustomerId = "17850" });
        Assert.Equal("17850", order.Customer());
        Assert.Equal(Given.Gbp, order.Currency());
        Assert.Equal(0, order.Gross());
    }

    private static OrderEvent Named(string name) =>
        name switch
        {
            nameof(Two) => Two,
            nameof(Cancel) => Cancel,
            nameof(Allocate) => Allocate,
            nameof(One) => One,
            nameof(Other) => Other,
            nameof(Both) => Both,
            nameof(OneArrived) => OneArrived,
            nameof(OtherArrived) => OtherArrived,
            nameof(Refund) => Refund,
            nameof(Credit) => Credit,
            nameof(Till) => Till,
            _ => throw new ArgumentOutOfRangeException(nameof(name), name, null),
        };
}
