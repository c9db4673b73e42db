namespace Stockgate.Domain.Ingest.Square;

/// <summary>What several of Square's resources have in common.</summary>
internal static class SquareFields
{
    extension(JsonFields fields)
    {
        /// <summary>
        /// An amount in the smallest unit of its currency
        /// (https://developer.squareup.com/docs/build-basics/working-with-monetary-amounts).
        /// </summary>
        public decimal? OptionalAmount(string name, Currency shop)
        {
            if (fields.OptionalObject(name) is not { } money)
                return null;
            return money.OptionalMinor("amount", (money.OptionalCurrency("currency") ?? shop).MinorUnits);
        }

        public Currency CurrencyOf(string name, Currency shop) => fields.OptionalObject(name)?.OptionalCurrency("currency") ?? shop;

        /// <summary>The SKU of a catalog object.</summary>
        public Sku KnownSku(Found found)
        {
            var item = fields.Id("catalog_object_id");
            return found.SkuOf(item)
                ?? throw new FieldException(
                    fields.PathOf("catalog_object_id"),
                    $"{item} is unknown: post the answer of ListCatalog with its item to this channel, then replay this record"
                );
        }
    }
}
