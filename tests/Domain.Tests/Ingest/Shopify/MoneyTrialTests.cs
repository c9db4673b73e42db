using System.Text.Json;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Tests.Orders.Actions;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

/// <summary>
/// Orders, refunds and fulfilments that shops sent and that were taken wrongly once: as they stand in the trials, and the like of them with
/// other figures.
/// </summary>
public class MoneyTrialTests
{
    [TrialTheory("refund-adjustment-tax")]
    [InlineData("refund-adjustment-tax", 118, 0)]
    [InlineData("refund-discrepancy-with-tax", 0, 0)]
    [InlineData("refund-line-zero-money-paid", 41.94, 1)]
    [InlineData("refund-pending-cross-currency", 0, 1)]
    [InlineData("refund-unshipped-no-restock", 60, 0)]
    public void What_went_back_is_what_was_paid(string trial, decimal refunded, int reserved)
    {
        using var input = JsonDocument.Parse(File.ReadAllText(SharedData.Trial(trial)!));
        var order = After(input.RootElement.GetProperty("order"), (ShopifyTopics.RefundsCreate, input.RootElement.GetProperty("body")));
        Assert.Equal(refunded, order.Refunded());
        Assert.Equal(order.Currency(), order.Refunds[0].Said.Currency);
        if (trial != "refund-adjustment-tax" && trial != "refund-line-zero-money-paid")
            Assert.Equal(reserved, Reservations.Of(order).Values.Sum(static q => q.Value));
    }

    [TrialTheory("order-with-tip")]
    [InlineData("order-with-tip")]
    public void A_tip_is_money_and_no_stock(string trial)
    {
        using var input = JsonDocument.Parse(File.ReadAllText(SharedData.Trial(trial)!));
        var order = After(input.RootElement.GetProperty("body"));
        Assert.Equal((10m, 1, UnstockedKind.Tip), (order.Gross(), order.Lines().Count, Assert.Single(order.Placed!.Said.Unstocked).Kind));
        Assert.Equal(2m, Reservations.Of(order).Values.Sum(static q => q.Value));
    }

    [TrialTheory("fulfilment-not-successful")]
    [InlineData("failure")]
    [InlineData("error")]
    [InlineData("cancelled")]
    [InlineData("pending")]
    [InlineData("open")]
    public void A_fulfilment_that_is_not_successful_ships_nothing(string status)
    {
        using var input = JsonDocument.Parse(
            File.ReadAllText(SharedData.Trial("fulfilment-not-successful")!).Replace("failure", status, StringComparison.Ordinal)
        );
        var order = After(
            input.RootElement.GetProperty("order"),
            (ShopifyTopics.FulfillmentsCreate, input.RootElement.GetProperty("body"))
        );
        Assert.Equal((OrderStatus.Placed, 1m), (order.Status(), Reservations.Of(order).Values.Sum(static q => q.Value)));
        Assert.DoesNotContain(StockPostings.Of(order), static e => e.Stock != Quantity.Zero);
    }

    [TrialTheory("refundable-after-shipping-refund")]
    [InlineData(100)]
    [InlineData(null)]
    public void A_refund_of_shipping_leaves_the_goods(int? amount)
    {
        using var input = JsonDocument.Parse(File.ReadAllText(SharedData.Trial("refundable-after-shipping-refund")!));
        var order = After(
            input.RootElement.GetProperty("order"),
            (ShopifyTopics.RefundsCreate, input.RootElement.GetProperty("refunds/create"))
        );
        Assert.Equal(108m, order.RefundableAmount());
        Assert.True(Asked.Money(amount).Review(Asked.Facts(order)).Feasibility.Possible);
        Assert.Equal(
            [(MoneyPart.Goods, 100m, 0m), (MoneyPart.Shipping, 10m, 10m), (MoneyPart.Tax, 8m, 0m)],
            OrderMoney.Of(order).Components.Select(static c => (c.Part, c.Paid, c.Refunded))
        );
    }

    // The like of the trials, with figures of our own.
    private const string Item =
        """{"id":5,"sku":"POT-9","variant_id":71,"product_id":61,"title":"Pot","quantity":3,"price":"12.50","tax_lines":[{"price":"7.50"}]}""";

    private const string Placed = $$"""
        {"id":550,"created_at":"2026-02-27T10:00:00Z","currency":"GBP","total_price":"51.20","total_tax":"8.20","shipping_lines":[{"price":"4.00","discounted_price":"3.50","tax_lines":[{"price":"0.70"}]}],
         "total_tip_received":"2.00","line_items":[{{Item}}]}
        """;

    [Theory]
    [InlineData("success", 15, 0, 0)]
    [InlineData("pending", 0, 15, 0)]
    [InlineData("failure", 0, 0, 15)]
    [InlineData("error", 0, 0, 15)]
    public void A_payment_counts_once_it_succeeded_and_is_shown_until_then(string status, decimal refunded, decimal pending, decimal failed)
    {
        var money = Refund(
            $$"""{"quantity":1,"restock_type":"no_restock","subtotal":12.50,"total_tax":2.50,"line_item":{{Item}}}""",
            Paid("15.00", status)
        );
        Assert.Equal(
            (refunded, pending, failed, 51.20m - refunded - pending),
            (money.Refunded, money.Pending, money.Failed, money.Refundable)
        );
    }

    [Fact]
    public void A_payment_that_settles_later_takes_the_place_of_the_pending_one()
    {
        var item = $$"""{"quantity":1,"restock_type":"return","location_id":1,"subtotal":12.50,"total_tax":2.50,"line_item":{{Item}}}""";
        var (pending, settled) = (RefundBody(item, Paid("15.00", "pending")), RefundBody(item, Paid("15.00", "success")));
        foreach (var bodies in new[] { new[] { pending, settled }, [settled, pending, settled] })
        {
            var order = After(Json(Placed), [.. bodies.Select(static b => (ShopifyTopics.RefundsCreate, Json(b)))]);
            Assert.Equal((15m, 0m), (OrderMoney.Of(order).Refunded, OrderMoney.Of(order).Pending));
        }
    }

    [Fact]
    public void Captures_sales_and_voids_are_no_refunds() =>
        Assert.Equal(
            4m,
            Refund("", Paid("4.00") + ",{\"kind\":\"void\",\"status\":\"success\",\"amount\":\"9.00\",\"currency\":\"GBP\"}").Refunded
        );

    [Fact]
    public void Duties_alone_are_paid_back_as_duties() =>
        Assert.Equal(
            6m,
            Refund("", Paid("6.00"), ""","duties":[{"duty_id":3,"amount_set":{"shop_money":{"amount":"6.00","currency_code":"GBP"}}}]""")
                .Components.Single(static c => c.Part == MoneyPart.Duties)
                .Refunded
        );

    [Fact]
    public void Shipping_and_its_tax_are_paid_back_as_such()
    {
        var money = Refund("", Paid("4.20"), ""","order_adjustments":[{"kind":"shipping_refund","amount":"-3.50","tax_amount":"-0.70"}]""");
        Assert.Equal(
            [(MoneyPart.Goods, 0m), (MoneyPart.Tips, 0m), (MoneyPart.Shipping, 3.5m), (MoneyPart.Tax, 0.7m)],
            money.Components.Select(static c => (c.Part, c.Refunded))
        );
    }

    [Fact]
    public void What_was_kept_back_did_not_go_back() =>
        Assert.Equal(
            10m,
            Refund(
                $$"""{"quantity":1,"subtotal":12.50,"total_tax":2.50,"line_item":{{Item}}}""",
                Paid("10.00"),
                ""","order_adjustments":[{"kind":"refund_discrepancy","amount":"5.00","tax_amount":"0.00"}]"""
            ).Refunded
        );

    [Fact]
    public void A_payment_in_the_buyers_money_is_counted_in_the_shops()
    {
        var item =
            $$$"""{"quantity":1,"subtotal":12.50,"total_tax":2.50,"subtotal_set":{"shop_money":{"amount":"12.50","currency_code":"GBP"},"presentment_money":{"amount":"15.00","currency_code":"EUR"}},"line_item":{{{Item}}}}""";
        Assert.Equal(15m, Refund(item, """{"kind":"refund","status":"success","amount":"18.00","currency":"EUR"}""").Refunded);
    }

    [Fact]
    public void A_refund_in_a_currency_of_which_nothing_is_known_is_an_exception_and_no_sum()
    {
        var order = After(
            Json(Placed),
            (ShopifyTopics.RefundsCreate, Json(RefundBody("", Paid("9.00").Replace("GBP", "JPY", StringComparison.Ordinal))))
        );
        Assert.Equal((0m, 51.20m), (order.Refunded(), order.RefundableAmount()));
        Assert.Equal("JPY", Assert.Single(OrderMoney.Of(order).Foreign).Currency.Code);
        Assert.Contains(
            Domain.Orders.Accuracy.OrderReconciliation.Of(order, Given.Now, new()),
            static d => d.Kind == Domain.Orders.Accuracy.DifferenceKind.Currency
        );
    }

    [Fact]
    public void A_unit_is_paid_back_with_its_tax()
    {
        var order = After(
            Json(Placed),
            (
                ShopifyTopics.FulfillmentsCreate,
                Json($$"""{"id":9,"order_id":550,"status":"success","created_at":"2026-02-27T12:00:00Z","line_items":[{{Item}}]}""")
            )
        );
        Assert.Equal(15m, Asked.For(OrderActionKind.Refund, Asked.Units("POT-9")).Review(Asked.Facts(order)).Effect.Money!.Value.Amount);
    }

    [Fact]
    public void A_fulfilment_that_is_cancelled_takes_back_in_either_order()
    {
        string Body(string status) =>
            $$"""{"id":9,"order_id":550,"status":"{{status}}","created_at":"2026-02-27T12:00:00Z","updated_at":"2026-02-27T12:00:00Z","line_items":[{{Item}}]}""";
        var (done, gone) = (
            (ShopifyTopics.FulfillmentsCreate, Json(Body("success"))),
            (ShopifyTopics.FulfillmentsUpdate, Json(Body("cancelled")))
        );
        foreach (var events in new[] { new[] { done, gone }, [gone, done] })
        {
            var order = After(Json(Placed), events);
            Assert.Equal((OrderStatus.Placed, 3m), (order.Status(), Reservations.Of(order).Values.Sum(static q => q.Value)));
            Assert.DoesNotContain(StockPostings.Of(order), static e => e.Stock != Quantity.Zero);
        }
    }

    [Fact]
    public void A_test_order_reserves_nothing_is_no_demand_and_is_paid_nothing_back()
    {
        var order = After(
            Json(Placed.Replace("\"id\":550", "\"id\":550,\"test\":true", StringComparison.Ordinal)),
            (
                ShopifyTopics.FulfillmentsCreate,
                Json($$"""{"id":9,"order_id":550,"status":"success","created_at":"2026-02-27T12:00:00Z","line_items":[{{Item}}]}""")
            )
        );
        Assert.Empty(Reservations.Of(order));
        Assert.All(
            StockPostings.Of(order),
            static e => Assert.Equal((Quantity.Zero, Quantity.Zero, Quantity.Zero), (e.Stock, e.Units, e.Reserved))
        );
        Assert.Equal(0m, order.RefundableAmount());
    }

    [Fact]
    public void Lines_without_stock_are_taken_everywhere()
    {
        const string Protection =
            """{"id":6,"sku":null,"variant_id":null,"product_id":null,"title":"Shipping protection","quantity":1,"price":"2.95"}""";
        const string Card =
            """{"id":7,"sku":"GC-25","variant_id":90,"product_id":80,"title":"Gift card","gift_card":true,"quantity":1,"price":"25.00"}""";
        var order = After(
            Json($$"""{"id":550,"created_at":"2026-02-27T10:00:00Z","currency":"GBP","line_items":[{{Protection}},{{Card}}]}"""),
            (
                ShopifyTopics.RefundsCreate,
                Json(
                    RefundBody($$"""{"quantity":1,"restock_type":"no_restock","subtotal":2.95,"line_item":{{Protection}}}""", Paid("2.95"))
                )
            )
        );
        Assert.Equal((27.95m, 2.95m, OrderStatus.Delivered), (order.Gross(), order.Refunded(), order.Status()));
        Assert.Empty(StockPostings.Of(order));
        Assert.Empty(
            Shop.Events(
                ShopifyTopics.FulfillmentsCreate,
                $$"""{"id":9,"order_id":550,"status":"success","created_at":"2026-02-27T12:00:00Z","line_items":[{{Protection}}]}"""
            )
        );
    }

    private static OrderMoney Refund(string items, string transactions, string more = "") =>
        OrderMoney.Of(After(Json(Placed), (ShopifyTopics.RefundsCreate, Json(RefundBody(items, transactions, more)))));

    private static string RefundBody(string items, string transactions, string more = "") =>
        $$"""{"id":880,"order_id":550,"created_at":"2026-02-28T12:00:00Z","refund_line_items":[{{items}}],"transactions":[{{transactions}}]{{more}}}""";

    private static string Paid(string amount, string status = "success") =>
        $$"""{"kind":"refund","status":"{{status}}","amount":"{{amount}}","currency":"GBP"}""";

    private static JsonElement Json(string text) => JsonDocument.Parse(text).RootElement;

    private static OrderDocument After(JsonElement placed, params (string Topic, JsonElement Body)[] then)
    {
        var shop = new ChannelShop(
            new("shop"),
            new("main"),
            new Dictionary<string, string>(),
            Currency.Parse(placed.GetProperty("currency").GetString()!)
        );
        var translator = new ShopifyTranslator(shop);
        OrderDocument? order = null;
        foreach (var (topic, body) in then.Prepend((ShopifyTopics.OrdersCreate, placed)))
        {
            var translation = translator.Translate(topic, body, null, new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero));
            Assert.Null(translation.Rejection);
            foreach (var made in translation.Events)
            {
                // Through the queue, as it goes.
                var read = CloudEventReader.Read(
                    CloudEventWriter.Write(made.Header, made.Data).Span,
                    made.Header.Channel,
                    made.Header.OccurredAt.AddHours(1)
                );
                Assert.Null(read.Rejection);
                order = (order ?? new OrderDocument { OrderId = ((OrderEvent)made.Data).OrderId }).Apply(
                    made.Header,
                    (OrderEvent)made.Data
                );
            }
        }
        return order!;
    }
}
