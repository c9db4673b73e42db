using static Stockgate.Domain.Tests.Ingest.AdobeCommerce.AdobeDeliveries;

namespace Stockgate.Domain.Tests.Ingest.AdobeCommerce;

public class AdobeCommerceTests
{
    private readonly VendorShop shop = Shop();

    [Fact]
    public void An_order_is_in_the_shops_currency_and_the_buyers_is_kept_beside_it()
    {
        var placed = shop.The<OrderPlaced>(Event("sales_order_save_commit_after", Order()));
        Assert.Equal(
            ("EUR", "USD", 12.76m),
            (placed.Currency.Code, placed.Charges?.PresentmentCurrency?.Code, placed.Charges?.PresentmentTotal)
        );
        Assert.Equal(("673", "DE", "101"), (placed.OrderId.Value, placed.Country, placed.ShipTo?.PostalArea));
        Assert.Equal(0, placed.Charges?.Rounding);
        Assert.Equal(11.60m, OrderMoney.Of(shop.OrderAfter(Event("sales_order_save_after", Order()))).Total);
    }

    [Theory]
    [InlineData("{0}")]
    [InlineData("""{"order":{0}}""")]
    [InlineData("""{"value":{"order":{0}}}""")]
    [InlineData("""{"data":{"value":{0}}}""")]
    [InlineData("""{"event":{"data":{"value":{0}}}}""")]
    [InlineData("""[{"event_id":"e-1","data":{"value":{0}}}]""")]
    public void A_webhook_without_a_type_is_known_by_its_fields(string body) =>
        Assert.Equal("673", shop.The<OrderPlaced>(body.Replace("{0}", Order(), StringComparison.Ordinal)).OrderId.Value);

    [Fact]
    public void Without_base_amounts_the_orders_own_currency_holds()
    {
        var items = """{"order_id":"673","sku":"MUG","qty_ordered":1,"price":5,"row_total":5}""";
        var body =
            $$"""{"increment_id":"1","created_at":"2026-02-28 10:00:00","order_currency_code":"USD","grand_total":5,"items":[{{items}}]}""";
        var placed = shop.The<OrderPlaced>(body);
        Assert.Equal(("USD", 5m), (placed.Currency.Code, placed.Lines.Single().Amount));
    }

    [Fact]
    public void A_configurable_product_and_its_variant_are_one_line()
    {
        var parent = Item.Replace("\"simple\"", "\"configurable\"", StringComparison.Ordinal);
        var child =
            """{"item_id":"2","parent_item_id":"1","sku":"MUG","name":"Mug","product_type":"simple","qty_ordered":2,"base_row_total":0}""";
        var line = Assert.Single(shop.The<OrderPlaced>(Event("sales_order_save_after", Order($"{parent},{child}"))).Lines);
        Assert.Equal(6.00m, line.Amount);
    }

    [Theory]
    [InlineData("6.00", "0", 6.00, 0)]
    [InlineData("6.00", "6.00", 0, 6.00)]
    public void Of_a_bundle_the_parts_are_the_goods_and_the_money_counts_once(string whole, string part, decimal unstocked, decimal goods)
    {
        var bundle =
            $$"""{"item_id":"1","order_id":"673","sku":"SET","name":"Set","product_type":"bundle","qty_ordered":1,"base_row_total":{{whole}}}""";
        var child =
            $$"""{"item_id":"2","parent_item_id":"1","sku":"MUG","name":"Mug","product_type":"simple","qty_ordered":2,"base_row_total":{{part}}}""";
        var placed = shop.The<OrderPlaced>(Event("sales_order_save_after", Order($"{bundle},{child}")));
        Assert.Equal((unstocked, goods), (placed.Unstocked.Sum(static l => l.Amount), placed.Lines.Sum(static l => l.Amount)));
        Assert.Equal(("MUG", 2m), (placed.Lines.Single().Sku.Value, placed.Lines.Single().Quantity.Value));
    }

    [Theory]
    [InlineData("true", "online")]
    [InlineData("\"1\"", "online")]
    [InlineData("false", null)]
    public void A_credit_memo_restocks_what_is_back_in_stock(string back, string? place)
    {
        var refunded = shop.The<OrderRefunded>(Event("sales_order_creditmemo_save_after", Memo(MemoItem(back), "3.30")));
        Assert.Equal(
            ("673", 3.30m, 0m, place),
            (refunded.OrderId.Value, refunded.Amount, refunded.Adjustment, refunded.RestockedAt?.Value)
        );
    }

    [Fact]
    public void Of_a_credit_memo_with_both_kinds_the_sum_is_its_total()
    {
        var events = shop.Events(Event("sales_order_creditmemo_save_after", Memo($"{MemoItem("true")},{MemoItem()}", "7.00")));
        var refunds = events.Select(static e => e.Data).OfType<OrderRefunded>().ToList();
        Assert.Equal(7.00m, refunds.Sum(static r => r.Amount));
        Assert.Equal([null, "online"], refunds.Select(static r => r.RestockedAt?.Value));
    }

    [Fact]
    public void Stock_is_what_stands_there_of_a_product_that_was_told_before()
    {
        var stock = Event("cataloginventory_stock_item_save_commit_after", Stock);
        Assert.Equal("data.value.product_id", shop.Translate(stock).Rejection?.Field);
        shop.Events(Event("catalog_product_save_commit_after", Product));
        var counted = shop.The<StockCounted>(stock);
        Assert.Equal(
            ("MUG", 7m, CountBasis.OnHand, "online"),
            (counted.Sku.Value, counted.Quantity?.Value, counted.Basis, counted.Location.Value)
        );
    }

    [Fact]
    public void A_special_price_is_what_customers_pay_while_it_holds()
    {
        var price = shop.The<PriceChanged>(Event("catalog_product_save_after", Product));
        Assert.Equal((8m, 10m), (price.Price, price.CompareAt));
        var over = Product.Replace("\"special_to_date\":null", "\"special_to_date\":\"2026-02-10\"", StringComparison.Ordinal);
        Assert.Equal(10m, shop.The<PriceChanged>(Event("catalog_product_save_after", over)).Price);
    }

    [Fact]
    public void A_shipment_leaves_its_source()
    {
        var shipment =
            """{"entity_id":"19","order_id":"673","created_at":"2026-02-28 11:00:00","items":[{"sku":"MUG","qty":2}],"extension_attributes":{"source_code":"wh-1"}}""";
        var shipped = shop.The<OrderShipped>(Event("sales_order_shipment_save_after", shipment));
        Assert.Equal(("673", "warehouse"), (shipped.OrderId.Value, shipped.Lines.Single().Location.Value));
    }

    [Fact]
    public void The_state_holds_and_cancels()
    {
        Assert.True(shop.The<OrderHeld>(Event("sales_order_save_after", Order(state: "payment_review"))).Held);
        shop.The<OrderCancelled>(Event("sales_order_save_after", Order(state: "canceled")));
    }

    [Fact]
    public void A_payment_is_what_was_paid_so_far() =>
        Assert.Equal(11.60m, shop.The<OrderPaid>(Event("sales_order_save_after", Order(more: ",\"base_total_paid\":11.60"))).Amount);

    [Fact]
    public void An_unknown_event_is_ignored_by_its_name() =>
        Assert.Contains(
            "customer_save_after",
            shop.Translate(Event("customer_save_commit_after", "{}")).IgnoredBecause,
            StringComparison.Ordinal
        );

    [Fact]
    public void An_order_that_is_saved_again_is_no_conflict()
    {
        var later = Order(state: "canceled").Replace("10:00:05", "11:00:00", StringComparison.Ordinal);
        var first = shop.Events(Event("sales_order_save_after", Order(state: "canceled")))
            .Select(static e => (e.Header.Id, e.Header.OccurredAt));
        var second = shop.Events(Event("sales_order_save_after", later)).Select(static e => (e.Header.Id, e.Header.OccurredAt));
        var both = first.Join(second, static e => e.Id, static e => e.Id, static (a, b) => (a, b));
        Assert.All(both, static pair => Assert.Equal(pair.a, pair.b));
    }
}
