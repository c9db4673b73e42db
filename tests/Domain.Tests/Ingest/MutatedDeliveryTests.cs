using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Domain.Tests.Ingest.Shopify;
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
}
