using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>
/// After the end: prior prices in every channel, then the account, kept up to date until suppliers have paid or their time is over.
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
                        "The promotion is over and the channels named may still show it. Put their prior prices back by hand or mend the channel."
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
