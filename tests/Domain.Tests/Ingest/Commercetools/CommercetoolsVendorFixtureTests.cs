namespace Stockgate.Domain.Tests.Ingest.Commercetools;

/// <summary>The vendor's own examples.</summary>
public class CommercetoolsVendorFixtureTests
{
    private const string Folder = "webhooks/commercetools";

    private readonly VendorShop shop = CommercetoolsDeliveries.Shop();

    private static string Text(string name) => File.ReadAllText(SharedData.Find($"{Folder}/{name}.example.json")!);

    [SharedDataFact($"{Folder}/order.example.json")]
    public void The_vendors_order_comes_to_its_price_and_the_tax_of_its_line() =>
        Assert.Equal(11.00m, OrderMoney.Of(shop.OrderAfter(Text("order"))).Total);

    [SharedDataFact($"{Folder}/inventory.example.json")]
    public void The_vendors_inventory_entry_is_a_count_of_four()
    {
        var counted = shop.The<StockCounted>(Text("inventory"));
        Assert.Equal(
            ("sku_GIRLS_CREW_variant1_1421832124541", 4m, "online"),
            (counted.Sku.Value, counted.Quantity?.Value, counted.Location.Value)
        );
    }

    [SharedDataTheory(Folder)]
    [InlineData("Subscription__cloudevents-payload")]
    [InlineData("messages")]
    [InlineData("standalone-prices")]
    public void Examples_of_which_nothing_follows_are_ignored_with_a_reason(string name)
    {
        var translation = shop.Translate(Text(name));
        Assert.Null(translation.Rejection);
        Assert.NotNull(translation.IgnoredBecause);
    }

    [SharedDataFact($"{Folder}/approval-flow.example.json")]
    public void A_resource_of_another_kind_is_refused_by_its_missing_type() =>
        Assert.Equal("type", shop.Translate(Text("approval-flow")).Rejection?.Field);
}
