using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>A discount that needs several units in one basket: shelf prices stay, the till takes it off.</summary>
public abstract record GroupDiscount : Discount
{
    private protected GroupDiscount() { }

    private protected sealed override Money Cost(Quantity units, Money regular, PriceRounding rounding)
    {
        var group = new Money[GroupSize];
        Array.Fill(group, regular);
        return GroupCost(group, rounding) * decimal.Floor(units.Value / GroupSize);
    }

    private protected static Money Sum(IEnumerable<Money> prices) => prices.Aggregate(static (a, b) => a + b);
}

/// <summary>
/// Any <see cref="Units"/> of the items for a price ("3 for £10"), or for the price of fewer of them ("3 for 2", the cheapest free).
/// Exactly one of the two is given.
/// </summary>
public sealed record Bundle : GroupDiscount
{
    /// <summary>2 to <see cref="PromotionLimits.GroupUnits"/>.</summary>
    public required int Units { get; init; }

    /// <summary>For all units together; above 0, payable in its currency.</summary>
    public Money? Price { get; init; }

    /// <summary>Units that are paid for: 1 to <see cref="Units"/> − 1.</summary>
    public int? PayFor { get; init; }

    [JsonIgnore]
    public override int GroupSize => Units;

    internal override IEnumerable<(string Field, Money Amount)> Amounts => Price is { } price ? [("discount.price", price)] : [];

    internal override void Check(Findings findings)
    {
        if (Units is < 2 or > PromotionLimits.GroupUnits)
            findings.Add("discount.units", $"is {Units}; a bundle has 2 to {PromotionLimits.GroupUnits} units");
        if (Price is null == PayFor is null)
            findings.Add("discount", "give either price (for all units) or payFor (number of units paid)");
        if (Price is { } price)
            findings.Payable("discount.price", price);
        if (PayFor is { } paid && (paid < 1 || paid >= Units))
            findings.Add("discount.payFor", $"is {paid}; it must be at least 1 and below units");
    }

    private protected override Money GroupCost(IReadOnlyList<Money> group, PriceRounding rounding)
    {
        if (Price is not { } price)
            return Sum(group.Skip(PayFor ?? Units).Prepend(Money.Zero(group[0].Currency)));
        var saved = Sum(group) - price;
        // A bundle of cheap items may cost more than they do one by one: the till leaves it out.
        return saved.Amount > 0 ? saved : Money.Zero(price.Currency);
    }
}

/// <summary>
/// Who buys <see cref="Buy"/> units gets <see cref="Get"/> more of them cheaper or free. The cheaper ones are the cheapest of the group.
/// </summary>
public sealed record BuyXGetY : GroupDiscount
{
    /// <summary>Units at the regular price: 1 to <see cref="PromotionLimits.GroupUnits"/>.</summary>
    public required int Buy { get; init; }

    /// <summary>Units at the lower one: 1 to <see cref="PromotionLimits.GroupUnits"/>.</summary>
    public required int Get { get; init; }

    /// <summary>Off each unit that is got: above 0, up to 100, which is free.</summary>
    // Set, not init: see ProductUpdated.Active.
    public decimal Percent { get; set; } = 100;

    [JsonIgnore]
    public override int GroupSize => Buy + Get;

    internal override IEnumerable<(string Field, Money Amount)> Amounts => [];

    internal override void Check(Findings findings)
    {
        if (Buy is < 1 or > PromotionLimits.GroupUnits)
            findings.Add("discount.buy", $"is {Buy}; give 1 to {PromotionLimits.GroupUnits} units");
        if (Get is < 1 or > PromotionLimits.GroupUnits)
            findings.Add("discount.get", $"is {Get}; give 1 to {PromotionLimits.GroupUnits} units");
        if (Percent is <= 0 or > 100)
            findings.Add("discount.percent", $"is {Percent}; give a number above 0 and at most 100 (free)");
    }

    // The receipt shows each got unit with a price of its own, so each is rounded by itself.
    private protected override Money GroupCost(IReadOnlyList<Money> group, PriceRounding rounding) =>
        Sum(group.Skip(Buy).Select(regular => regular - PromotionPrice.Rounded(regular * ((100 - Percent) / 100), regular, rounding)));
}
