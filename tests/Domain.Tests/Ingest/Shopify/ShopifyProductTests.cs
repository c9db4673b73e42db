using Stockgate.Domain.Ingest.Shopify;

namespace Stockgate.Domain.Tests.Ingest.Shopify;

public class ShopifyProductTests
{
    private const string Small =
            """{"id":1,"product_id":500,"title":"S","price":"19.99","sku":"SHIRT-S","inventory_item_id":901,"compare_at_price":"24.99"}""",
        Large = """{"id":2,"product_id":500,"title":"L","price":"21.99","sku":"","inventory_item_id":902}""";

    private static List<ProductUpdated> Products(string body) =>
        [.. Shop.Events(ShopifyTopics.ProductsUpdate, body).Select(e => e.Data).OfType<ProductUpdated>()];

    private static List<PriceChanged> Prices(string body) =>
        [.. Shop.Events(ShopifyTopics.ProductsUpdate, body).Select(e => e.Data).OfType<PriceChanged>()];

    [Fact]
    public void Each_variant_is_a_product_and_a_price()
    {
        var body = Shop.Product($"{Small},{Large}");
        Assert.Equal(["SHIRT-S", "shopify-variant-2"], Products(body).Select(p => p.Sku.Value));
        Assert.Equal(["Shirt · S", "Shirt · L"], Products(body).Select(p => p.Title));
        Assert.Equal([(19.99m, 24.99m), (21.99m, (decimal?)null)], Prices(body).Select(p => (p.Price, p.CompareAt)));
        Assert.All(Prices(body), price => Assert.Equal(("shop", Given.Gbp), (price.SalesChannel, price.Currency)));
        Assert.Equal(4, Shop.Events(ShopifyTopics.ProductsUpdate, body).Select(e => e.Header.Id).Distinct().Count());
    }

    [Fact]
    public void The_shops_own_ids_are_kept()
    {
        var product = Products(Shop.Product(Small))[0];
        Assert.Equal(
            new Dictionary<string, string>
            {
                ["product"] = "500",
                ["variant"] = "1",
                ["inventory_item"] = "901",
            },
            product.ChannelIds
        );
        Assert.Equal(("Clothes", "Acme", true), (product.Category, product.Brand, product.Active));
    }

    [Fact]
    public void A_product_of_one_variant_has_the_products_title() =>
        Assert.Equal("Shirt", Products(Shop.Product(Small.Replace("\"S\"", "\"Default Title\"", StringComparison.Ordinal)))[0].Title);

    [Theory]
    [InlineData("active", true)]
    [InlineData("draft", false)]
    [InlineData("archived", false)]
    public void Only_an_active_product_is_sold(string status, bool active) =>
        Assert.Equal(active, Products(Shop.Product(Small).Replace("\"active\"", $"\"{status}\"", StringComparison.Ordinal))[0].Active);

    [Fact]
    public void A_later_update_is_another_event() =>
        Assert.NotEqual(
            Shop.Events(ShopifyTopics.ProductsUpdate, Shop.Product(Small))[0].Header.Id,
            Shop.Events(ShopifyTopics.ProductsUpdate, Shop.Product(Small).Replace("12:00:00Z", "12:00:01Z", StringComparison.Ordinal))[
                0
            ].Header.Id
        );

    [Theory]
    [InlineData("\"price\":\"19.99\"", "\"price\":null", "variants[0].price")]
    [InlineData("\"price\":\"19.99\"", "\"price\":\"19,99\"", "variants[0].price")]
    [InlineData("\"24.99\"", "[]", "variants[0].compare_at_price")]
    [InlineData("\"id\":1,", "", "variants[0].id")]
    [InlineData("\"title\":\"Shirt\"", "\"title\":\"\"", "title")]
    [InlineData("\"inventory_item_id\":901", "\"inventory_item_id\":false", "variants[0].inventory_item_id")]
    [InlineData("\"id\":500,", "", "id")]
    [InlineData("\"updated_at\":\"2026-02-28T12:00:00Z\",", "", "created_at")]
    [InlineData("\"variants\":[", "\"variants\":[1,", "variants[0]")]
    public void A_wrong_field_is_named_by_its_path(string there, string wrong, string field) =>
        Assert.Equal(
            field,
            Shop.Rejected(ShopifyTopics.ProductsUpdate, Shop.Product(Small).Replace(there, wrong, StringComparison.Ordinal)).Field
        );
}
