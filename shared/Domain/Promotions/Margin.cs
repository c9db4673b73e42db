namespace Stockgate.Domain.Promotions;

/// <summary>What the retailer keeps. Prices and costs are on one tax basis: both with it or both without.</summary>
/// <param name="Amount">Below zero for a loss.</param>
/// <param name="Percent">Of the price that customers pay; null if that is zero.</param>
public sealed record Margin(Money Amount, decimal? Percent)
{
    /// <summary>Effective price − unit cost + funding per unit.</summary>
    /// <exception cref="InvalidOperationException">The currencies differ.</exception>
    public static Margin OfUnit(Money effectivePrice, Money unitCost, Money fundingPerUnit) =>
        Over(effectivePrice, effectivePrice - unitCost + fundingPerUnit);

    internal static Margin Over(Money revenue, Money kept) => new(kept, revenue.Amount == 0 ? null : kept.Amount / revenue.Amount * 100);
}

/// <summary>An item and what is expected of it.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Units">Expected while the promotion is live, 0 or more.</param>
/// <param name="EffectivePrice">Average money per unit, from <see cref="Discount.EffectiveUnitPrice(Money, PriceRounding)"/>.</param>
/// <param name="UnitCost">What a unit costs the retailer.</param>
public sealed record ExpectedSales(Sku Sku, Quantity Units, Money EffectivePrice, Money UnitCost);

/// <summary>One item's margin within a promotion.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Unit">Per unit, with the item's share of the funding.</param>
/// <param name="Whole">Over the units expected.</param>
public sealed record ItemMargin(Sku Sku, Margin Unit, Margin Whole);

/// <summary>A promotion's margin over everything that it is expected to sell.</summary>
/// <param name="Revenue">Money from customers.</param>
/// <param name="Cost">Money for the goods.</param>
/// <param name="Funding">Money from suppliers.</param>
/// <param name="Whole">Revenue − cost + funding.</param>
/// <param name="Items">In the order they were given.</param>
public sealed record PromotionMargin(Money Revenue, Money Cost, Money Funding, Margin Whole, IReadOnlyList<ItemMargin> Items)
{
    /// <summary>
    /// Funding is claimed for the units of all items together and spread evenly over them: no agreement says which unit its cap runs out
    /// at.
    /// </summary>
    /// <exception cref="InvalidOperationException">An amount is in another currency.</exception>
    public static PromotionMargin Of(IReadOnlyList<ExpectedSales> sales, IReadOnlyList<FundingAgreement> agreements, Currency currency)
    {
        var units = sales.Aggregate(Quantity.Zero, static (sum, s) => sum + s.Units);
        var funding = Promotions.Funding.Total(agreements, units, currency);
        var perUnit = new Money(units == Quantity.Zero ? 0 : funding.Amount / units.Value, currency);
        var revenue = sales.Aggregate(Money.Zero(currency), static (sum, s) => sum + s.EffectivePrice * s.Units);
        var cost = sales.Aggregate(Money.Zero(currency), static (sum, s) => sum + s.UnitCost * s.Units);
        return new PromotionMargin(
            revenue,
            cost,
            funding,
            Margin.Over(revenue, revenue - cost + funding),
            [.. sales.Select(s => Of(s, perUnit))]
        );
    }

    private static ItemMargin Of(ExpectedSales sales, Money fundingPerUnit)
    {
        var unit = Margin.OfUnit(sales.EffectivePrice, sales.UnitCost, fundingPerUnit);
        return new ItemMargin(sales.Sku, unit, Margin.Over(sales.EffectivePrice * sales.Units, unit.Amount * sales.Units));
    }
}
