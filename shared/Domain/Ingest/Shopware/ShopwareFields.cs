namespace Stockgate.Domain.Ingest.Shopware;

/// <summary>What several of Shopware's resources have in common.</summary>
internal static class ShopwareFields
{
    private const string Product = "product";

    extension(JsonFields fields)
    {
        /// <summary>The technical name of an entity's state; null where it was not sent.</summary>
        public string? State => fields.OptionalObject("stateMachineState")?.OptionalText("technicalName");

        public Currency CurrencyOf(ChannelShop shop) => fields.OptionalObject("currency")?.OptionalCurrency("isoCode") ?? shop.Currency;

        /// <summary>Whether tax comes on top of the prices.</summary>
        public bool IsNet => (fields.OptionalObject("price")?.OptionalText("taxStatus") ?? fields.OptionalText("taxStatus")) == "net";

        /// <summary>The tax of a calculated price.</summary>
        public decimal TaxOf(string price) =>
            fields.OptionalObject(price)?.List("calculatedTaxes").Sum(static t => t.OptionalNumber("tax") ?? 0) ?? 0;

        public decimal? TotalOf(string price) => fields.OptionalObject(price)?.OptionalNumber("totalPrice");

        /// <summary>Whether a line is of goods; promotions, credits and custom lines are money.</summary>
        public bool IsGoods => (fields.OptionalText("type") ?? Product) == Product;

        /// <summary>The SKU of a line; where it has no product number, the product stands for it.</summary>
        public Sku ProductSku()
        {
            if (fields.OptionalObject("payload") is { } payload && payload.OptionalSku("productNumber") is { } own)
                return own;
            if (fields.OptionalObject("product") is { } product && product.OptionalSku("productNumber") is { } loaded)
                return loaded;
            var id = fields.OptionalId("productId") ?? fields.OptionalId("referencedId") ?? fields.Id("identifier");
            return new Sku(fields.Checked("productId", $"shopware-product-{id}"));
        }
    }
}
