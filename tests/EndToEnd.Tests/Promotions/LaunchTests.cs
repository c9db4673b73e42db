using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Promotions;

[Collection(SharedWorld.Name)]
public class LaunchTests(PromotionWorld world)
{
    [Fact]
    public async Task A_promotion_that_is_ready_launches_everywhere_and_ends_at_the_prices_before()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.PostAsync(PromotionWorld.Request([sku]));
        await world.UntilAsync(id, "AwaitingApproval");
        Assert.Contains("approval", await world.ExplainAsync(id), StringComparison.Ordinal);
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 16);
        Assert.All(PromotionWorld.Channels, channel => Assert.Equal(1, world.Activations(id, channel)));
        await world.CommandAsync(id, "End");
        await world.UntilAsync(id, "Settled");
        world.Shows(sku, 20);
        await world.DecidedAsync(id, "Draft → Gating", "approved as finance", "Preparing → Live", "Live → Ended", "Ended → Settled");
        Assert.Empty(await world.ExceptionsAsync(id));
    }
}
