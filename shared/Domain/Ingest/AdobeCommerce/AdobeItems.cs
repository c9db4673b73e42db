using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// The lines of an order's items. A configurable product and the variant that was chosen are two items: the parent has the money, both
/// have the variant's SKU. Of a bundle the parts are the goods, and either the bundle or its parts have the money.
/// </summary>
internal static class AdobeItems
{
    private static readonly string[] WithoutStock = ["virtual", "downloadable", "giftcard"];

    public static IEnumerable<ShopLine> Of(IReadOnlyList<JsonFields> items, AdobeMoney money)
    {
        var parents = new Dictionary<string, JsonFields>(StringComparer.Ordinal);
        foreach (var item in items)
            if ((item.OptionalId("item_id") ?? item.OptionalId("id")) is { } id)
                parents[id] = item;
        foreach (var item in items)
        {
            var units = item.OptionalNumber("qty_ordered") ?? item.Number("qty");
            var type = item.OptionalText("product_type") ?? "simple";
            var parent =
                item.OptionalId("parent_item_id") is { } above && parents.TryGetValue(above, out var found) ? found : (JsonFields?)null;
            if (parent is { } holder)
            {
                if (holder.OptionalText("product_type") == "bundle")
                    yield return Part(item, units, money, PartsHaveMoney(holder, items, money));
                continue;
            }
            if (type == "bundle" && !PartsHaveMoney(item, items, money))
                yield return money.Line(item, units, null);
            else if (type != "bundle")
                yield return money.Line(item, units, WithoutStock.Contains(type) ? null : item.StockSku(), KindOf(type));
        }
    }

    private static ShopLine Part(JsonFields item, decimal units, AdobeMoney money, bool hasMoney)
    {
        var line = money.Line(item, units, item.StockSku());
        return hasMoney ? line : line with { Before = 0, After = 0, Tax = 0 };
    }

    private static bool PartsHaveMoney(JsonFields bundle, IReadOnlyList<JsonFields> items, AdobeMoney money)
    {
        var id = bundle.OptionalId("item_id") ?? bundle.OptionalId("id");
        return items.Any(i => i.OptionalId("parent_item_id") == id && money.Amount(i, "row_total") > 0);
    }

    private static UnstockedKind KindOf(string type) => type == "giftcard" ? UnstockedKind.GiftCard : UnstockedKind.Other;
}
