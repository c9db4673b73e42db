namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>What several of Shopify's resources have in common.</summary>
internal static class ShopifyFields
{
    extension(JsonFields fields)
    {
        /// <summary>
        /// An amount in the shop's currency: of <c>NAME_set</c> where it is there, else the plain field, which Shopify documents to be
        /// the same.
        /// </summary>
        public decimal? ShopAmount(string name) =>
            fields.OptionalObject($"{name}_set")?.OptionalObject("shop_money")?.OptionalNumber("amount") ?? fields.OptionalNumber(name);

        /// <summary>
        /// Whether a line is money and no stock: a tip, a gift card, or one that names neither a SKU nor a variant nor a product.
        /// </summary>
        public bool Unstocked =>
            fields.Has("tip")
            || fields.Flag("gift_card")
            || (fields.OptionalText("sku") is null && fields.OptionalId("variant_id") is null && fields.OptionalId("product_id") is null);

        /// <summary>The SKU of a line or a variant; where the shop gives it none, its variant's or product's id stands for it.</summary>
        public Sku Sku(string variantField)
        {
            if (fields.OptionalSku("sku") is { } own)
                return own;
            if (fields.OptionalId(variantField) is { } variant)
                return new Sku(fields.Checked(variantField, $"shopify-variant-{variant}"));
            return fields.OptionalId("product_id") is { } product
                ? new Sku(fields.Checked("product_id", $"shopify-product-{product}"))
                : throw new FieldException(fields.PathOf("sku"), "is missing, and so are variant_id and product_id");
        }
    }
}
