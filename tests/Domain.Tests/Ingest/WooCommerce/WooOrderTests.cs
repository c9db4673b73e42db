namespace Stockgate.Domain.Tests.Ingest.WooCommerce;

public class WooOrderTests
{
    private static OrderMoney Money(string body) => OrderMoney.Of(WooShop.OrderAfter(("order.created", body)));

    [Fact]
    public void An_order_comes_to_its_total_and_tax_is_on_top()
    {
        var money = Money(WooShop.Order());
        Assert.Equal("USD", money.Currency?.Code);
        Assert.Equal(16.45m, money.Total);
        Assert.Equal(
            [(MoneyPart.Goods, 6.00m), (MoneyPart.Shipping, 10.00m), (MoneyPart.Tax, 0.45m)],
            money.Components.Select(static c => (c.Part, c.Paid))
        );
    }

    [Fact]
    public void A_coupon_is_the_difference_of_subtotal_and_total()
    {
        var line = WooShop.Line.Replace("\"total\":\"6.00\"", "\"total\":\"5.00\"", StringComparison.Ordinal);
        var placed = WooShop.The<OrderPlaced>(WooShop.Events("order.created", WooShop.Order(lines: line, total: "15.45")));
        Assert.Equal((3.00m, 1.00m, 5.00m), (placed.Lines[0].UnitPrice, placed.Lines[0].Discount, placed.Lines[0].Amount));
        Assert.Equal(0, placed.Charges?.Rounding);
    }

    [Fact]
    public void Three_for_ten_come_to_ten()
    {
        var line = """{"id":1,"name":"Mug","product_id":93,"quantity":3,"subtotal":"10.00","total":"10.00","total_tax":"0","sku":"MUG"}""";
        var money = Money(WooShop.Order(lines: line, total: "20.00"));
        Assert.Equal((20.00m, 10.00m), (money.Total, money.Components.Single(static c => c.Part == MoneyPart.Goods).Paid));
    }

    [Fact]
    public void Fees_are_lines_without_stock_and_a_fee_below_zero_is_a_discount()
    {
        var more =
            ""","fee_lines":[{"id":5,"name":"Gift wrap","total":"2.00","total_tax":"0.10"},{"id":6,"name":"Tip","total":"1.00","total_tax":"0"},{"id":7,"name":"Loyalty","total":"-4.00","total_tax":"0"}]""";
        var money = Money(WooShop.Order(more: more, total: "15.55"));
        Assert.Equal(15.55m, money.Total);
        Assert.Equal(
            [2.00m, 1.00m, -4.00m],
            new[] { MoneyPart.Unstocked, MoneyPart.Tips, MoneyPart.Discount }.Select(part =>
                money.Components.Single(c => c.Part == part).Paid
            )
        );
        Assert.DoesNotContain(money.Components, static c => c.Part == MoneyPart.Rounding);
    }

    [Fact]
    public void Without_a_sku_the_variation_or_the_product_stands_for_it()
    {
        var lines =
            """{"id":1,"name":"A","product_id":93,"variation_id":0,"quantity":1,"total":"1","sku":""},{"id":2,"name":"B","product_id":22,"variation_id":23,"quantity":1,"total":"1","sku":null}""";
        var placed = WooShop.The<OrderPlaced>(WooShop.Events("order.created", WooShop.Order(lines: lines)));
        Assert.Equal(["woocommerce-product-93", "woocommerce-variation-23"], placed.Lines.Select(static l => l.Sku.Value));
    }

    [Fact]
    public void A_line_of_no_product_is_money_alone()
    {
        var lines = """{"id":1,"name":"Custom &amp; more","product_id":0,"quantity":1,"subtotal":"5","total":"5"}""";
        var placed = WooShop.The<OrderPlaced>(WooShop.Events("order.created", WooShop.Order(lines: lines)));
        Assert.Empty(placed.Lines);
        Assert.Equal("Custom & more", placed.Unstocked.Single().Description);
    }

    [Fact]
    public void The_same_delivery_again_is_the_same_events() =>
        Assert.Equal(
            WooShop.Events("order.created", WooShop.Order()).Select(static e => e.Header.Key),
            WooShop.Events("order.updated", WooShop.Order()).Select(static e => e.Header.Key)
        );

    [Fact]
    public void An_edited_order_takes_the_place_of_the_earlier_one_in_any_order_of_arrival()
    {
        var edited = WooShop.Line.Replace("\"quantity\":2", "\"quantity\":3", StringComparison.Ordinal);
        (string, string) first = ("order.created", WooShop.Order()),
            second = ("order.updated", WooShop.Order(lines: edited, modified: "2026-02-28T11:00:00"));
        foreach (var order in new[] { WooShop.OrderAfter(first, second), WooShop.OrderAfter(second, first) })
        {
            Assert.Equal(3, order.Placed!.Said.Lines.Single().Quantity.Value);
            Assert.Equal(new DateTimeOffset(2026, 2, 28, 10, 0, 0, TimeSpan.Zero), order.Placed.At);
        }
    }

    [Theory]
    [InlineData("processing", OrderStatus.Placed)]
    [InlineData("completed", OrderStatus.Shipped)]
    [InlineData("cancelled", OrderStatus.Cancelled)]
    public void The_status_of_the_order_is_told(string status, OrderStatus expected) =>
        Assert.Equal(expected, WooShop.OrderAfter(("order.updated", WooShop.Order(status))).Status());

    [Theory]
    [InlineData("on-hold", true)]
    [InlineData("pending", true)]
    [InlineData("failed", true)]
    [InlineData("processing", false)]
    public void An_unpaid_order_is_held(string status, bool held) =>
        Assert.Equal(held, WooShop.The<OrderHeld>(WooShop.Events("order.updated", WooShop.Order(status))).Held);

    [Fact]
    public void A_payment_is_told_once_with_its_time()
    {
        var paid = WooShop.Events(
            "order.updated",
            WooShop.Order(more: ""","date_paid_gmt":"2026-02-28T10:00:03","transaction_id":"pi_1" """)
        );
        var said = WooShop.The<OrderPaid>(paid);
        Assert.Equal(("pi_1", 16.45m, true), (said.PaymentId, said.Amount, said.Captured));
    }

    [Theory]
    [InlineData("checkout-draft")]
    [InlineData("auto-draft")]
    [InlineData("trash")]
    public void A_draft_is_ignored_by_name(string status) =>
        Assert.Contains(status, WooShop.Translate("order.created", WooShop.Order(status)).IgnoredBecause, StringComparison.Ordinal);

    [Theory]
    [InlineData("coupon.created")]
    [InlineData("customer.updated")]
    [InlineData("action.woocommerce_checkout")]
    [InlineData("order.deleted")]
    public void A_topic_that_is_not_used_is_ignored(string topic) =>
        Assert.NotNull(WooShop.Translate(topic, """{"id":1}""").IgnoredBecause);

    [Fact]
    public void Without_a_topic_it_is_refused() => Assert.Equal("X-WC-Webhook-Topic", WooShop.Translate("", "{}").Rejection?.Field);
}
