using System.Globalization;
using System.Text.Json.Serialization;

namespace Stockgate.Domain;

/// <summary>
/// An exact amount in one currency. Nothing is rounded here: a unit price may have more decimals than the currency has coins.
/// </summary>
public readonly record struct Money(decimal Amount, Currency Currency)
{
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator +(Money a, Money b) => new(a.Amount + Same(a, b).Amount, a.Currency);

    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money operator -(Money a, Money b) => new(a.Amount - Same(a, b).Amount, a.Currency);

    public static Money operator *(Money price, Quantity quantity) => new(price.Amount * quantity.Value, price.Currency);

    public static Money operator *(Money price, decimal factor) => new(price.Amount * factor, price.Currency);

    /// <summary>Whether the amount can be paid: it has no more decimals than the currency has.</summary>
    [JsonIgnore]
    public bool Payable => decimal.Round(Amount, Currency.MinorUnits) == Amount;

    public static Money Zero(Currency currency) => new(0, currency);

    public override string ToString() => string.Create(CultureInfo.InvariantCulture, $"{Amount} {Currency}");

    private static Money Same(Money a, Money b) =>
        a.Currency == b.Currency ? b : throw new InvalidOperationException($"{a} and {b} can't be added: their currencies differ.");
}
