namespace Stockgate.Domain.Tests.Ingest.BigCommerce;

/// <summary>The vendor's own examples.</summary>
public class BigCommerceVendorFixtureTests
{
    private const string Folder = "webhooks/bigcommerce";

    private static readonly string Variant = """{"id":509,"sku":"MUG","option_values":[]}""";

    private readonly VendorShop shop = BigCommerceDeliveries.Shop();

    private static string Text(string name) => File.ReadAllText(SharedData.Find($"{Folder}/{name}.json")!);

    [SharedDataTheory(Folder)]
    [InlineData("store_order_created")]
    [InlineData("store_order_statusUpdated")]
    [InlineData("store_product_updated")]
    public void A_thin_event_is_ignored_with_what_to_set(string name) =>
        Assert.Contains("ApiToken", shop.Translate(Text(name)).IgnoredBecause, StringComparison.Ordinal);

    [SharedDataFact($"{Folder}/store_sku_inventory_updated.json")]
    public void The_vendors_figure_of_a_sku_is_a_count_of_five()
    {
        shop.Events(BigCommerceDeliveries.Product(Variant));
        Assert.Equal(5m, shop.The<StockCounted>(Text("store_sku_inventory_updated")).Quantity?.Value);
    }

    [SharedDataFact($"{Folder}/store_product_inventory_updated.json")]
    public void The_vendors_figure_of_an_unknown_product_waits_in_quarantine() =>
        Assert.Equal("data.inventory.product_id", shop.Translate(Text("store_product_inventory_updated")).Rejection?.Field);

    [SharedDataFact($"{Folder}/doc_https-webhook-overview_01.json")]
    public void An_answer_of_the_api_is_no_event() =>
        Assert.Equal("scope", shop.Translate(Text("doc_https-webhook-overview_01")).Rejection?.Field);
}
