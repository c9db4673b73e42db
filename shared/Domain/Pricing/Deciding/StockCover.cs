namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>How far the stock goes, and what that makes of the price.</summary>
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

    /// <summary>Units now; below 0 where more was promised than there is.</summary>
    public decimal Available { get; }

    /// <summary>Units to sell over the outlook, 0 or more.</summary>
    public double Supply { get; }

    public double Days { get; }

    public double DaysWithInbound { get; }

    private bool FewUnits { get; }

    public void Say(PricingFacts f, PriceRule? blocks, PriceVerdicts verdicts)
    {
        var stock = $"{PriceWords.Number((double)Available)} of {f.Stock!.Value.Source}";
        verdicts.Add(
            PriceRule.Scarcity,
            blocks != PriceRule.Scarcity,
            Mode != PriceMode.Scarce ? $"{stock} last {Cover(Days)}"
                : FewUnits
                    ? $"{stock} are left; {PriceWords.Number((double)f.Rules.ScarceUnits)} or fewer are nearly sold out, and the price is held"
                : $"{stock} last {Cover(Days)}; less than {PriceWords.Number((double)f.Rules.ScarceDays)} is nearly sold out, and the price is held"
        );
        verdicts.Add(
            PriceRule.Overstock,
            blocks != PriceRule.Overstock,
            Mode != PriceMode.Markdown
                ? "there is no overstock"
                : $"{stock}{(f.Inbound.Value > 0 ? $" and {PriceWords.Number((double)f.Inbound.Value)} confirmed" : "")} last {Cover(DaysWithInbound)}; more than {PriceWords.Number((double)f.Rules.OverstockDays)} is overstock, and the price is not raised"
        );
    }

    private static string Cover(double days) =>
        double.IsPositiveInfinity(days) ? "for ever, since no demand is expected" : $"{PriceWords.Number(days)} days";
}
