using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// Settlement phase: restores prior prices, then keeps the settlement up to date until suppliers have paid or their payment term ends.
/// </summary>
internal static class SettlementPhase
{
    public static async Task RunAsync(PromotionSteps steps)
    {
        var look = await steps.SettleAsync();
        if (!look.Restored)
        {
            if (await steps.RestoreAsync() is { } stuck)
            {
                await steps.RaiseAsync(
                    new PromotionTrouble(
                        "promotion-not-ended",
                        stuck,
                        "The promotion has ended and the channels named may still show it. Restore their prior prices by hand or repair the channel."
                    )
                );
                await steps.MoveAsync(PromotionEvent.ChannelFailed, stuck);
                return;
            }
            await steps.RestoredAsync();
            look = await steps.SettleAsync();
        }
        for (var looks = 0; look.Reason is null && looks < PromotionSteps.LooksPerExecution; looks++)
        {
            await steps.WaitAsync(look.WakeAt);
            look = await steps.SettleAsync();
        }
        if (look.Reason is { } settled)
            await steps.MoveAsync(PromotionEvent.FundingSettled, settled);
    }
}
