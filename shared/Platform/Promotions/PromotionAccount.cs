using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions.Live;

namespace Stockgate.Platform.Promotions;

/// <summary>How far a promotion's account is.</summary>
/// <param name="Restored">Whether every channel shows the prior prices; before that nothing is counted.</param>
/// <param name="Reason">Why it is settled; null while it is not.</param>
/// <param name="WakeAt">When to look again.</param>
public sealed record SettlementLook(bool Restored, string? Reason, DateTimeOffset WakeAt);

/// <summary>Counts what a promotion came to, bills it, and keeps the report up to date until what was billed is paid.</summary>
public sealed class PromotionAccount(PromotionStore store, BudgetLedger budget, PromotionPolicy policy, TimeProvider time)
{
    public async Task<SettlementLook> LookAsync(PromotionId promotion, CancellationToken cancellationToken)
    {
        await budget.CloseAsync(promotion, cancellationToken);
        var record = (await store.GetAsync(promotion, cancellationToken)).Record;
        var now = time.GetUtcNow();
        return record.RestoredAt is null ? new SettlementLook(false, null, now) : new SettlementLook(true, "There is nothing to bill.", now + policy.JudgeEvery);
    }
}
