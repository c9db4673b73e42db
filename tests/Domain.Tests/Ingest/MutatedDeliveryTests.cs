using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Tests.Ingest.AdobeCommerce;
using Stockgate.Domain.Tests.Ingest.BigCommerce;
using Stockgate.Domain.Tests.Ingest.Commercetools;
using Stockgate.Domain.Tests.Ingest.Shopify;
using Stockgate.Domain.Tests.Ingest.Shopware;
using Stockgate.Domain.Tests.Ingest.Square;
using Stockgate.Domain.Tests.Ingest.Vendors;
using Stockgate.Domain.Tests.Ingest.WooCommerce;

namespace Stockgate.Domain.Tests.Ingest;

/// <summary>Damaged deliveries end in events that obey their rules, in a rejection with a reason, or are ignored with one.</summary>
public class MutatedDeliveryTests
{
    private const int Mutations = 10_000;

    private static readonly string WooOrder = WooShop.Order(
        "completed",
        more: ""","date_paid_gmt":"2026-02-28T10:00:03","transaction_id":"pi_1","shipping":{"country":"GB","postcode":"SW1A 1AA"},"fee_lines":[{"id":5,"name":"Wrap","total":"2.00","total_tax":"0.10"}],"shipping_lines":[{"total":"10.00"}],"refunds":[{"id":730,"total":"-3.23"}]"""
    );

    private const string WooProduct =
        """{"id":794,"name":"Mug","type":"simple","status":"publish","sku":"MUG","date_modified_gmt":"2026-02-28T10:00:00","price":"8.00","regular_price":"10.00","manage_stock":true,"stock_quantity":7,"categories":[{"name":"Kitchen"}],"attributes":[{"name":"Color","option":"Black"}]}""";

    public static TheoryData<string, string, string> Deliveries =>
        new()
        {
            { "woocommerce", "order.updated", WooOrder },
            { "woocommerce", "refund.created", WooShop.Refund(WooShop.RefundedMug, "3.23") },
            { "woocommerce", "product.updated", WooProduct },
            { "shopify", ShopifyTopics.OrdersCreate, Shop.Order() },
            { "shopify", ShopifyTopics.RefundsCreate, Shop.Refund(Shop.RefundItem("\"return\"")) },
            { "shopify", ShopifyTopics.FulfillmentsCreate, Shop.Fulfilment() },
            { "shopify", ShopifyTopics.InventoryLevelsUpdate, Shop.Level() },
        };

    [Theory]
    [MemberData(nameof(Deliveries))]
    public void No_damage_ends_in_a_fault_or_in_an_event_that_breaks_a_rule(string system, string topic, string body)
    {
        for (var seed = 0; seed < Mutations; seed++)
        {
            var mutated = MutatedJson.Of(body, seed);
            var translation = system == "shopify" ? Shop.Translate(topic, mutated, "MUG") : WooShop.Translate(topic, mutated);
            Assert.True(
                translation.Events.Count > 0
                    || translation.Rejection is not null
                    || translation.IgnoredBecause is not null
                    || system == "shopify",
                $"seed {seed}: nothing is said of {mutated}"
            );
            Assert.All(translation.Events, made => Assert.True(made.Data.Check() is null, $"seed {seed}: {made.Data.Check()}"));
        }
    }

    // Everything that a receipt can have, so that no field escapes.
    private static readonly Sale Full = new()
    {
        Shipping = 5.00m,
        ShippingTax = 0.50m,
        LineDiscount = 1.00m,
        OrderDiscount = 2.00m,
        Tip = 1.00m,
        Fee = 2.00m,
    };

    private static readonly GivenBack Back = new(3.30m, Units: 1, Tax: 0.30m, Restock: true);

    private static Vendor Open(string vendor) =>
        vendor switch
        {
            "commercetools" => new CommercetoolsVendor(Given.Eur, "shop"),
            "square" => new SquareVendor(Given.Eur, "shop"),
            "adobe-commerce" => new AdobeCommerceVendor(Given.Eur, "shop"),
            "shopware" => new ShopwareVendor(Given.Eur, "shop"),
            "mapping" => new MappedVendor("shop"),
            _ => new BigCommerceVendor(Given.Eur, "shop"),
        };

    [Theory]
    [InlineData("commercetools")]
    [InlineData("square")]
    [InlineData("adobe-commerce")]
    [InlineData("shopware")]
    [InlineData("mapping")]
    [InlineData("bigcommerce")]
    public void No_damage_of_a_vendors_delivery_ends_in_a_fault(string name)
    {
        var vendor = Open(name);
        string[] deliveries =
        [
            .. vendor
                .Placed(Full)
                .Concat(vendor.Refunded(Full, Back) ?? [])
                .Concat(vendor.Shipped(Full, "shipped") ?? [])
                .Select(static d => d.Body),
            .. Others(name),
        ];
        // What later ones need is known.
        foreach (var delivery in deliveries)
            Assert.Null(vendor.Translate("", delivery).Rejection);
        for (var seed = 0; seed < Mutations; seed++)
        {
            var mutated = MutatedJson.Of(deliveries[seed % deliveries.Length], seed);
            var translation = vendor.Translate("", mutated);
            Assert.True(
                translation.Events.Count > 0 || translation.Rejection is not null || translation.IgnoredBecause is not null,
                $"seed {seed}: nothing is said of {mutated}"
            );
            Assert.All(translation.Events, made => Assert.True(made.Data.Check() is null, $"seed {seed}: {made.Data.Check()}"));
        }
    }

    private static string[] Others(string vendor) =>
        vendor switch
        {
            "commercetools" =>
            [
                CommercetoolsDeliveries.Message(
                    "InventoryEntryCreated",
                    """ "inventoryEntry":{"id":"i-1","sku":"MUG","supplyChannel":{"typeId":"channel","id":"wh-1"},"quantityOnStock":9,"availableQuantity":7} """
                ),
                CommercetoolsDeliveries.Message(
                    "StandalonePriceCreated",
                    $"\"standalonePrice\":{{\"id\":\"sp-1\",\"sku\":\"MUG\",\"country\":\"DE\",\"value\":{CommercetoolsDeliveries.Money(1000)}}}"
                ),
                CommercetoolsDeliveries.Message(
                    "ProductPublished",
                    $"\"productProjection\":{{\"id\":\"p-1\",\"name\":{{\"en\":\"Mug\"}},\"masterVariant\":{{\"id\":1,\"sku\":\"MUG\",\"prices\":[{{\"value\":{CommercetoolsDeliveries.Money(1000)}}}]}}}}"
                ),
            ],
            "square" => [SquareDeliveries.Count(), SquareDeliveries.ItemCatalog],
            "adobe-commerce" =>
            [
                AdobeDeliveries.Event("sales_order_save_after", AdobeDeliveries.Order()),
                AdobeDeliveries.Event("catalog_product_save_after", AdobeDeliveries.Product),
                AdobeDeliveries.Event("cataloginventory_stock_item_save_after", AdobeDeliveries.Stock),
            ],
            "mapping" => [],
            "shopware" => [ShopwareDeliveries.OrderEvent("state_enter.order_transaction.state.paid", ShopwareDeliveries.Order())],
            _ =>
            [
                BigCommerceDeliveries.Product("""{"id":509,"sku":"MUG","price":9,"option_values":[{"label":"Red"}]}"""),
                BigCommerceDeliveries.Stock("""{"product_id":206,"method":"absolute","value":5,"variant_id":509}"""),
            ],
        };
}
