using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>A discount that makes every unit cheaper: channels are sent a new price.</summary>
public abstract record UnitDiscount : Discount
{
    private protected UnitDiscount() { }

    [JsonIgnore]
    public sealed override int GroupSize => 1;

    /// <summary>The new unit price by the terms alone: unrounded, and maybe below zero or above the regular one.</summary>
    internal abstract Money Target(Money regular);

    private protected sealed override Money Cost(Quantity units, Money regular, PriceRounding rounding) =>
        (regular - PromotionPrice.Of(this, regular, rounding)) * units;

    private protected sealed override Money GroupCost(IReadOnlyList<Money> group, PriceRounding rounding) =>
        Cost(new Quantity(1), group[0], rounding);
}

/// <summary>A part of the regular price off.</summary>
/// <param name="Percent">Above 0, below 100.</param>
public sealed record PercentOff(decimal Percent) : UnitDiscount
{
    internal override IEnumerable<(string Field, Money Amount)> Amounts => [];

    internal override Money Target(Money regular) => regular * ((100 - Percent) / 100);

    internal override void Check(Findings findings)
    {
        if (Percent is <= 0 or >= 100)
            findings.Add("discount.percent", $"is {Percent}; give a number above 0 and below 100");
    }
}

/// <summary>The same money off each unit, down to a price of zero.</summary>
/// <param name="PerUnit">Above 0, payable in its currency.</param>
public sealed record AmountOff(Money PerUnit) : UnitDiscount
{
    internal override IEnumerable<(string Field, Money Amount)> Amounts => [("discount.perUnit", PerUnit)];

    internal override Money Target(Money regular) => regular - PerUnit;

    internal override void Check(Findings findings) => findings.Payable("discount.perUnit", PerUnit);
}

/// <summary>One price for each unit, where it is below the regular one.</summary>
/// <param name="Price">Above 0, payable in its currency.</param>
public sealed record FixedPrice(Money Price) : UnitDiscount
{
    internal override IEnumerable<(string Field, Money Amount)> Amounts => [("discount.price", Price)];

    // The subtraction is what refuses another currency.
    internal override Money Target(Money regular) => regular - (regular - Price);

    internal override void Check(Findings findings) => findings.Payable("discount.price", Price);
}
