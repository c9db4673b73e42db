using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

public class ShopifyRefundTests
{
    private static List<OrderRefunded> Refunds(string body) =>
        [.. Shop.Events(ShopifyTopics.RefundsCreate, body).Select(e => Assert.IsType<OrderRefunded>(e.Data))];

    [Theory]
    [InlineData("\"return\"", "1", false, "store-1")]
    [InlineData("\"legacy_restock\"", "905684977", false, "warehouse")]
    [InlineData("\"return\"", "null", false, "shop-online")]
    [InlineData("\"cancel\"", "1", true, null)]
    [InlineData("\"no_restock\"", "1", false, null)]
    [InlineData("null", "1", false, null)]
    public void Where_the_goods_went_follows_from_the_restock_type(string restock, string location, bool unshipped, string? place)
    {
        var refund = Assert.Single(Refunds(Shop.Refund(Shop.RefundItem(restock, location))));
        Assert.Equal((unshipped, place), (refund.Unshipped, refund.RestockedAt?.Value));
        Assert.Equal(
            (new OrderId("1001"), "77", new Sku("MUG"), 9.99m),
            (refund.OrderId, refund.RefundId, refund.Lines[0].Sku, refund.Lines[0].Amount)
        );
    }

    [Fact]
    public void A_mixed_refund_is_one_event_for_each_way_and_place()
    {
        var body = Shop.Refund(
            string.Join(
                ',',
                Shop.RefundItem("\"return\"", "1", "A"),
                Shop.RefundItem("\"cancel\"", sku: "B"),
                Shop.RefundItem("\"no_restock\"", sku: "C"),
                Shop.RefundItem("\"return\"", "905684977", "D"),
                Shop.RefundItem("\"return\"", "1", "E")
            ),
            ""","order_adjustments":[{"amount":"-5.00"}]"""
        );
        var refunds = Refunds(body);
        Assert.Equal(["77", "77-2", "77-3", "77-4"], refunds.Select(r => r.RefundId));
        Assert.Equal(
            ["A,E@store-1", "B cancelled", "C", "D@warehouse"],
            refunds
                .Select(r =>
                    $"{string.Join(',', r.Lines.Select(l => l.Sku))}{(r.RestockedAt is { } place ? $"@{place}" : r.Unshipped ? " cancelled" : "")}"
                )
                .Order(StringComparer.Ordinal)
        );
        Assert.Equal(5, refunds.Sum(r => r.Adjustment));
        Assert.Equal(refunds.Select(r => r.RefundId), Refunds(body).Select(r => r.RefundId));
    }

    [Fact]
    public void The_events_do_not_depend_on_the_order_of_the_items()
    {
        var (a, b) = (Shop.RefundItem("\"return\"", "1", "A"), Shop.RefundItem("\"cancel\"", sku: "B"));
        Assert.Equal(
            Refunds(Shop.Refund($"{a},{b}")).Select(r => (r.RefundId, r.Lines[0].Sku)),
            Refunds(Shop.Refund($"{b},{a}")).Select(r => (r.RefundId, r.Lines[0].Sku))
        );
    }

    [Fact]
    public void Money_alone_is_what_its_payments_say_whatever_the_adjustments() =>
        Assert.Equal(
            9m,
            Assert
                .Single(
                    Refunds(
                        Shop.Refund(
                            "",
                            ""","order_adjustments":[{"amount":"-5.00"},{"amount":-2.5}],"transactions":[{"amount":"9.00","currency":"GBP"}]"""
                        )
                    )
                )
                .Amount
        );

    [Fact]
    public void Without_payments_it_is_its_adjustments() =>
        Assert.Equal(
            7.50m,
            Assert.Single(Refunds(Shop.Refund("", ""","order_adjustments":[{"amount":"-5.00"},{"amount":-2.5}]"""))).Amount
        );

    [Fact]
    public void Without_adjustments_it_is_what_was_paid() =>
        Assert.Equal(9m, Assert.Single(Refunds(Shop.Refund("", ""","transactions":[{"amount":"4.00"},{"amount":"5.00"}]"""))).Adjustment);

    [Fact]
    public void A_refund_of_nothing_is_refused() =>
        Assert.Equal("lines", Shop.Rejected(ShopifyTopics.RefundsCreate, Shop.Refund("")).Field);

    [Fact]
    public void The_currency_is_the_shops_unless_nothing_is_known_but_a_payment_in_another()
    {
        Assert.Equal(Given.Eur, Refunds(Shop.Refund("", ""","transactions":[{"amount":"1"},{"currency":"EUR"}]"""))[0].Currency);
        Assert.Equal(
            Given.Eur,
            Refunds(Shop.Refund(Shop.RefundItem("null"), ""","transactions":[{"amount":"9.99","currency":"EUR"}]"""))[0].Currency
        );
        Assert.Equal(
            Given.Gbp,
            Refunds(Shop.Refund(Shop.RefundItem("null"), ""","transactions":[{"amount":"1"},{"currency":"EUR"}]"""))[0].Currency
        );
        Assert.Equal(Given.Gbp, Refunds(Shop.Refund(Shop.RefundItem("null")))[0].Currency);
    }

    [Theory]
    [InlineData("1", "9.99", "9.99")]
    [InlineData("3", "\"26.64\"", "26.64")]
    [InlineData("3", "null", "29.97")]
    [InlineData("3", "0", "0")]
    public void What_went_back_is_the_subtotal(string quantity, string subtotal, string amount) =>
        Assert.Equal(
            decimal.Parse(amount, System.Globalization.CultureInfo.InvariantCulture),
            Refunds(Shop.Refund(Shop.RefundItem("\"return\"", quantity: quantity, subtotal: subtotal)))[0].Lines[0].Amount
        );

    public static TheoryData<string, string> Wrong =>
        new()
        {
            { """{"id":77,"created_at":"2026-02-28T12:00:00Z"}""", "order_id" },
            { """{"id":77,"order_id":1}""", "created_at" },
            { Shop.Refund("{}"), "refund_line_items[0].line_item" },
            { Shop.Refund("""{"quantity":1,"line_item":5}"""), "refund_line_items[0].line_item" },
            { Shop.Refund("""{"line_item":{"sku":"A","price":"1"}}"""), "refund_line_items[0].quantity" },
            { Shop.Refund(Shop.RefundItem("\"return\"", quantity: "79228162514264337593543950335")), "refund_line_items[0].quantity" },
            { Shop.Refund(Shop.RefundItem("\"return\"", subtotal: "\"x\"")), "refund_line_items[0].subtotal" },
            { Shop.Refund(Shop.RefundItem("\"return\"", "[]")), "refund_line_items[0].location_id" },
            { Shop.Refund("", ",\"transactions\":5"), "transactions" },
            { Shop.Refund("", ",\"transactions\":[{\"currency\":\"ZZZ\"}]"), "transactions[0].currency" },
            { Shop.Refund("", ",\"order_adjustments\":[{\"amount\":\"5,00\"}]"), "order_adjustments[0].amount" },
            {
                Shop.Refund(Shop.RefundItem("null", sku: "")).Replace("\"price\":\"9.99\"", "\"price\":null", StringComparison.Ordinal),
                "refund_line_items[0].line_item.price"
            },
        };

    [Theory, MemberData(nameof(Wrong))]
    public void A_wrong_field_is_named_by_its_path(string body, string field) =>
        Assert.Equal(field, Shop.Rejected(ShopifyTopics.RefundsCreate, body).Field);
}
