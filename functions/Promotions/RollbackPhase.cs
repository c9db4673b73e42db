using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>Rollback phase: restores the prior prices and retries until every channel has confirmed.</summary>
internal static class RollbackPhase
{
    public static async Task RunAsync(PromotionSteps steps)
    {
        if (await steps.RestoreAsync() is { } stuck)
        {
            await steps.RaiseAsync(
                new PromotionTrouble(
                    "prices-not-restored",
                    stuck,
                    "Customers of the channels named may still see the offer. Restore their prior prices by hand or repair the channel; the message is repeated until it confirms."
                )
            );
            // Waits, then continues as new: the state is unchanged, and the next execution continues with the open channels.
            await steps.WaitAsync(steps.Now + TimeSpan.FromSeconds(30));
            return;
        }
        await steps.RestoredAsync();
        await steps.MoveAsync(PromotionEvent.PricesRestored, "Every channel confirmed the prior prices.");
    }
}
