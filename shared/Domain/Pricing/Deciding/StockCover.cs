namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Days of cover of the stock, and the pricing mode that follows from them.</summary>
internal readonly struct StockCover
{
    public StockCover(PricingFacts f)
    {
        var (rules, perDay) = (f.Rules, f.Demand!.Value.Value.PerDay);
        Available = f.Stock!.Value.Value.Value;
        var (left, inbound) = (Math.Max(0, (double)Available), (double)f.Inbound.Value);
        Supply = left + inbound;
        Days = perDay > 0 ? left / perDay : double.PositiveInfinity;
        DaysWithInbound = perDay > 0 ? Supply / perDay : double.PositiveInfinity;
        var comes = inbound > 0 && f.InboundAt is { } at && (at - f.Now).TotalDays <= Days;
        FewUnits = Available <= rules.ScarceUnits;
        Mode =
            FewUnits || (Days < (double)rules.ScarceDays && !comes) ? PriceMode.Scarce
            : DaysWithInbound > (double)rules.OverstockDays ? PriceMode.Markdown
            : PriceMode.Steady;
    }

    public PriceMode Mode { get; }

    /// <summary>Available to promise now; negative if oversold.</summary>
    public decimal Available { get; }

    /// <summary>Units to sell over the outlook, 0 or more.</summary>
    public double Supply { get; }

    public double Days { get; }

    public double DaysWithInbound { get; }

    private bool FewUnits { get; }

    public void Say(PricingFacts f, PriceRule? blocks, PriceVerdicts verdicts)
    {
        var stock = $"{PriceWords.Units((double)Available)} ({f.Stock!.Value.Source})";
        verdicts.Add(
            PriceRule.Scarcity,
            blocks != PriceRule.Scarcity,
            Mode != PriceMode.Scarce ? $"{stock}, {Cover(Days)}"
                : FewUnits ? $"{stock} left; at {PriceWords.Units((double)f.Rules.ScarceUnits)} or fewer the price is held"
                : $"{stock}, {Cover(Days)}; below {PriceWords.Number((double)f.Rules.ScarceDays)} days the price is held"
        );
        verdicts.Add(
            PriceRule.Overstock,
            blocks != PriceRule.Overstock,
            Mode != PriceMode.Markdown
                ? "no overstock"
                : $"{stock}{(f.Inbound.Value > 0 ? $" and {PriceWords.Number((double)f.Inbound.Value)} confirmed inbound" : "")}, {Cover(DaysWithInbound)}; above {PriceWords.Number((double)f.Rules.OverstockDays)} days (overstock) the price is not raised"
        );
    }

    private static string Cover(double days) =>
        double.IsPositiveInfinity(days) ? "no demand expected" : $"{PriceWords.Number(days)} {(days == 1 ? "day" : "days")} of cover";
}
