using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// Makes data, prices and stock of a product's variants, as the catalog of V3 has them. Facts:
/// https://developer.bigcommerce.com/docs/rest-catalog/products
/// </summary>
internal static class BigCommerceProduct
{
    public static string VariantItem(string variant) => $"variant-{variant}";

    public static string ProductItem(string product) => $"product-{product}";

    /// <summary>The SKU of an order's product or of a variant; where it has none, the variant or the product stands for it.</summary>
    public static Sku SkuOf(JsonFields fields, string variantField)
    {
        if (fields.OptionalSku("sku") is { } own)
            return own;
        if (fields.OptionalId(variantField) is { } variant and not "0")
            return new Sku(fields.Checked(variantField, $"bigcommerce-variant-{variant}"));
        return fields.OptionalId("product_id") is { } product and not "0"
            ? new Sku(fields.Checked("product_id", $"bigcommerce-product-{product}"))
            : throw new FieldException(fields.PathOf("sku"), "is missing, and so are the ids of variant and product");
    }

    public static IEnumerable<TranslatedEvent> Of(JsonFields product, ShopEvents events, DateTimeOffset at, string mark)
    {
        var (id, title) = (product.Id("id"), product.OptionalText("name") ?? "unnamed product");
        at = BigCommerceOrder.Time(product, "date_modified") ?? at;
        var variants = product.List("variants");
        foreach (var variant in variants)
        {
            var (sku, number) = (SkuOf(variant, "id"), variant.Id("id"));
            yield return events.Told(
                $"variant:{number}:{mark}",
                at,
                new ProductUpdated
                {
                    Sku = sku,
                    Title = Clip.To(TitleOf(variant, title), Limits.Text),
                    Active = !product.Has("is_visible") || product.Flag("is_visible"),
                    // Of a product with one variant, its inventory events name the product alone.
                    ChannelIds = new Dictionary<string, string>
                    {
                        ["product"] = id,
                        ["variant"] = number,
                        ["inventory_item"] = variants.Count == 1 ? ProductItem(id) : VariantItem(number),
                    },
                }
            );
            if (Price(product, variant, sku, events.Shop) is { } price)
                yield return events.Told($"variant:{number}:{mark}:price", at, price);
        }
    }

    public static TranslatedEvent Counted(JsonFields inventory, string item, Found found, ShopEvents events, DateTimeOffset at)
    {
        var sku =
            found.SkuOf(item)
            ?? throw new FieldException(
                inventory.PathOf(inventory.Has("variant_id") ? "variant_id" : "product_id"),
                $"is of {item}, which is unknown: save its product, so that store/product/updated is sent, then replay this record"
            );
        var units = inventory.Number("value");
        return events.Told(
            ItemLevels.IdOf(item, "store", FormattableString.Invariant($"{at.ToUnixTimeSeconds()}:{units}")),
            at,
            new StockCounted
            {
                Sku = sku,
                Location = events.Shop.DefaultLocation,
                Basis = CountBasis.Available,
                Quantity = new Quantity(units),
            }
        );
    }

    private static PriceChanged? Price(JsonFields product, JsonFields variant, Sku sku, ChannelShop shop)
    {
        if ((variant.OptionalNumber("price") ?? product.OptionalNumber("price")) is not { } price)
            return null;
        var sale = variant.OptionalNumber("sale_price") ?? product.OptionalNumber("sale_price");
        var isReduced = sale is > 0 && sale < price;
        return new()
        {
            Sku = sku,
            Price = isReduced ? sale!.Value : price,
            Currency = shop.Currency,
            SalesChannel = shop.Channel.Value,
            CompareAt = isReduced ? price : null,
        };
    }

    private static string TitleOf(JsonFields variant, string title)
    {
        var options = variant.List("option_values").Select(static o => o.OptionalText("label")).OfType<string>().ToList();
        return options.Count == 0 ? title : $"{title} · {string.Join(" · ", options)}";
    }
}
