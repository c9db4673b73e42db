using System.Text;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Promotions;

namespace Stockgate.Pages.Formats;

/// <summary>Names of states, rules and outcomes in words.</summary>
public static class Codes
{
    public static string Of(PriceOutcome outcome) =>
        outcome switch
        {
            PriceOutcome.Keep => "stays",
            PriceOutcome.Hold => "held",
            PriceOutcome.Stop => "stopped",
            PriceOutcome.Ask => "needs approval",
            PriceOutcome.Publish => "published",
            _ => Words(outcome.ToString()),
        };

    public static string Of(PriceMode mode) =>
        mode switch
        {
            PriceMode.Steady => "for the margin",
            PriceMode.Markdown => "to clear overstock",
            PriceMode.Scarce => "nearly sold out",
            _ => Words(mode.ToString()),
        };

    public static string Of(PricingLeash leash) =>
        leash switch
        {
            PricingLeash.Off => "no price moves",
            PricingLeash.Ask => "every move needs approval",
            PricingLeash.Publish => "moves within the rules are published",
            _ => Words(leash.ToString()),
        };

    public static string Of(PriceRule rule) =>
        rule switch
        {
            PriceRule.Active => "Switched on",
            PriceRule.StopSign => "Stopped by a person",
            PriceRule.CircuitBreaker => "Category stopped",
            PriceRule.PromotionLock => "Promotion running",
            PriceRule.HeldAfterRevert => "Wait after a revert",
            PriceRule.Facts => "Plausible figures",
            PriceRule.StockFreshness => "Age of the stock figure",
            PriceRule.CostFreshness => "Age of the cost",
            PriceRule.CompetitorFreshness => "Age of competitors' prices",
            PriceRule.ForecastFreshness => "Age of the forecast",
            PriceRule.CostTypingError => "Typing error in the cost",
            PriceRule.PriceJump => "Jump of the price",
            PriceRule.Oscillation => "Back and forth",
            PriceRule.CompetitorLoop => "Loop with a competitor",
            PriceRule.Bounds => "Lowest and highest price",
            PriceRule.StepsPerDay => "Steps a day",
            PriceRule.ChangeBudget => "Changes of the category",
            PriceRule.Scarcity => "Nearly sold out",
            PriceRule.Overstock => "Overstock",
            PriceRule.MarginTarget => "Margin target",
            PriceRule.Parity => "Parity of channels",
            PriceRule.Hysteresis => "Minimum gain",
            PriceRule.Leash => "Moves without approval",
            PriceRule.AskAboveStep => "Large step",
            PriceRule.AskAboveRevenue => "Large revenue",
            _ => Words(rule.ToString()),
        };

    public static string Of(PromotionState state) =>
        state switch
        {
            PromotionState.Gating => "being checked",
            PromotionState.AwaitingApproval => "waiting for approval",
            PromotionState.RollingBack => "being taken back",
            _ => Words(state.ToString()),
        };

    /// <summary>A code that has no words of its own: <c>AwaitingApproval</c> and <c>mark-down</c> are read as they are spelled.</summary>
    public static string Words(string code)
    {
        // A sentence, a name or a number is no code.
        if (code.Contains(' ', StringComparison.Ordinal) || !code.All(static c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.'))
            return code;
        var words = new StringBuilder();
        for (var i = 0; i < code.Length; i++)
            if (code[i] is '-' or '_')
                words.Append(' ');
            else if (char.IsAsciiLetterUpper(code[i]) && i > 0 && char.IsAsciiLetterLower(code[i - 1]))
                words.Append(' ').Append(char.ToLowerInvariant(code[i]));
            else
                words.Append(i == 0 || code[i - 1] is '-' or '_' ? char.ToLowerInvariant(code[i]) : code[i]);
        return words.ToString();
    }

    /// <summary>With a capital, where it begins a cell or a sentence.</summary>
    public static string Capital(string words) => words.Length > 0 ? char.ToUpperInvariant(words[0]) + words[1..] : words;
}
