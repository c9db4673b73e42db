using Stockgate.Demo.Partners;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>
/// Channels that are away. A world of their own: a channel that fails again and again is left alone for a while, by every promotion.
/// </summary>
public class OutageTests(PatientWorld world) : IClassFixture<PatientWorld>
{
    [Fact]
    public async Task A_channel_that_is_down_is_shown_and_the_launch_waits_for_it()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku], startsIn: 16));
        await world.UntilAsync(id, "Scheduled");
        world.Partners.Faults("marketplace").Outage = PartnerOutage.Cut;
        await world.UntilAsync(id, async () => await ConditionAsync("marketplace") == "Down", "the marketplace is shown as down");
        Assert.Contains(
            (await world.Running.ReadAsync("exceptions")).EnumerateArray(),
            static e => e.GetProperty("type").GetString() == "channel-down" && e.GetProperty("subject").GetString() == "channel marketplace"
        );
        world.Partners.Faults("marketplace").Outage = PartnerOutage.None;
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 16);
        Assert.NotEqual("Down", await ConditionAsync("marketplace"));
        Assert.Empty(await world.ExceptionsAsync(id));
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
    }

    [Fact]
    public async Task A_channel_that_answers_activate_with_503_for_ever_takes_all_back()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku]));
        world.Partners.Faults("wms", new PromotionId(id)).Activate.Failures = int.MaxValue;
        await world.IsOverAsync(id, "Cancelled", sku, 20, TimeSpan.FromSeconds(150));
        Assert.Equal(0, world.Activations(id, "wms"));
        Assert.Equal(1, world.Activations(id, "pos"));
        Assert.True(world.Got(id, "wms", LaunchStep.Activate).Single().Times > 1);
        Assert.Contains(
            await world.ExceptionsAsync(id),
            static e =>
                e.GetProperty("type").GetString() == "promotion-rolled-back"
                && e.GetProperty("failure").GetString()!.Contains("wms", StringComparison.Ordinal)
        );
    }

    private async Task<string?> ConditionAsync(string channel) =>
        (await world.Running.ReadAsync("outbound"))
            .EnumerateArray()
            .Single(c => c.GetProperty("channel").GetString() == channel)
            .GetProperty("state")
            .GetString();
}
