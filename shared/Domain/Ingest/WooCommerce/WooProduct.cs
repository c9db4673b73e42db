using System.Text.Json;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>
/// Makes a product's data, price and stock of a delivery, of a product or of one variation. <c>price</c> is what customers pay now,
/// <c>regular_price</c> what it is without a sale. Stock is what can still be sold: WooCommerce takes open orders off it. Facts:
/// https://woocommerce.github.io/woocommerce-rest-api-docs/#product-properties
/// </summary>
internal static class WooProduct
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields product, JsonElement body, ShopEvents events, DateTimeOffset now)
    {
        var (id, type) = (product.Id("id"), product.OptionalText("type") ?? (product.Has("attributes") ? "variation" : "simple"));
        var at = product.OptionalUtc("date_modified") ?? product.Utc("date_created");
        // Times are whole seconds, and two figures of one second are two: the body tells them apart.
        var (mark, sequence) = (DeliveryHeaders.Digest(body.GetRawText()), now.UtcTicks);
        var isVariation = !product.Has("name") || type == "variation" || product.OptionalReference("parent_id") is not null;
        var sku = isVariation ? product.StockSku("id", "parent_id") : product.StockSku("variation_id", "id");
        yield return events.Of($"product:{id}:{mark}", at, Data(product, id, sku, isVariation, events.Shop), sequence);
        // What a product with variations shows is the lowest price of them, and a group is sold by its parts.
        if (type is not ("variable" or "grouped") && product.OptionalNumber("price") is { } price)
            yield return events.Of($"product:{id}:{mark}:price", at, Price(product, sku, price, events.Shop), sequence);
        yield return events.Of($"product:{id}:{mark}:stock", at, Stock(product, sku, events.Shop), sequence);
    }

    private static ProductUpdated Data(JsonFields product, string id, Sku sku, bool isVariation, ChannelShop shop)
    {
        var ids = new Dictionary<string, string> { [isVariation ? "variation" : "product"] = id };
        if (isVariation && product.OptionalReference("parent_id") is { } parent)
            ids["product"] = parent;
        var cost = product.OptionalObject("cost_of_goods_sold")?.OptionalNumber("total_value");
        return new()
        {
            Sku = sku,
            Title = Title(product, id),
            Category = First(product, "categories"),
            Brand = First(product, "brands"),
            Active = product.OptionalText("status") is null or "publish",
            UnitCost = cost,
            Currency = cost is null ? null : shop.Currency,
            ChannelIds = ids,
        };
    }

    private static PriceChanged Price(JsonFields product, Sku sku, decimal price, ChannelShop shop) =>
        new()
        {
            Sku = sku,
            Price = price,
            Currency = shop.Currency,
            SalesChannel = shop.Channel.Value,
            CompareAt = product.OptionalNumber("regular_price") is { } regular && regular > price ? regular : null,
        };

    // Without a figure of its own, one of before holds no more: a variation may share its product's, or nobody counts it now.
    private static StockCounted Stock(JsonFields product, Sku sku, ChannelShop shop) =>
        new()
        {
            Sku = sku,
            Location = shop.DefaultLocation,
            Basis = CountBasis.Available,
            Quantity = product.Flag("manage_stock") && product.OptionalNumber("stock_quantity") is { } units ? new Quantity(units) : null,
        };

    // A variation may come without a name: its options say which it is.
    private static string Title(JsonFields product, string id)
    {
        if (product.Words("name") is { } name)
            return name;
        var options = product.List("attributes").Select(static a => a.Words("option")).OfType<string>().ToList();
        return options.Count == 0 ? $"variation {id}" : Clip.To(string.Join(" · ", options), Limits.Text);
    }

    private static string? First(JsonFields product, string list) =>
        product.List(list).Select(static item => item.Words("name")).FirstOrDefault(static name => name is not null);
}
