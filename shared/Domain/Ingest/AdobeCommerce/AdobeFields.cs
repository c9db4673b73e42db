using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.AdobeCommerce;

/// <summary>
/// Reads amounts of a resource in the shop's base currency: <c>base_NAME</c>. Where these are left out, the order's own currency is read.
/// </summary>
/// <param name="Currency">Of the amounts.</param>
/// <param name="IsBase">Whether they are the base ones.</param>
internal sealed record AdobeMoney(Currency Currency, bool IsBase)
{
    public static AdobeMoney Of(JsonFields resource, ChannelShop shop)
    {
        var own = resource.OptionalCurrency("base_currency_code");
        var shown = resource.OptionalCurrency("order_currency_code");
        return resource.Has("base_grand_total") ? new(own ?? shop.Currency, true) : new(shown ?? own ?? shop.Currency, false);
    }

    public decimal? Optional(JsonFields fields, string name) =>
        IsBase ? fields.OptionalNumber($"base_{name}") ?? fields.OptionalNumber(name) : fields.OptionalNumber(name);

    public decimal Amount(JsonFields fields, string name) => Optional(fields, name) ?? 0;

    /// <summary>An amount without its sign: discounts are negative on orders and positive on lines.</summary>
    public decimal Size(JsonFields fields, string name) => Math.Abs(Amount(fields, name));

    /// <summary>A line: <c>row_total</c> is without tax and before discounts.</summary>
    public ShopLine Line(JsonFields item, decimal units, Sku? sku, UnstockedKind kind = UnstockedKind.Other)
    {
        var total = Optional(item, "row_total") ?? Amount(item, "price") * units;
        // Tax that a discount of a price with tax leaves within the row.
        var within = Amount(item, "discount_tax_compensation_amount");
        var after = total + within - Size(item, "discount_amount");
        return new ShopLine(AdobeFields.TitleOf(item), units, total + within, after, Amount(item, "tax_amount")) { Sku = sku, Kind = kind };
    }
}

/// <summary>What several of Adobe Commerce's resources have in common.</summary>
internal static class AdobeFields
{
    extension(JsonFields fields)
    {
        /// <summary>Whether a flag is set: sent as true, 1 or "1".</summary>
        public bool IsSet(string name)
        {
            if (fields.Flag(name))
                return true;
            try
            {
                return fields.OptionalId(name) is "1" or "true";
            }
            catch (FieldException)
            {
                return false;
            }
        }

        /// <summary>A day, with or without a time of day.</summary>
        public DateTimeOffset? OptionalDay(string name)
        {
            if (fields.OptionalText(name) is not { Length: >= 10 } text)
                return null;
            return Moment.TryParse(string.Concat(text.AsSpan(0, 10), "T00:00:00Z"), out var day) ? day : null;
        }

        public Sku StockSku()
        {
            if (fields.OptionalSku("sku") is { } own)
                return own;
            return fields.OptionalId("product_id") is { } product
                ? new Sku(fields.Checked("product_id", $"adobe-product-{product}"))
                : throw new FieldException(fields.PathOf("sku"), "is missing, and so is product_id");
        }
    }

    public static string TitleOf(JsonFields item) => item.OptionalText("name") ?? item.OptionalText("sku") ?? "unnamed item";
}
