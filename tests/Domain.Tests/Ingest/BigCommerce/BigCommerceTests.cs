using System.Text.Json;
using Stockgate.Domain.Ingest.BigCommerce;
using static Stockgate.Domain.Tests.Ingest.BigCommerce.BigCommerceDeliveries;

namespace Stockgate.Domain.Tests.Ingest.BigCommerce;

public class BigCommerceTests
{
    private const string Variant = """{"id":509,"sku":"MUG","price":null,"sale_price":null,"option_values":[]}""";

    private readonly VendorShop shop = Shop();

    [Fact]
    public void An_order_is_in_the_currency_that_was_paid_in_and_its_tax_is_on_top()
    {
        var order = shop.OrderAfter(Filled(Order(), Mug));
        Assert.Equal(("250", "EUR", 12.10m), (order.OrderId.Value, OrderMoney.Of(order).Currency?.Code, OrderMoney.Of(order).Total));
        Assert.Equal(0, order.Placed!.Said.Charges?.Rounding);
    }

    [Fact]
    public void Without_the_stores_api_an_order_is_ignored_with_what_to_set() =>
        Assert.Contains(
            "ApiUrl",
            shop.Translate(Notification("store/order/created", """{"type":"order","id":250}""")).IgnoredBecause,
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData(5)]
    [InlineData(6)]
    public void A_cancelled_or_declined_order_is_cancelled(int status) => shop.The<OrderCancelled>(Filled(Order(status), Mug));

    [Fact]
    public void An_incomplete_order_is_not_placed() => Assert.NotNull(shop.Translate(Filled(Order(0), Mug)).IgnoredBecause);

    [Fact]
    public void A_shipment_is_of_products_of_the_order()
    {
        var shipments =
            ""","shipments":[{"id":7,"date_created":"Sat, 28 Feb 2026 11:00:00 +0000","items":[{"order_product_id":15,"product_id":206,"quantity":1}]}]""";
        var shipped = shop.The<OrderShipped>(Filled(Order(), Mug, shipments));
        Assert.Equal(("7", "MUG", 1m), (shipped.ShipmentId, shipped.Lines.Single().Sku.Value, shipped.Lines.Single().Quantity.Value));
    }

    [Fact]
    public void A_declined_payment_of_a_refund_did_not_go_back()
    {
        var refund =
            """{"id":3,"created":"2026-02-28T12:00:00+00:00","total_amount":5,"items":[],"payments":[{"amount":2,"is_declined":false},{"amount":3,"is_declined":true}]}""";
        var refunded = shop.The<OrderRefunded>(Filled(Order(), Mug, $",\"refunds\":[{refund}]"));
        Assert.Equal((2m, 3m), (refunded.Amount, refunded.Failed));
    }

    [Fact]
    public void A_figure_is_of_the_variant_that_a_product_told()
    {
        var figure = Stock("""{"product_id":206,"method":"absolute","value":5,"variant_id":509}""");
        Assert.Equal("data.inventory.variant_id", shop.Translate(figure).Rejection?.Field);
        shop.Events(Product($$"""{{Variant}},{"id":510,"sku":"MUG-L","option_values":[{"label":"Large"}]}"""));
        Assert.Equal(("MUG", 5m), (shop.The<StockCounted>(figure).Sku.Value, shop.The<StockCounted>(figure).Quantity?.Value));
    }

    [Fact]
    public void The_only_variant_of_a_product_is_known_by_either()
    {
        shop.Events(Product(Variant));
        Assert.Equal(
            "MUG",
            shop.The<StockCounted>(Stock("""{"product_id":206,"method":"absolute","value":5,"variant_id":509}""")).Sku.Value
        );
        var ofProduct = """{"type":"product","id":206,"inventory":{"product_id":206,"method":"absolute","value":4}}""";
        Assert.Equal("MUG", shop.The<StockCounted>(Notification("store/product/inventory/updated", ofProduct)).Sku.Value);
    }

    [Fact]
    public void A_relative_figure_is_a_change_and_no_count() =>
        Assert.Contains(
            "relative",
            shop.Translate(Stock("""{"product_id":206,"method":"relative","value":-1}""")).IgnoredBecause,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_sale_price_is_what_customers_pay()
    {
        var price = shop.The<PriceChanged>(Product(Variant));
        Assert.Equal((8m, 10m), (price.Price, price.CompareAt));
    }

    [Theory]
    [InlineData("store/customer/created")]
    [InlineData("store/order/archived")]
    [InlineData("store/order/message/created")]
    public void An_unknown_scope_is_ignored_by_name(string scope) =>
        Assert.Contains(scope, shop.Translate(Notification(scope, """{"type":"x","id":1}""")).IgnoredBecause, StringComparison.Ordinal);

    [Theory]
    [InlineData("store/order/created", """{"type":"order","id":250}""", "v2/orders/250")]
    [InlineData("store/shipment/created", """{"type":"shipment","id":7,"orderId":250}""", "v2/orders/250")]
    [InlineData("store/product/updated", """{"type":"product","id":206}""", "v3/catalog/products/206?include=variants")]
    public void What_is_read_from_the_store_follows_from_the_scope(string scope, string data, string first)
    {
        using var document = JsonDocument.Parse(Notification(scope, data));
        Assert.Equal(first, BigCommerceResource.PathsOf(document.RootElement).First().Value);
    }

    [Theory]
    [InlineData("""{"type":"order","id":"../../v3/customers"}""")]
    [InlineData("""{"type":"order","id":null}""")]
    [InlineData("""{"type":"order","id":{}}""")]
    public void An_id_that_is_no_number_is_not_asked_for(string data)
    {
        using var document = JsonDocument.Parse(Notification("store/order/created", data));
        Assert.Empty(BigCommerceResource.PathsOf(document.RootElement));
    }
}
