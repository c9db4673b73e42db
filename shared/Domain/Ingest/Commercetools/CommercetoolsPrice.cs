using System.Globalization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes a price of a standalone price that holds for every customer. Its country is the region. Facts:
/// https://docs.commercetools.com/api/projects/standalone-prices
/// </summary>
internal static class CommercetoolsPrice
{
    private const string Region = "region",
        Special = "special",
        CurrencyCode = "currency",
        Value = "value";

    /// <returns>Why a price is not the one that customers pay now; null where it is.</returns>
    public static string? IgnoredBecause(JsonFields price, DateTimeOffset now)
    {
        if (price.Has("customerGroup") || price.Has("channel") || price.Has("recurrencePolicy"))
            return "a price of a customer group, a channel or a subscription is not what every customer pays";
        if (price.OptionalTime("validFrom") > now || price.OptionalTime("validUntil") < now)
            return "the price is not valid now";
        return price.Has("active") && !price.Flag("active") ? "the price is not active" : null;
    }

    public static string? IgnoredBecause(Found known) =>
        known.Meanings.ContainsKey(Special)
            ? "a price of a customer group, a channel or a subscription is not what every customer pays"
            : null;

    public static TranslatedEvent Of(JsonFields price, CommercetoolsSaying said)
    {
        var sku = price.OptionalSku("sku") ?? throw new FieldException(price.PathOf("sku"), "is missing");
        return said.Event($"price:{said.Mark}", Changed(price, sku, price.OptionalText("country"), said.Shop));
    }

    public static TranslatedEvent Changed(string type, JsonFields message, CommercetoolsSaying said)
    {
        var known = said.Found.Meanings;
        if (!known.TryGetValue(CommercetoolsIds.Sku, out var sku))
            throw new FieldException(
                message.PathOf("resource.id"),
                "is a price that is unknown: post its StandalonePriceCreated, then replay this record"
            );
        if (type != "StandalonePriceDiscountSet")
            return said.Event($"price:{said.Mark}", Changed(message, new Sku(sku), known.GetValueOrDefault(Region), said.Shop));
        return said.Event($"price:{said.Mark}", Reduced(message, new Sku(sku), said));
    }

    // The message holds the discounted price alone, or none where the discount ended: then the price as it was last told holds again.
    private static PriceChanged Reduced(JsonFields message, Sku sku, CommercetoolsSaying said)
    {
        var known = said.Found.Meanings;
        var isKnown = decimal.TryParse(known.GetValueOrDefault(Value), NumberStyles.Number, CultureInfo.InvariantCulture, out var whole);
        var discounted = message.OptionalObject("discounted");
        var price = discounted?.Amount(Value);
        if (price is null && !isKnown)
            throw new FieldException(
                message.PathOf("discounted"),
                "ended, and the price is unknown: post the price, then replay this record"
            );
        return new()
        {
            Sku = sku,
            Price = price ?? whole,
            Currency = discounted?.OptionalObject(Value)?.OptionalCurrency("currencyCode") ?? Known(known) ?? said.Shop.Currency,
            SalesChannel = said.Shop.Channel.Value,
            Region = known.GetValueOrDefault(Region),
            CompareAt = isKnown && price < whole ? whole : null,
        };
    }

    private static Currency? Known(IReadOnlyDictionary<string, string> known) =>
        Currency.TryParse(known.GetValueOrDefault(CurrencyCode), out var currency) ? currency : null;

    /// <summary>What is kept of a price: later messages name its id alone.</summary>
    public static Dictionary<string, string> Meanings(JsonFields price)
    {
        var special = price.Has("customerGroup") || price.Has("channel") || price.Has("recurrencePolicy");
        return CommercetoolsIds.Pairs(
            (CommercetoolsIds.Sku, price.OptionalText("sku")),
            (Region, price.OptionalText("country")),
            (Value, price.OptionalAmount(Value)?.ToString(CultureInfo.InvariantCulture)),
            (CurrencyCode, price.OptionalObject(Value)?.OptionalText("currencyCode")),
            (Special, special ? "yes" : null)
        );
    }

    /// <summary>A price with its discounted one where it has one.</summary>
    public static PriceChanged Changed(JsonFields price, Sku sku, string? region, ChannelShop shop)
    {
        var whole = price.Amount(Value);
        var reduced = price.OptionalObject("discounted")?.OptionalAmount(Value);
        return new()
        {
            Sku = sku,
            Price = reduced ?? whole,
            Currency = price.OptionalObject(Value)?.OptionalCurrency("currencyCode") ?? shop.Currency,
            SalesChannel = shop.Channel.Value,
            Region = region,
            CompareAt = reduced < whole ? whole : null,
        };
    }
}
