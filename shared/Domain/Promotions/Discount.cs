using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>
/// What the customer gets. One of <see cref="PercentOff"/>, <see cref="AmountOff"/>, <see cref="FixedPrice"/> (the shelf price changes),
/// <see cref="Bundle"/> and <see cref="BuyXGetY"/> (the shelf price stays, the till takes something off a group of units).
/// </summary>
[JsonPolymorphic(TypeDiscriminatorPropertyName = "kind")]
[JsonDerivedType(typeof(PercentOff), "percentOff")]
[JsonDerivedType(typeof(AmountOff), "amountOff")]
[JsonDerivedType(typeof(FixedPrice), "fixedPrice")]
[JsonDerivedType(typeof(Bundle), "bundle")]
[JsonDerivedType(typeof(BuyXGetY), "buyXGetY")]
public abstract record Discount
{
    private protected Discount() { }

    /// <summary>Units that a customer must take for the offer to count once: 1 where each unit is cheaper.</summary>
    [JsonIgnore]
    public abstract int GroupSize { get; }

    /// <summary>Amounts that the terms name, with the field that each stands in.</summary>
    internal abstract IEnumerable<(string Field, Money Amount)> Amounts { get; }

    internal abstract void Check(Findings findings);

    /// <summary>
    /// Money given away to one basket, against the regular price. Whole groups only; a unit beyond them costs the regular price. Never
    /// below zero.
    /// </summary>
    /// <param name="units">Units of the item in the basket, 0 or more; fractions of a unit form no group.</param>
    /// <param name="regular">Price of a unit without the offer, 0 or more, in the discount's currency.</param>
    /// <param name="rounding">How the channels' unit price is rounded: it is what the customer pays.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money CostOf(Quantity units, Money regular, PriceRounding rounding = PriceRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(units.Value, nameof(units));
        ArgumentOutOfRangeException.ThrowIfNegative(regular.Amount, nameof(regular));
        return Cost(units, regular, rounding);
    }

    /// <summary>
    /// Money given away to a basket of several items of the offer. Units are grouped from the dearest down, so that the order they were
    /// scanned in changes nothing and no other way of grouping gives the customer more; within a group the cheapest are those that are
    /// free.
    /// </summary>
    /// <param name="regulars">The regular price of each unit, 0 or more; one element per unit.</param>
    /// <param name="currency">The basket's.</param>
    /// <param name="rounding">As for one item.</param>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public Money CostOf(IEnumerable<Money> regulars, Currency currency, PriceRounding rounding = PriceRounding.Nearest) =>
        regulars
            .OrderByDescending(static price => price.Amount)
            .Chunk(GroupSize)
            .Where(group => group.Length == GroupSize)
            .Aggregate(Money.Zero(currency), (cost, group) => cost + GroupCost(group, rounding));

    /// <summary>
    /// Average money per unit, unrounded, for a customer who uses the offer fully (whole groups): what a margin is compared with, for
    /// nobody pays less.
    /// </summary>
    public Money EffectiveUnitPrice(Money regular, PriceRounding rounding = PriceRounding.Nearest) =>
        EffectiveUnitPrice(regular, new Quantity(GroupSize), rounding);

    /// <summary>Average money per unit, unrounded, in a basket of so many.</summary>
    /// <param name="regular">Price of a unit without the offer, 0 or more.</param>
    /// <param name="basket">Units in the basket, above 0.</param>
    /// <param name="rounding">How the channels' unit price is rounded.</param>
    public Money EffectiveUnitPrice(Money regular, Quantity basket, PriceRounding rounding = PriceRounding.Nearest)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(basket.Value, nameof(basket));
        return new((regular * basket - CostOf(basket, regular, rounding)).Amount / basket.Value, regular.Currency);
    }

    private protected abstract Money Cost(Quantity units, Money regular, PriceRounding rounding);

    /// <summary>What one whole group costs, its units from the dearest down.</summary>
    private protected abstract Money GroupCost(IReadOnlyList<Money> group, PriceRounding rounding);
}
