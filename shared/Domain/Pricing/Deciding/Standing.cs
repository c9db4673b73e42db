namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>
/// The guardrails that ask what is known of the item before its figures: whether it is sold, stopped, promoted, left alone.
/// </summary>
internal static class Standing
{
    public static void Ask(PricingFacts f, PriceVerdicts verdicts)
    {
        verdicts.Add(PriceRule.Active, f.Active, f.Active ? "it is sold" : "it is no longer sold");
        verdicts.Add(
            PriceRule.StopSign,
            f.Stopped is null,
            f.Stopped is null ? "nobody stopped it" : $"stopped until a person lets it go on: {f.Stopped}"
        );
        verdicts.Add(
            PriceRule.CircuitBreaker,
            f.CategoryStopped is null,
            f.CategoryStopped is null
                ? "its category goes on"
                : $"its category is stopped until a person lets it go on: {f.CategoryStopped}"
        );
        verdicts.Add(
            PriceRule.PromotionLock,
            f.Promotion is null,
            f.Promotion is null ? "no promotion is running" : $"promotion {f.Promotion.Value} is running and owns the price until it ends"
        );
        var held = f.HeldUntil is { } until && until > f.Now;
        verdicts.Add(
            PriceRule.HeldAfterRevert,
            !held,
            held
                ? $"left alone until {PriceWords.Moment(f.HeldUntil!.Value)}, since a decision was taken back"
                : "no decision was taken back of late"
        );
    }
}
