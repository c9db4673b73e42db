using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes data and prices of a published product's variants. Of embedded prices the one for every customer counts, in the shop's currency.
/// Facts: https://docs.commercetools.com/api/projects/productProjections
/// </summary>
internal static class CommercetoolsProduct
{
    /// <summary>The variants that have a SKU.</summary>
    public static IReadOnlyList<JsonFields> VariantsOf(JsonFields message)
    {
        if (message.OptionalObject("productProjection") is not { } product)
            return [];
        var all = product.List("variants").AsEnumerable();
        if (product.OptionalObject("masterVariant") is { } master)
            all = all.Prepend(master);
        return [.. all.Where(static v => v.OptionalText("sku") is not null)];
    }

    public static IEnumerable<TranslatedEvent> Of(JsonFields message, CommercetoolsSaying said)
    {
        var product = message.OptionalObject("productProjection")!.Value;
        var title = product.FirstText("name") ?? product.OptionalText("key") ?? "unnamed product";
        foreach (var variant in VariantsOf(message))
        {
            var (sku, number) = (variant.OptionalSku("sku")!.Value, variant.OptionalId("id") ?? "1");
            var ids = new Dictionary<string, string> { ["variant"] = number };
            if (product.OptionalId("id") is { } id)
                ids["product"] = id;
            yield return said.Event(
                $"product:{said.Mark}:{number}",
                new ProductUpdated
                {
                    Sku = sku,
                    Title = Clip.To(title, Limits.Text),
                    Active = !product.Has("published") || product.Flag("published"),
                    ChannelIds = ids,
                }
            );
            if (PriceOf(variant, said) is { } price)
                yield return said.Event($"product:{said.Mark}:{number}:price", CommercetoolsPrice.Changed(price, sku, null, said.Shop));
        }
    }

    private static JsonFields? PriceOf(JsonFields variant, CommercetoolsSaying said)
    {
        var general = variant
            .List("prices")
            .Where(p => CommercetoolsPrice.IgnoredBecause(p, said.At) is null && !p.Has("country"))
            .Where(p => p.OptionalObject("value")?.OptionalCurrency("currencyCode") == said.Shop.Currency)
            .ToList();
        return general.Count == 0 ? null : general[0];
    }
}
