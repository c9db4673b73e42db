using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Promotions.Evaluation;

/// <summary>What each item is expected to sell, at which price.</summary>
public sealed class ExpectedItems
{
    private readonly PromotionFacts facts;

    public ExpectedItems(PromotionFacts facts)
    {
        this.facts = facts;
        var (items, regions) = (facts.Items.Length, facts.Terms.Request.Regions.Count);
        (Regular, Effective, Uplift, Units) = (new Money[items], new Money[items], new decimal[items], new Quantity[items]);
        P90 = new Quantity[regions][];
        for (var i = 0; i < items; i++)
            Price(i);
        for (var r = 0; r < regions; r++)
        {
            P90[r] = new Quantity[items];
            for (var i = 0; i < items; i++)
            {
                var baseline = Baseline(r, i);
                Units[i] += PromotionDemand.Expected(baseline, Uplift[i], facts.Window);
                P90[r][i] = PromotionDemand.P90(baseline, Uplift[i], facts.Window);
            }
        }
    }

    /// <summary>The lowest regular price of any channel and region: where the margin is thinnest. Zero where there is none.</summary>
    public Money[] Regular { get; }

    /// <summary>Average price under the offer, from <see cref="Regular"/>.</summary>
    public Money[] Effective { get; }

    public decimal[] Uplift { get; }

    /// <summary>Over the window, all regions: the mean.</summary>
    public Quantity[] Units { get; }

    /// <summary>By region, then item.</summary>
    public Quantity[][] P90 { get; }

    public Quantity TotalUnits => Units.Aggregate(Quantity.Zero, static (sum, units) => sum + units);

    /// <summary>A region's part of <see cref="Units"/>: regions differ by what they sell without the promotion.</summary>
    public decimal UnitsIn(int region, int item) => PromotionDemand.Expected(Baseline(region, item), Uplift[item], facts.Window).Value;

    /// <summary>Whether every channel has a regular price in the promotion's currency.</summary>
    public bool IsPriced(int item) =>
        facts.Channels.All(channel =>
            facts.Items[item].PriceOf(channel.Channel, null) is { } price && price.Price.Currency == facts.Currency
        );

    public Money Discount(int item) => Regular[item] - Effective[item];

    public PromotionSize Size()
    {
        var (amount, depth) = (0m, 0m);
        for (var i = 0; i < Units.Length; i++)
        {
            amount += Discount(i).Amount * Units[i].Value;
            if (Regular[i].Amount > 0)
                depth = Math.Max(depth, Discount(i).Amount / Regular[i].Amount * 100);
        }
        var funding = Funding.Total(facts.Terms.Request.Funding, TotalUnits, facts.Currency);
        var coins = facts.Currency.MinorUnits;
        return new PromotionSize(
            new Money(decimal.Round(amount, coins), facts.Currency),
            depth,
            new Money(decimal.Round(Math.Max(0, amount - funding.Amount), coins), facts.Currency)
        );
    }

    private void Price(int item)
    {
        var zero = Money.Zero(facts.Currency);
        Regular[item] = IsPriced(item) ? Lowest(facts.Items[item]) : zero;
        Effective[item] = Regular[item].Amount > 0 ? facts.Terms.Request.Discount.EffectiveUnitPrice(Regular[item]) : zero;
        Uplift[item] = PromotionDemand.Uplift(facts.Terms.Request.ExpectedUplift, Regular[item], Effective[item], facts.Policy.Elasticity);
    }

    private Money Lowest(ItemFact item)
    {
        Money? lowest = null;
        foreach (var channel in facts.Channels)
        {
            Take(item.PriceOf(channel.Channel, null)!.Price);
            foreach (var region in facts.Terms.Request.Regions)
                Take(item.PriceOf(channel.Channel, region.Region)!.Price);
        }
        return lowest ?? Money.Zero(facts.Currency);

        void Take(Money price)
        {
            if (price.Currency == facts.Currency && (lowest is not { } known || price.Amount < known.Amount))
                lowest = price;
        }
    }

    private SalesBaseline Baseline(int region, int item)
    {
        var known = facts.Baselines[region * facts.Items.Length + item];
        // An item that never sold is not one that never will.
        return known.Mean > 0 ? known : new SalesBaseline(facts.Policy.ColdStartUnitsPerDay, facts.Policy.ColdStartUnitsPerDay);
    }
}
