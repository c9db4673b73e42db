using Stockgate.Domain.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Promotions;

/// <summary>Puts the prior prices back in every channel and does not rest before each has confirmed.</summary>
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
                    "Customers of the channels named may still see the offer. Put their prior prices back by hand or mend the channel; it is asked again until it confirms."
                )
            );
            // A pause, then from the beginning: the state has not changed, and the next execution goes on with what is open.
            await steps.WaitAsync(steps.Now + TimeSpan.FromSeconds(30));
            return;
        }
        await steps.RestoredAsync();
        await steps.MoveAsync(PromotionEvent.PricesRestored, "Every channel confirmed the prior prices.");
    }
}
