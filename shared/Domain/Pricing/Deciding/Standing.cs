namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>Guardrails on the item's status: active, stopped, in a promotion, held.</summary>
internal static class Standing
{
    public static void Ask(PricingFacts f, PriceVerdicts verdicts)
    {
        verdicts.Add(PriceRule.Active, f.Active, f.Active ? "the item is active" : "the item is no longer active");
        verdicts.Add(
            PriceRule.StopSign,
            f.Stopped is null,
            f.Stopped is null ? "the price is not stopped" : $"stopped until a person resumes it: {f.Stopped}"
        );
        verdicts.Add(
            PriceRule.CircuitBreaker,
            f.CategoryStopped is null,
            f.CategoryStopped is null
                ? "its category is not stopped"
                : $"its category is stopped until a person resumes it: {f.CategoryStopped}"
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
            held ? $"held until {PriceWords.Moment(f.HeldUntil!.Value)} after a reverted decision" : "no decision was reverted recently"
        );
    }
}
