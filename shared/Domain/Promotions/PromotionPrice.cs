using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>How a price is brought to the currency's coins.</summary>
[JsonConverter(typeof(NamedEnumConverter<PriceRounding>))]
public enum PriceRounding
{
    /// <summary>To the nearest coin; a half goes away from zero, as at tills.</summary>
    Nearest,

    /// <summary>To the next lower coin, so that an advertised percentage is never undershot.</summary>
    Down,
}

/// <summary>The unit price that channels are sent while a promotion is live.</summary>
public static class PromotionPrice
{
    /// <summary>
    /// The new unit price, in whole coins of the currency (ISO 4217), never below zero and never above the regular one. For a
    /// <see cref="Bundle"/> or <see cref="BuyXGetY"/> the shelf price stays as it is: the till takes the discount off the basket.
    /// </summary>
    /// <param name="discount">In the currency of <paramref name="regular"/>.</param>
    /// <param name="regular">Price of a unit without the offer, 0 or more.</param>
    /// <param name="rounding">To which coin.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Money Of(Discount discount, Money regular, PriceRounding rounding = PriceRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(regular.Amount, nameof(regular));
        return discount is UnitDiscount unit ? Rounded(unit.Target(regular), regular, rounding) : regular;
    }

    internal static Money Rounded(Money target, Money regular, PriceRounding rounding)
    {
        var coins = regular.Currency.MinorUnits;
        var price = decimal.Round(
            target.Amount,
            coins,
            rounding == PriceRounding.Down ? MidpointRounding.ToNegativeInfinity : MidpointRounding.AwayFromZero
        );
        // A regular price with more decimals than there are coins (0.996) can be below the nearest coin; the one under it is then the
        // price.
        if (price > regular.Amount)
            price = decimal.Round(regular.Amount, coins, MidpointRounding.ToNegativeInfinity);
        return new Money(decimal.Max(price, 0), regular.Currency);
    }
}
