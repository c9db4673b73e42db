using static Stockgate.Domain.Pricing.Deciding.PriceWords;

namespace Stockgate.Domain.Pricing.Effects;

/// <summary>What a moved price brought, in sentences.</summary>
internal static class PriceEffectWords
{
    public static string Of(PriceEffect e, PriceEffectInput input)
    {
        var currency = e.From.Currency;
        var sold =
            $"{e.Key.Sku} went from {Amount(e.From)} to {Amount(e.To)} and sold {Number(e.Sold)} in {e.Days} days, where {Number(e.ExpectedMoved)} were expected, and {Number(e.ExpectedKept)} at the price before. "
            + $"It earned {Number(e.MarginEarned)} {currency.Code}, where {Number(e.MarginMoved)} were expected, and {Number(e.MarginKept)} at the price before.";
        var outs =
            input.DaysOut > 0
                ? $" On {input.DaysOut} of the days nothing was left to sell, so the figures say less than they seem to."
                : "";
        return sold
            + outs
            + (
                e is { Trend: { } trend, Margin: { } margin, Units: { } units }
                    ? Compared(e, trend, margin, units, currency)
                    : " No item of its category was held in the region over these days with a forecast, so there is nothing to compare with: how much of this is the price and how much the season can't be told."
            );
    }

    private static string Compared(PriceEffect e, double trend, double margin, double units, Currency currency)
    {
        var compared =
            $" {e.Held} {(e.Held == 1 ? "item" : "items")} of its category whose price was held sold {Change(trend - 1)} against {(e.Held == 1 ? "its forecast" : "their forecasts")}. Taken out, the new price brought {Signed(units)} units and {Signed(margin)} {currency.Code} of margin";
        return e is { MarginLow: { } low, MarginHigh: { } high }
            ? $"{compared} ({Signed(low)} to {Signed(high)} with 95 % certainty){(low > 0 ? ": it paid." : high < 0 ? ": it cost money." : ": whether it paid can't be told yet.")}"
            : $"{compared}; {PriceEffect.LeastHeld} or more held items are needed to say how sure that is.";
    }

    private static string Signed(double value) => (value > 0 ? "+" : "") + Number(value);
}
