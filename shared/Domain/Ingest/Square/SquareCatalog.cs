using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes data and prices of item variations, as ListCatalog and RetrieveCatalogObject answer. Facts:
/// https://developer.squareup.com/reference/square/objects/CatalogItemVariation
/// </summary>
internal static class SquareCatalog
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields answer, ShopEvents events, DateTimeOffset now)
    {
        var all = answer.List("objects").AsEnumerable();
        if (answer.OptionalObject("object") is { } one)
            all = all.Append(one);
        var items = all.Where(static o => o.OptionalObject("item_data") is not null).ToList();
        if (items.Count == 0)
            throw new FieldException("objects", "has no object of type ITEM");
        return items.SelectMany(item => Item(item, events, now));
    }

    private static IEnumerable<TranslatedEvent> Item(JsonFields item, ShopEvents events, DateTimeOffset now)
    {
        var data = item.OptionalObject("item_data")!.Value;
        var title = data.OptionalText("name") ?? "unnamed item";
        foreach (var variation in data.List("variations"))
        {
            if (variation.OptionalObject("item_variation_data") is not { } about)
                continue;
            var id = variation.Id("id");
            var sku = about.OptionalSku("sku") ?? new Sku(variation.Checked("id", $"square-variation-{id}"));
            var at = variation.OptionalTime("updated_at") ?? item.OptionalTime("updated_at") ?? now;
            var version = variation.OptionalId("version") ?? item.OptionalId("version") ?? "1";
            var name = about.OptionalText("name") is { } own && !own.Equals("Regular", StringComparison.OrdinalIgnoreCase) ? own : null;
            yield return events.Told(
                $"variation:{id}:{version}",
                at,
                new ProductUpdated
                {
                    Sku = sku,
                    Title = Clip.To(name is null ? title : $"{title} · {name}", Limits.Text),
                    Active = !item.Flag("is_deleted") && !variation.Flag("is_deleted") && !data.Flag("is_archived"),
                    ChannelIds = new Dictionary<string, string> { ["item"] = item.Id("id"), ["inventory_item"] = id },
                }
            );
            // A variable price is asked for at the till.
            if (about.OptionalAmount("price_money", events.Shop.Currency) is { } price)
                yield return events.Told(
                    $"variation:{id}:{version}:price",
                    at,
                    new PriceChanged
                    {
                        Sku = sku,
                        Price = price,
                        Currency = about.CurrencyOf("price_money", events.Shop.Currency),
                        SalesChannel = events.Shop.Channel.Value,
                    }
                );
        }
    }
}
