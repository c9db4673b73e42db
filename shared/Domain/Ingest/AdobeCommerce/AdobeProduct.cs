using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Makes data, price and stock of a product. A stock item names the product by its id; its quantity is what stands there, open orders
/// included. Facts: https://developer.adobe.com/commerce/extensibility/events/events-reference
/// </summary>
internal static class AdobeProduct
{
    private static readonly string[] WithoutPrice = ["configurable", "bundle", "grouped"];

    public static IEnumerable<TranslatedEvent> Of(JsonFields product, ShopEvents events, DateTimeOffset at, string mark)
    {
        var sku = product.OptionalSku("sku") ?? throw new FieldException(product.PathOf("sku"), "is missing");
        var id = product.OptionalId("entity_id") ?? product.OptionalId("id");
        at = product.OptionalTime("updated_at") ?? at;
        var cost = product.OptionalNumber("cost");
        yield return events.Told(
            $"product:{sku}:{mark}",
            at,
            new ProductUpdated
            {
                Sku = sku,
                Title = Clip.To(product.OptionalText("name") ?? sku.Value, Limits.Text),
                Active = product.OptionalId("status") is null or "1",
                UnitCost = cost,
                Currency = cost is null ? null : events.Shop.Currency,
                ChannelIds = id is null ? null : new Dictionary<string, string> { ["product"] = id, ["inventory_item"] = id },
            }
        );
        if (product.OptionalNumber("price") is { } price && !WithoutPrice.Contains(product.OptionalText("type_id")))
            yield return events.Told($"product:{sku}:{mark}:price", at, Price(product, sku, price, events.Shop, at));
    }

    public static TranslatedEvent Counted(JsonFields stock, Found found, ShopEvents events, DateTimeOffset at, string mark)
    {
        var item = stock.Id("product_id");
        var sku =
            stock.OptionalSku("sku")
            ?? found.SkuOf(item)
            ?? throw new FieldException(
                stock.PathOf("product_id"),
                $"{item} is unknown: save its product, so that catalog_product_save_after is sent, then replay this record"
            );
        var isCounted = !stock.Has("manage_stock") || stock.IsSet("manage_stock") || stock.IsSet("use_config_manage_stock");
        var place = stock.OptionalId("stock_id") ?? "1";
        return events.Told(
            ItemLevels.IdOf(item, place, mark),
            at,
            new StockCounted
            {
                Sku = sku,
                // The default stock has no place of its own.
                Location =
                    place == "1" && !events.Shop.Locations.ContainsKey(place) ? events.Shop.DefaultLocation : events.Shop.LocationOf(place),
                Basis = CountBasis.OnHand,
                Quantity = isCounted && stock.OptionalNumber("qty") is { } units ? new Quantity(units) : null,
            },
            at.UtcTicks
        );
    }

    private static PriceChanged Price(JsonFields product, Sku sku, decimal price, ChannelShop shop, DateTimeOffset at)
    {
        var special = product.OptionalNumber("special_price");
        var isOn = product.OptionalDay("special_from_date") is not { } from || from <= at;
        // The last day is a whole one.
        var isOver = product.OptionalDay("special_to_date") is { } to && at - to >= TimeSpan.FromDays(1);
        var reduced = isOn && !isOver && special is { } given && given < price;
        return new()
        {
            Sku = sku,
            Price = reduced ? special!.Value : price,
            Currency = shop.Currency,
            SalesChannel = shop.Channel.Value,
            CompareAt = reduced ? price : null,
        };
    }
}
