using System.Net;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>What a merchandiser changes while a promotion is on its way, or live.</summary>
[Collection(PatientWorld.Name)]
public class CommandTests(PatientWorld world)
{
    [Fact]
    public async Task It_can_be_cancelled_in_every_state_that_it_can_be_in_and_its_prices_are_as_before()
    {
        await Task.WhenAll(
            CancelledAsync("Gating", "Cancelled", countedHoursAgo: 10),
            CancelledAsync("AwaitingApproval", "Cancelled", approve: false),
            CancelledAsync("Scheduled", "Cancelled", startsIn: 150),
            CancelledAsync("Preparing", "Cancelled", prepared: id => world.Partners.Faults("pos", id).Prepare.NeverConfirm = true),
            CancelledAsync("Live", "Settled"),
            CancelledAsync("Paused", "Settled", then: id => world.CommandAsync(id, "Pause"))
        );

        async Task CancelledAsync(
            string state,
            string last,
            double countedHoursAgo = 0,
            bool approve = true,
            double startsIn = 12,
            Action<PromotionId>? prepared = null,
            Func<string, Task>? then = null
        )
        {
            var sku = await world.ItemAsync(price: 20, countedAt: TimeProvider.System.GetUtcNow().AddHours(-countedHoursAgo));
            var id = await world.PostAsync(PromotionWorld.Request([sku], startsIn));
            prepared?.Invoke(new PromotionId(id));
            if (approve)
                await world.ApproveAsync(id);
            if (then is not null)
            {
                await world.UntilAsync(id, "Live");
                await then(id);
            }
            await world.UntilAsync(id, state);
            await world.IsOwnedAsync(id);
            await world.CommandAsync(id, "Cancel");
            await world.IsOverAsync(id, last, sku, 20);
            await world.DecidedAsync(id, $"{state} → ", "cancel");
            await world.RefusedAsync(
                $"promotions/{id}/commands",
                new { kind = "Cancel", reason = "again" },
                "mia",
                409,
                "not-in-this-state",
                null
            );
        }
    }

    [Fact]
    public async Task Paused_it_shows_the_prior_prices_and_resumed_the_offer_again()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.LiveAsync(sku);
        await world.CommandAsync(id, "Pause");
        await world.UntilAsync(
            id,
            async () =>
                (await world.Running.ReadAsync($"promotions/{id}")).GetProperty("promotion") is var p
                && p.GetProperty("state").GetString() == "Paused"
                && p.TryGetProperty("restoredAt", out var at)
                && at.ValueKind == JsonValueKind.String,
            "paused, with the prior prices"
        );
        world.Shows(sku, 20);
        await world.IsOwnedAsync(id);
        await world.CommandAsync(id, "Resume");
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 16);
        Assert.All(
            PromotionWorld.Channels,
            channel =>
                Assert.Equal((2, 2), (world.Activations(id, channel), world.Partners.Books(channel).ActiveRevisionOf(new PromotionId(id))))
        );
        await world.CommandAsync(id, "End", "sold enough");
        await world.IsOverAsync(id, "Settled", sku, 20);
        await world.DecidedAsync(
            id,
            "Live → Paused: PausedByOperator",
            "Paused → Live: Resumed",
            "Live → Ended: WindowEnded",
            "pause",
            "resume",
            "end"
        );
        Assert.Empty(await world.ExceptionsAsync(id));
    }

    [Fact]
    public async Task Edited_while_scheduled_it_needs_a_new_yes_and_launches_at_the_new_terms()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku], startsIn: 300));
        await world.UntilAsync(id, "Scheduled");
        using (
            var edited = await world.SendAsync(
                HttpMethod.Put,
                $"promotions/{id}",
                PromotionWorld.Request([sku], startsIn: 14, discount: new { kind = "percentOff", percent = 10 }),
                "mia",
                "The supplier pays less."
            )
        )
        {
            Assert.True(edited.StatusCode == HttpStatusCode.Accepted, await edited.Content.ReadAsStringAsync());
        }
        await world.UntilAsync(id, "AwaitingApproval");
        await world.RefusedAsync(
            $"promotions/{id}/decisions",
            new
            {
                role = "finance",
                terms = 1,
                approved = true,
            },
            "finn",
            409,
            "terms-changed",
            "terms"
        );
        await world.ApproveAsync(id, terms: 2);
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 18);
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
        await world.DecidedAsync(id, "Scheduled → Gating: GatesToRepeat", "edit");
    }

    // A window is a minute at least, so this one waits.
    [LongFact]
    public async Task Extended_while_live_it_goes_on_after_its_first_end_and_ends_by_the_clock()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.LiveAsync(sku, lasts: 60);
        var first = (await world.Running.ReadAsync($"promotions/{id}")).GetProperty("promotion").GetProperty("end").GetDateTimeOffset();
        await world.AcceptedAsync(
            $"promotions/{id}/extend",
            new { end = PromotionWorld.Local(first.AddSeconds(15)), reason = "It rains." },
            "mia"
        );
        await world.UntilAsync(
            id,
            async () =>
                (await world.Running.ReadAsync($"promotions/{id}")).GetProperty("promotion").GetProperty("end").GetDateTimeOffset()
                == first.AddSeconds(15),
            "the end is later"
        );
        await world.UntilAsync(id, () => Task.FromResult(TimeProvider.System.GetUtcNow() > first.AddSeconds(5)), "the first end is over");
        Assert.Equal("Live", await world.StateAsync(id));
        world.Shows(sku, 16);
        await world.UntilAsync(id, async () => await world.StateAsync(id) != "Live", "it ends");
        Assert.True(TimeProvider.System.GetUtcNow() >= first.AddSeconds(15));
        await world.IsOverAsync(id, "Settled", sku, 20);
        await world.DecidedAsync(id, "Live → Ended: WindowEnded", "extend");
        Assert.All(PromotionWorld.Channels, channel => Assert.Equal(1, world.Activations(id, channel)));
        Assert.NotEmpty(world.Got(id, "pos", LaunchStep.Revert));
        Assert.Equal(20, world.Partners.PriceOf("pos", new Sku(sku))!.Value.Amount);
    }
}
