namespace Stockgate.Domain.Tests.Ingest.WooCommerce;

public class WooProductTests
{
    private static string Product(string more) =>
        $$"""{"id":794,"name":"Mug &ndash; blue","type":"simple","status":"publish","sku":"MUG","date_modified_gmt":"2026-02-28T10:00:00",{{more}}}""";

    [Fact]
    public void Data_price_and_stock_are_told()
    {
        var events = WooShop.Events(
            "product.updated",
            Product(
                """ "price":"8.00","regular_price":"10.00","manage_stock":true,"stock_quantity":7,"categories":[{"id":1,"name":"Kitchen"}],"brands":[{"name":"Acme"}] """
            )
        );
        var data = WooShop.The<ProductUpdated>(events);
        Assert.Equal(("Mug – blue", "Kitchen", "Acme", true), (data.Title, data.Category, data.Brand, data.Active));
        var price = WooShop.The<PriceChanged>(events);
        Assert.Equal((8.00m, 10.00m, "EUR", "woo"), (price.Price, price.CompareAt, price.Currency.Code, price.SalesChannel));
        var stock = WooShop.The<StockCounted>(events);
        Assert.Equal((7m, CountBasis.Available, "woo-online"), (stock.Quantity?.Value, stock.Basis, stock.Location.Value));
    }

    [Theory]
    [InlineData("\"manage_stock\":false,\"stock_quantity\":null")]
    [InlineData("\"manage_stock\":\"parent\",\"stock_quantity\":4")]
    [InlineData("\"manage_stock\":true,\"stock_quantity\":\"\"")]
    public void Without_a_figure_of_its_own_an_earlier_one_is_withdrawn(string stock) =>
        Assert.Null(WooShop.The<StockCounted>(WooShop.Events("product.updated", Product(stock))).Quantity);

    [Fact]
    public void Without_a_price_none_is_told() =>
        Assert.DoesNotContain(
            WooShop.Events("product.updated", Product("\"price\":\"\",\"regular_price\":\"\"")),
            static e => e.Data is PriceChanged
        );

    [Fact]
    public void The_price_of_a_product_with_variations_is_theirs() =>
        Assert.DoesNotContain(
            WooShop.Events("product.updated", Product("\"price\":\"5\"").Replace("\"simple\"", "\"variable\"", StringComparison.Ordinal)),
            static e => e.Data is PriceChanged
        );

    [Fact]
    public void A_variation_is_an_item_of_its_own()
    {
        var body =
            """{"id":732,"parent_id":22,"date_modified_gmt":"2026-02-28T10:00:00","sku":"","price":"9.00","manage_stock":false,"attributes":[{"name":"Color","option":"Black"},{"name":"Size","option":"M"}]}""";
        var data = WooShop.The<ProductUpdated>(WooShop.Events("product.updated", body));
        Assert.Equal(("woocommerce-variation-732", "Black · M"), (data.Sku.Value, data.Title));
        Assert.Equal("22", data.ChannelIds!["product"]);
    }

    [Fact]
    public void An_unpublished_product_is_not_sold() =>
        Assert.False(
            WooShop
                .The<ProductUpdated>(
                    WooShop.Events("product.updated", Product("\"price\":\"1\"").Replace("publish", "private", StringComparison.Ordinal))
                )
                .Active
        );
}
