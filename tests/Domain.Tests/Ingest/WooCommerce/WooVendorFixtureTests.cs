using System.Globalization;
using System.Text.Json;

namespace Stockgate.Domain.Tests.Ingest.WooCommerce;

/// <summary>The vendor's own examples.</summary>
public class WooVendorFixtureTests
{
    private static string Text(string name) => File.ReadAllText(SharedData.Find($"webhooks/woocommerce/{name}")!);

    [SharedDataTheory("webhooks/woocommerce")]
    [InlineData("orders_01.json")]
    [InlineData("orders_02.json")]
    public void An_order_comes_to_the_total_that_it_says(string file)
    {
        using var document = JsonDocument.Parse(Text(file));
        // A list of orders holds what a webhook delivers one by one.
        var orders =
            document.RootElement.ValueKind == JsonValueKind.Array ? document.RootElement.EnumerateArray().ToList() : [document.RootElement];
        foreach (var one in orders)
        {
            var placed = WooShop.The<OrderPlaced>(WooShop.Events("order.created", one.GetRawText()));
            var order = new OrderDocument { OrderId = placed.OrderId }.Apply(Given.Header("1"), placed);
            Assert.Equal(decimal.Parse(one.GetProperty("total").GetString()!, CultureInfo.InvariantCulture), OrderMoney.Of(order).Total);
            Assert.Equal(0, placed.Charges?.Rounding ?? 0);
        }
    }

    [SharedDataTheory("webhooks/woocommerce")]
    [InlineData("order-refunds_01.json", "refund.created")]
    [InlineData("product-variations_01.json", "product.updated")]
    [InlineData("products_01.json", "product.created")]
    public void Every_example_is_taken(string file, string topic) => Assert.NotEmpty(WooShop.Events(topic, Text(file)));
}
