using Stockgate.Domain.Pricing;

namespace Stockgate.Pages.Pricing;

/// <summary>What the page and the file about a run say of a decision.</summary>
internal static class PriceRunRows
{
    public static PriceRule HeldBy(PriceDecision d) => d.Verdicts.FirstOrDefault(static v => !v.Passed)?.Rule ?? PriceRule.Hysteresis;

    public static double Step(PriceDecision d) =>
        d.From.Amount == d.To.Amount || d.From.Amount == 0 ? 0 : (double)d.To.Amount / (double)d.From.Amount - 1;

    public static double? Gain(PriceDecision d) => d is { Kept: { } kept, Moved: { } moved } ? moved.Margin - kept.Margin : null;

    public static bool Lowered(PriceDecision d) => d.To.Amount < d.From.Amount;

    public static string Name(PricedItem i) => i.Title.Length > 0 ? $"{i.Title} ({i.Decision.Key})" : i.Decision.Key.ToString();
}
