namespace Stockgate.Domain.Tests.Ingest.WooCommerce;

public class WooRefundTests
{
    private static readonly (string, string) Placed = ("order.created", WooShop.Order());

    private static OrderMoney After(string refund) => OrderMoney.Of(WooShop.OrderAfter(Placed, ("refund.created", refund)));

    [Fact]
    public void Goods_with_their_tax_go_back()
    {
        var money = After(WooShop.Refund(WooShop.RefundedMug, "3.23"));
        Assert.Equal((3.23m, 13.22m), (money.Refunded, money.Refundable));
        Assert.Equal(3.00m, money.Components.Single(static c => c.Part == MoneyPart.Goods).Refunded);
        Assert.Equal(0.23m, money.Components.Single(static c => c.Part == MoneyPart.Tax).Refunded);
    }

    [Fact]
    public void An_amount_without_goods_is_of_no_part() =>
        Assert.Equal(5.00m, After(WooShop.Refund("", "5.00")).Components.Single(static c => c.Part == MoneyPart.Rounding).Refunded);

    [Fact]
    public void A_line_without_units_is_money_and_no_goods()
    {
        var line = WooShop.RefundedMug.Replace("\"quantity\":-1", "\"quantity\":0", StringComparison.Ordinal);
        var refunded = WooShop.The<OrderRefunded>(WooShop.Events("refund.created", WooShop.Refund(line, "3.23")));
        Assert.Empty(refunded.Lines);
        Assert.Equal(3.23m, refunded.Adjustment);
    }

    [Fact]
    public void Shipping_goes_back_as_shipping()
    {
        var more = ""","shipping_lines":[{"id":3,"total":"-10.00","total_tax":"-0.00"}]""";
        var money = After(WooShop.Refund("", "10.00", more));
        Assert.Equal(10.00m, money.Components.Single(static c => c.Part == MoneyPart.Shipping).Refunded);
        Assert.Equal(6.45m, money.Refundable);
    }

    [Fact]
    public void The_orders_list_and_the_refunds_own_delivery_are_one_refund_in_any_order()
    {
        (string, string) listed = (
            "order.updated",
            WooShop.Order(more: ""","refunds":[{"id":730,"reason":"","total":"-3.23"}]""", modified: "2026-02-28T12:00:01")
        );
        (string, string) whole = ("refund.created", WooShop.Refund(WooShop.RefundedMug, "3.23"));
        foreach (var order in new[] { WooShop.OrderAfter(Placed, listed, whole), WooShop.OrderAfter(Placed, whole, listed) })
        {
            Assert.Equal(3.23m, OrderMoney.Of(order).Refunded);
            Assert.Equal(1, order.Refunds.Single().Said.Lines.Single().Quantity.Value);
        }
    }

    [Fact]
    public void The_order_is_found_by_the_link_where_no_field_names_it()
    {
        var body =
            """{"id":726,"date_created_gmt":"2026-02-21T20:07:11","amount":"10.00","line_items":[],"_links":{"up":[{"href":"https://example.com/wp-json/wc/v3/orders/723"}]}}""";
        Assert.Equal("723", WooShop.The<OrderRefunded>(WooShop.Events("refund.created", body)).OrderId.Value);
    }

    [Fact]
    public void A_refund_of_no_order_is_refused_by_the_field() =>
        Assert.Equal(
            "order_id",
            WooShop.Translate("refund.created", """{"id":1,"date_created_gmt":"2026-02-21T20:07:11","amount":"1"}""").Rejection?.Field
        );
}
