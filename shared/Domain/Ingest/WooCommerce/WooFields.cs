using System.Net;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>What several of WooCommerce's resources have in common.</summary>
internal static class WooFields
{
    extension(JsonFields fields)
    {
        /// <summary>
        /// A time in UTC: <c>NAME_gmt</c>, which has no offset. Where an old shop leaves it out, the shop's own time is taken for UTC.
        /// </summary>
        public DateTimeOffset? OptionalUtc(string name) => fields.OptionalTime($"{name}_gmt") ?? fields.OptionalTime(name);

        public DateTimeOffset Utc(string name) => fields.OptionalUtc(name) ?? fields.Time($"{name}_gmt");

        /// <summary>A text as people read it: WooCommerce sends <c>&amp;ndash;</c> for a dash.</summary>
        public string? Words(string name) =>
            fields.OptionalText(name) is { } text ? Clip.To(WebUtility.HtmlDecode(text), Limits.Text) : null;

        /// <summary>An id; 0 is WooCommerce's word for none.</summary>
        public string? OptionalReference(string name) => fields.OptionalId(name) is { } id and not "0" ? id : null;

        /// <summary>An amount without its sign: refunds are negative in some places and positive in others.</summary>
        public decimal Size(string name) => Math.Abs(fields.OptionalNumber(name) ?? 0);

        /// <summary>Whether a line is money and no stock: it names neither a SKU nor a product.</summary>
        public bool IsOfNoStock =>
            fields.OptionalText("sku") is null
            && fields.OptionalReference("product_id") is null
            && fields.OptionalReference("variation_id") is null;

        /// <summary>The SKU of a line or a product; where the shop gives it none, the variation's or product's id stands for it.</summary>
        public Sku StockSku(string variationField, string productField)
        {
            if (fields.OptionalSku("sku") is { } own)
                return own;
            if (fields.OptionalReference(variationField) is { } variation)
                return new Sku(fields.Checked(variationField, $"woocommerce-variation-{variation}"));
            return fields.OptionalReference(productField) is { } product
                ? new Sku(fields.Checked(productField, $"woocommerce-product-{product}"))
                : throw new FieldException(fields.PathOf("sku"), "is missing, and so is the product's id");
        }
    }
}
