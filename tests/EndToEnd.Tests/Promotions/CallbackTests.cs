using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>Confirmations that come twice, late, out of order, about the past, or from somebody else.</summary>
[Collection(PatientWorld.Name)]
public class CallbackTests(PatientWorld world)
{
    [Fact]
    public async Task Callbacks_that_come_twice_and_once_more_when_all_is_live_change_nothing()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.PostAsync(PromotionWorld.Request([sku]));
        foreach (var channel in PromotionWorld.Channels)
            world.Partners.Faults(channel, new PromotionId(id)).CallBackTwice = true;
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        await world.Partners.PostAsync("pos", $"{id}.late-1", Answer(id, 1, LaunchStep.Prepare, StepAnswer.Confirmed));
        await world.Partners.PostAsync("pos", $"{id}.late-2", Answer(id, 1, LaunchStep.Prepare, StepAnswer.Refused));
        await world.Running.ProjectedAsync();
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
        Assert.All(PromotionWorld.Channels, channel => Assert.Equal(1, world.Activations(id, channel)));
        Assert.True(
            world.Partners.Posted.Count(p => p.EventId.StartsWith($"{id}.1.pos.activate", StringComparison.OrdinalIgnoreCase)) >= 2
        );
        Assert.Empty(await world.ExceptionsAsync(id));
    }

    [Fact]
    public async Task An_older_no_after_a_newer_yes_and_answers_about_the_past_or_by_others_do_not_count()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku], startsIn: 18));
        await world.UntilAsync(id, async () => await PreparedAsync(id, 1) == 6, "all six hold plan 1");
        // From here on the tills say nothing by themselves, and a new price makes a new plan.
        world.Partners.Faults("pos", new PromotionId(id)).Prepare.NeverConfirm = true;
        await world.PriceAsync(sku, 30);
        await world.UntilGotAsync(id, "pos", LaunchStep.Prepare, revision: 2);
        await world.UntilAsync(id, async () => await PreparedAsync(id, 2) == 5, "all but the tills hold plan 2");

        var now = TimeProvider.System.GetUtcNow();
        await world.Partners.PostAsync("pos", $"{id}.past", Answer(id, 1, LaunchStep.Prepare, StepAnswer.Confirmed));
        await world.Partners.PostAsync("ecommerce", $"{id}.other-yes", Answer(id, 2, LaunchStep.Prepare, StepAnswer.Confirmed));
        await world.Partners.PostAsync("erp", $"{id}.other-no", Answer(id, 2, LaunchStep.Prepare, StepAnswer.Refused));
        await world.Running.ProjectedAsync();
        // The signal of the last of them has been answered by a round when the tills were asked once more.
        var asked = world.Got(id, "pos", LaunchStep.Prepare).Single(m => m.Message.Revision == 2).Times;
        await world.UntilAsync(
            id,
            () => Task.FromResult(world.Got(id, "pos", LaunchStep.Prepare).Single(m => m.Message.Revision == 2).Times >= asked + 2),
            "the tills were asked twice more"
        );
        Assert.Equal("Preparing", await world.StateAsync(id));
        Assert.Equal(5, await PreparedAsync(id, 2));
        Assert.Contains("pos has to confirm the prices of plan 2", await world.ExplainAsync(id), StringComparison.Ordinal);

        // The next step is answered before it is asked, in the wrong order: when it is asked, the newer word holds, and the tills get the
        // message all the same.
        await world.Partners.PostAsync(
            "pos",
            $"{id}.early-yes",
            Answer(id, 2, LaunchStep.Activate, StepAnswer.Confirmed),
            now.AddSeconds(1)
        );
        await world.Partners.PostAsync("pos", $"{id}.older-no", Answer(id, 2, LaunchStep.Activate, StepAnswer.Refused), now.AddMinutes(-1));
        await world.Partners.PostAsync("pos", $"{id}.yes", Answer(id, 2, LaunchStep.Prepare, StepAnswer.Confirmed), now.AddSeconds(1));
        await world.Partners.PostAsync("pos", $"{id}.oldest-no", Answer(id, 2, LaunchStep.Prepare, StepAnswer.Refused), now.AddMinutes(-1));
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 24);
        Assert.All(PromotionWorld.Channels, channel => Assert.Equal(1, world.Activations(id, channel)));
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 30);
    }

    private async Task<int> PreparedAsync(string id, int revision) =>
        (await world.Running.ReadAsync($"promotions/{id}"))
            .GetProperty("channels")
            .EnumerateArray()
            .Count(s =>
                s.GetProperty("revision").GetInt32() == revision
                && s.GetProperty("step").GetString() == "Prepare"
                && s.GetProperty("progress").GetString() == "Confirmed"
            );

    private static ChannelAnswered Answer(string id, int revision, LaunchStep step, StepAnswer answer) =>
        new()
        {
            Promotion = new PromotionId(id),
            Channel = new("pos"),
            Revision = revision,
            Step = step,
            Answer = answer,
        };
}
