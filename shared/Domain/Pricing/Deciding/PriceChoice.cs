namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Chooses the best price within the bounds if its gain is large enough.</summary>
internal sealed class PriceChoice
{
    private readonly PricingFacts _facts;
    private readonly PriceRange _range;
    private readonly PriceMode _mode;
    private readonly ExpectedSales _sales;

    public PriceChoice(PricingFacts facts, PriceRange range, StockCover cover)
    {
        (_facts, _range, _mode) = (facts, range, cover.Mode);
        var (rules, cost) = (facts.Rules, facts.Cost!.Value.Value.Amount);
        var assumed = (double)rules.AssumedElasticity;
        _sales = new ExpectedSales(
            facts.Price.Amount,
            cost,
            facts.Demand!.Value.Value,
            facts.Elasticity ?? new ElasticityBelief(assumed, assumed * 2, assumed / 2),
            cover.Supply,
            _mode == PriceMode.Markdown ? (double)(rules.LeftoverLoss * cost) : 0
        );
        Kept = _sales.At(facts.Price.Amount);
        Weigh();
    }

    /// <summary>The price that holds.</summary>
    public WeighedPrice Kept { get; }

    /// <summary>That one first, then the others from the lowest.</summary>
    public List<WeighedPrice> Weighed { get; private set; } = [];

    /// <summary>What is to hold; null if nothing allowed is better by enough.</summary>
    public WeighedPrice? Best { get; private set; }

    /// <summary>The guardrail that forbids what would have been better by enough; null if none does.</summary>
    public PriceRule? Blocks { get; private set; }

    /// <summary>Why not, or why, in words.</summary>
    public string Words { get; private set; } = string.Empty;

    private decimal Price => _facts.Price.Amount;

    // Of the sales alone: what is lost on overstock is large beside any one step, and would make no step worth it.
    private double Earned => Kept.Units * (double)Math.Max(0, Price - _facts.Cost!.Value.Value.Amount);

    private string Shown(decimal price) => PriceWords.Amount(price, _facts.Price.Currency);

    private void Weigh()
    {
        var grid = new PriceGrid(_facts.Rules.Endings, _facts.Price.Currency);
        var candidates = _range.Far ? Nearest(grid) : grid.Between(_range.Bounds.Low, _range.Bounds.High, Price);
        if (candidates.Count == 0 && (_range.Below || _range.Above))
            candidates = Nearest(new PriceGrid([], _facts.Price.Currency));
        Weighed = new List<WeighedPrice>(candidates.Count + 1) { Kept };
        foreach (var candidate in candidates)
            if (candidate != Price)
                Weighed.Add(_sales.At(candidate));
        if (Weighed.Count == 1)
        {
            Words =
                $"no other price with an allowed ending lies between {PriceWords.AtLeast(_range.Bounds.Low, _facts.Price.Currency)} and {PriceWords.AtMost(_range.Bounds.High, _facts.Price.Currency)}";
            if (_range.Below || _range.Above)
                Blocks = PriceRule.Bounds;
        }
        else if (_range.Outside)
            GoBack();
        // Both ways: a price that rises with the last ones gains little, and customers do not forget it.
        else if (_mode == PriceMode.Scarce)
            (Blocks, Words) = (PriceRule.Scarcity, "the price is held until more stock arrives");
        else if (_facts.Elasticity is null && _mode != PriceMode.Markdown)
            Words = "its elasticity is unknown, so its price changes for guardrails and markdowns only";
        else
            Gain();
    }

    // The one price inside floor and ceiling that is nearest to today's.
    private List<decimal> Nearest(PriceGrid grid)
    {
        var price = grid.At(Math.Max(0, _range.Below ? grid.AtOrAbove(_range.Floor) : grid.AtOrBelow(_range.Ceiling)));
        return price >= _range.Floor && price <= _range.Ceiling ? [price] : [];
    }

    // What is known of sales chooses among the prices inside; where nothing is, the smallest change does.
    private void GoBack()
    {
        var hard = _range.Below || _range.Above;
        var best = Pick(
            _facts.Elasticity is null ? (WeighedPrice p) => -(double)Math.Abs(p.Price - Price) : static p => p.Margin,
            allowed: true
        );
        if (best is not { } found)
            (Blocks, Words) = (
                Rule,
                $"{Shown(Price)} is outside {PriceWords.AtLeast(_range.Bounds.Low, _facts.Price.Currency)} to {PriceWords.AtMost(_range.Bounds.High, _facts.Price.Currency)}"
            );
        else if (!hard && Step(found) < _facts.Rules.MinStep)
            Words = $"{Shown(found.Price)} would be a change of less than {PriceWords.Share(_facts.Rules.MinStep)}";
        else
            (Best, Words) = (
                found,
                $"{Shown(Price)} is {(Price < _range.Bounds.Low ? $"below {PriceWords.AtLeast(_range.Bounds.Low, _facts.Price.Currency)}, by {_range.Bounds.LowBy}" : $"above {PriceWords.AtMost(_range.Bounds.High, _facts.Price.Currency)}, by {_range.Bounds.HighBy}")}"
            );
    }

    private void Gain()
    {
        var (best, free) = (Pick(static p => p.Margin, allowed: true), Pick(static p => p.Margin, allowed: false));
        if (best is { } found && Enough(found))
        {
            (Best, Words) = (found, $"{Shown(found.Price)} is expected to earn {Gained(found)} more");
            return;
        }
        if (free is { } freely && !Allowed(freely.Price) && Enough(freely))
            (Blocks, Words) = (Rule, $"{Shown(freely.Price)} would earn an expected {Gained(freely)} more");
        else
            Words =
                best is not { } near || near.Margin <= Kept.Margin ? $"no allowed price is expected to earn more than {Shown(Price)}"
                : Step(near) < _facts.Rules.MinStep
                    ? $"the best, {Shown(near.Price)}, is a change of less than {PriceWords.Share(_facts.Rules.MinStep)}"
                : $"the best, {Shown(near.Price)}, is expected to earn {Gained(near)} more; less than {PriceWords.Share(_facts.Rules.MinGain)} does not justify a change";
    }

    private WeighedPrice? Pick(Func<WeighedPrice, double> worth, bool allowed)
    {
        WeighedPrice? best = null;
        for (var i = 1; i < Weighed.Count; i++)
        {
            var other = Weighed[i];
            if (allowed && !Allowed(other.Price))
                continue;
            if (
                best is not { } b
                || worth(other) > worth(b)
                || (worth(other) == worth(b) && Math.Abs(other.Price - Price) < Math.Abs(b.Price - Price))
            )
                best = other;
        }
        return best;
    }

    // Outside of floor and ceiling the margin target says nothing: the way back is all there is.
    private bool Allowed(decimal price) =>
        _mode switch
        {
            PriceMode.Scarce => price >= Price,
            PriceMode.Markdown => price <= Price,
            _ => price >= Price || _range.Above || price * (1 - _facts.Rules.MarginTarget) >= _facts.Cost!.Value.Value.Amount,
        };

    private PriceRule Rule =>
        _mode switch
        {
            PriceMode.Scarce => PriceRule.Scarcity,
            PriceMode.Markdown => PriceRule.Overstock,
            _ => PriceRule.MarginTarget,
        };

    private bool Enough(WeighedPrice other) =>
        Step(other) >= _facts.Rules.MinStep
        && other.Margin > Kept.Margin
        && other.Margin - Kept.Margin >= (double)_facts.Rules.MinGain * Earned;

    private decimal Step(WeighedPrice other) => Math.Abs(other.Price - Price) / Price;

    private string Gained(WeighedPrice other) =>
        $"{PriceWords.Number(other.Margin - Kept.Margin)} {_facts.Price.Currency.Code}{(Kept.Margin > 0 ? $" ({PriceWords.Change((other.Margin - Kept.Margin) / Kept.Margin)})" : "")}";
}
