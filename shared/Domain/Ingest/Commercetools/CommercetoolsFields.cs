namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>What several of commercetools' resources have in common.</summary>
internal static class CommercetoolsFields
{
    private const int MostDigits = 20;

    extension(JsonFields fields)
    {
        /// <summary>
        /// An amount: <c>centAmount</c> and <c>fractionDigits</c>, or <c>preciseAmount</c> where it is of high precision. Facts:
        /// https://docs.commercetools.com/api/types#typedmoney
        /// </summary>
        public decimal? OptionalAmount(string name)
        {
            if (fields.OptionalObject(name) is not { } money)
                return null;
            var digits = money.OptionalNumber("fractionDigits") ?? money.OptionalCurrency("currencyCode")?.MinorUnits ?? 2;
            if (digits is < 0 or > MostDigits || digits != decimal.Truncate(digits))
                throw new FieldException(money.PathOf("fractionDigits"), $"must be a whole number of 0 to {MostDigits}");
            if (money.OptionalText("type") == "highPrecision" && money.OptionalMinor("preciseAmount", (int)digits) is { } precise)
                return precise;
            // Beside a precise amount the cents are of the currency.
            var cents = money.Has("preciseAmount") ? money.OptionalCurrency("currencyCode")?.MinorUnits ?? 2 : (int)digits;
            return money.OptionalMinor("centAmount", cents);
        }

        public decimal Amount(string name) =>
            fields.OptionalAmount(name) ?? throw new FieldException(fields.PathOf($"{name}.centAmount"), "is missing");

        /// <summary>The id of a reference.</summary>
        public string? ReferenceTo(string name) => fields.OptionalObject(name)?.OptionalId("id");

        /// <summary>
        /// Tax on top of <paramref name="amount"/>. Where the price contains it there is none: then the gross total is the amount.
        /// </summary>
        public decimal TaxOnTop(decimal amount, string taxed = "taxedPrice")
        {
            if (fields.OptionalObject(taxed) is not { } price || price.OptionalAmount("totalGross") is not { } gross)
                return 0;
            var included = fields.OptionalObject("taxRate")?.Flag("includedInPrice") == true;
            return included ? 0 : Math.Max(0, gross - (price.OptionalAmount("totalNet") ?? amount));
        }

        /// <summary>The SKU of a line's variant; where it has none, product and variant stand for it.</summary>
        public Sku VariantSku()
        {
            if (fields.OptionalObject("variant") is { } variant && variant.OptionalSku("sku") is { } sku)
                return sku;
            var number = fields.OptionalObject("variant")?.OptionalId("id") ?? "1";
            return new Sku(fields.Checked("variant", $"commercetools-{fields.Id("productId")}-{number}"));
        }
    }
}
