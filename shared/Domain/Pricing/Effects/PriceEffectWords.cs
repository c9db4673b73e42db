using static Stockgate.Domain.Pricing.Deciding.PriceWords;

namespace Stockgate.Domain.Pricing.Effects;

/// <summary>The effect of a price change in sentences.</summary>
internal static class PriceEffectWords
{
    public static string Of(PriceEffect e, PriceEffectInput input)
    {
        var currency = e.From.Currency;
        var sold =
            $"{e.Key.Sku} went from {Amount(e.From)} to {Amount(e.To)} and sold {Number(e.Sold)} in {e.Days} days; expected {Number(e.ExpectedMoved)}, or {Number(e.ExpectedKept)} at the previous price. "
            + $"It earned {Number(e.MarginEarned)} {currency.Code}; expected {Number(e.MarginMoved)}, or {Number(e.MarginKept)} at the previous price.";
        var outs = input.DaysOut > 0 ? $" It was out of stock on {input.DaysOut} of the days, so the figures are less reliable." : "";
        return sold
            + outs
            + (
                e is { Trend: { } trend, Margin: { } margin, Units: { } units }
                    ? Compared(e, trend, margin, units, currency)
                    : " No item of its category with a forecast kept its price in the region over these days, so the effect of the price can't be separated from the season."
            );
    }

    private static string Compared(PriceEffect e, double trend, double margin, double units, Currency currency)
    {
        var compared =
            $" {e.Held} {(e.Held == 1 ? "item" : "items")} of its category at an unchanged price sold {Change(trend - 1)} against {(e.Held == 1 ? "its forecast" : "their forecasts")}. Net of that, the new price brought {Signed(units)} units and {Signed(margin)} {currency.Code} of margin";
        return e is { MarginLow: { } low, MarginHigh: { } high }
            ? $"{compared} ({Signed(low)} to {Signed(high)} with 95 % certainty){(low > 0 ? ": it paid." : high < 0 ? ": it cost money." : ": whether it paid is not certain yet.")}"
            : $"{compared}; {PriceEffect.LeastHeld} or more items at an unchanged price are needed for an interval.";
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + Number(value);
}
