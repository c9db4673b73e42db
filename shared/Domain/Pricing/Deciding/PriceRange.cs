namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Between which prices a decision may choose, and where today's stands.</summary>
internal sealed class PriceRange
{
    private enum By
    {
        Cost,
        MarginFloor,
        Minimum,
        AboveRegular,
        Ceiling,
        Step,
        Parity,
        Competitor,
    }

    private readonly PricingFacts _facts;

    public PriceRange(PricingFacts facts)
    {
        _facts = facts;
        var (rules, price, cost) = (facts.Rules, facts.Price.Amount, facts.Cost!.Value.Value.Amount);
        var (floor, floorBy) = (cost, By.Cost);
        if (cost / (1 - rules.MarginFloor) is var margin && margin > floor)
            (floor, floorBy) = (margin, By.MarginFloor);
        if (rules.Minimum is { } minimum && minimum > floor)
            (floor, floorBy) = (minimum, By.Minimum);
        var (ceiling, ceilingBy) = (facts.Regular.Amount * (1 + rules.CeilingAboveRegular), By.AboveRegular);
        if (rules.Ceiling is { } most && most < ceiling)
            (ceiling, ceilingBy) = (most, By.Ceiling);
        (Floor, Ceiling) = (floor, ceiling);
        var (stepLow, stepHigh) = (price * (1 - rules.MaxStep), price * (1 + rules.MaxStep));
        (Below, Above) = (price < floor, price > ceiling);
        Far = Below ? stepHigh < floor : Above && stepLow > ceiling;
        var (low, lowBy) = Far || stepLow <= floor ? (floor, floorBy) : (stepLow, By.Step);
        var (high, highBy) = Far || stepHigh >= ceiling ? (ceiling, ceilingBy) : (stepHigh, By.Step);
        // Where the floor is above the ceiling nothing fits, whatever others ask.
        if (low <= high && !Far)
            Soft(rules, ref low, ref lowBy, ref high, ref highBy);
        Bounds = new PriceBounds(low, Words(lowBy, low), high, Words(highBy, high));
    }

    /// <summary>Cost, margin floor and legal minimum: no price that goes out is below it.</summary>
    public decimal Floor { get; }

    /// <summary>No price that goes out is above it.</summary>
    public decimal Ceiling { get; }

    /// <summary>Today's price is below the floor.</summary>
    public bool Below { get; }

    /// <summary>Today's price is above the ceiling.</summary>
    public bool Above { get; }

    /// <summary>One step does not reach floor or ceiling: only a person may go further.</summary>
    public bool Far { get; }

    public PriceBounds Bounds { get; }

    /// <summary>Today's price is outside of what competitors or other channels allow.</summary>
    public bool Outside => _facts.Price.Amount < Bounds.Low || _facts.Price.Amount > Bounds.High;

    // Competitors and other channels bound within floor, ceiling and step: where they are further away, the price goes as far as it may.
    private void Soft(PriceRules rules, ref decimal low, ref By lowBy, ref decimal high, ref By highBy)
    {
        var (least, most) = (low, high);
        if (
            rules.AboveCompetitor is { } above
            && Freshness.LowestCompetitor(_facts) is { } lowest
            && Math.Max(least, lowest.Price.Amount * (1 + above)) is var competitor
            && competitor < high
        )
            (high, highBy) = (competitor, By.Competitor);
        if (rules.Parity is not { } parity)
            return;
        foreach (var other in _facts.Others)
        {
            if (Math.Min(most, other.Price.Amount * (1 - parity)) is var from && from > low)
                (low, lowBy) = (from, By.Parity);
            if (Math.Max(least, other.Price.Amount * (1 + parity)) is var to && to < high)
                (high, highBy) = (to, By.Parity);
        }
    }

    private string Words(By by, decimal value) =>
        by switch
        {
            By.Cost => "its cost",
            By.MarginFloor =>
                $"cost {PriceWords.Amount(_facts.Cost!.Value.Value)} and the margin floor of {PriceWords.Share(_facts.Rules.MarginFloor)}",
            By.Minimum => "the agreed minimum",
            By.AboveRegular =>
                $"{PriceWords.Share(_facts.Rules.CeilingAboveRegular)} above the regular price, {PriceWords.Amount(_facts.Regular)}",
            By.Ceiling => "the ceiling",
            By.Step => $"the largest step, {PriceWords.Share(_facts.Rules.MaxStep)}",
            By.Parity => $"parity with other channels, {PriceWords.Share(_facts.Rules.Parity ?? 0)}",
            _ => $"{Freshness.LowestCompetitor(_facts)?.Competitor}'s price{(value <= Floor ? ", no lower than the floor" : "")}",
        };
}
