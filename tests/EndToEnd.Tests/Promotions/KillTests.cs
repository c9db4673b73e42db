using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>The app is killed at each step of a promotion and started again: it goes on where it was, and nothing happens twice.</summary>
public class KillTests(KilledWorld world) : IClassFixture<KilledWorld>
{
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(3);

    /// <summary>What is done until the app is killed, and what is still to do when it is back; then it is over in this state.</summary>
    private sealed record Point(
        Func<PromotionWorld, string, Task> Before,
        Func<PromotionWorld, string, Task> After,
        string Last = "Settled",
        int Activations = 1,
        Action<PromotionWorld, PromotionId>? Faults = null
    );

    private static readonly Dictionary<string, Point> Points = new()
    {
        ["posted"] = new(static (_, _) => Task.CompletedTask, static async (w, id) => await EndAsync(w, id, approve: true)),
        ["announced"] = new(
            static (w, id) =>
                w.UntilAsync(
                    id,
                    () => Task.FromResult(w.Partners.Posted.Any(p => p.EventId.StartsWith(id, StringComparison.Ordinal))),
                    "a partner has answered the announcement"
                ),
            static (w, id) => EndAsync(w, id, approve: true)
        ),
        ["awaiting approval"] = new(
            static (w, id) => w.UntilAsync(id, "AwaitingApproval"),
            static (w, id) => EndAsync(w, id, approve: true)
        ),
        ["scheduled"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilAsync(id, "Scheduled");
            },
            static (w, id) => EndAsync(w, id)
        ),
        ["preparing"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilGotAsync(id, "wms", LaunchStep.Prepare);
            },
            static (w, id) => EndAsync(w, id),
            Faults: static (w, id) => w.Partners.Faults("wms", id).Prepare.AnswerAfter = Slow
        ),
        ["prepared"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilAsync(id, async () => await ConfirmedAsync(w, id, "Prepare") == 6, "all six are prepared");
            },
            static (w, id) => EndAsync(w, id)
        ),
        ["activating"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilGotAsync(id, "wms", LaunchStep.Activate);
                await w.UntilAsync(id, () => Task.FromResult(w.Activations(id, "pos") == 1), "the tills show the offer");
            },
            static (w, id) => EndAsync(w, id),
            Faults: static (w, id) => w.Partners.Faults("wms", id).Activate.AnswerAfter = Slow
        ),
        ["live"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilAsync(id, "Live");
            },
            static (w, id) => EndAsync(w, id)
        ),
        ["pausing"] = new(
            static async (w, id) =>
            {
                await LiveThenAsync(w, id, "Pause");
                await w.UntilGotAsync(id, "pos", LaunchStep.Revert);
            },
            static async (w, id) =>
            {
                await w.UntilAsync(id, async () => await ConfirmedAsync(w, id, "Revert") == 6, "all six show the prior prices");
                await w.CommandAsync(id, "Resume");
                await EndAsync(w, id);
            },
            Activations: 2,
            Faults: static (w, id) => w.Partners.Faults("wms", id).Revert.AnswerAfter = Slow
        ),
        ["resuming"] = new(
            static async (w, id) =>
            {
                await LiveThenAsync(w, id, "Pause");
                await w.UntilAsync(id, async () => await ConfirmedAsync(w, id, "Revert") == 6, "all six show the prior prices");
                await w.CommandAsync(id, "Resume");
                await w.UntilGotAsync(id, "wms", LaunchStep.Activate, revision: 2);
            },
            static (w, id) => EndAsync(w, id),
            Activations: 2,
            Faults: static (w, id) => w.Partners.Faults("wms", id).Activate.AnswerAfter = Slow
        ),
        ["rolling back"] = new(
            static async (w, id) =>
            {
                await LiveThenAsync(w, id, "Cancel");
                await w.UntilGotAsync(id, "pos", LaunchStep.Revert);
            },
            static (_, _) => Task.CompletedTask,
            Faults: static (w, id) => w.Partners.Faults("wms", id).Revert.AnswerAfter = Slow
        ),
        ["rolling back before it was live"] = new(
            static async (w, id) =>
            {
                await w.ApproveAsync(id);
                await w.UntilGotAsync(id, "wms", LaunchStep.Revert);
            },
            static (_, _) => Task.CompletedTask,
            "Cancelled",
            Faults: static (w, id) =>
            {
                w.Partners.Faults("wms", id).Activate.Refuse = "no";
                w.Partners.Faults("wms", id).Revert.AnswerAfter = Slow;
            }
        ),
        ["ending"] = new(
            static async (w, id) =>
            {
                await LiveThenAsync(w, id, "End");
                await w.UntilGotAsync(id, "pos", LaunchStep.Revert);
            },
            static (_, _) => Task.CompletedTask,
            Faults: static (w, id) => w.Partners.Faults("wms", id).Revert.AnswerAfter = Slow
        ),
        ["settling"] = new(
            static async (w, id) =>
            {
                await LiveThenAsync(w, id, "End");
                await w.UntilAsync(id, async () => await ConfirmedAsync(w, id, "Revert") == 6, "all six show the prior prices");
            },
            static (_, _) => Task.CompletedTask
        ),
    };

    [Theory]
    [InlineData("activating")]
    [InlineData("rolling back")]
    public Task Killed_it_goes_on(string point) => GoesOnAsync(point);

    [LongTheory]
    [InlineData("posted")]
    [InlineData("preparing")]
    [InlineData("announced")]
    [InlineData("awaiting approval")]
    [InlineData("scheduled")]
    [InlineData("prepared")]
    [InlineData("live")]
    [InlineData("pausing")]
    [InlineData("resuming")]
    [InlineData("rolling back before it was live")]
    [InlineData("ending")]
    [InlineData("settling")]
    public Task Killed_at_any_other_step_it_goes_on_too(string point) => GoesOnAsync(point);

    private async Task GoesOnAsync(string name)
    {
        var point = Points[name];
        var sku = await world.ItemAsync(price: 20);
        // Whoever was not told before the start is told nothing after it: the app has to be back by then.
        var id = await world.PostAsync(PromotionWorld.Request([sku], startsIn: name is "posted" or "announced" ? 45 : 15));
        point.Faults?.Invoke(world, new PromotionId(id));
        await point.Before(world, id);
        await world.Running.App.KillAsync();
        await world.Running.App.RestartAsync();
        await point.After(world, id);
        await world.IsOverAsync(id, point.Last, sku, 20);
        var refused = name == "rolling back before it was live";
        Assert.All(
            PromotionWorld.Channels,
            channel =>
            {
                Assert.Equal(refused && channel == "wms" ? 0 : point.Activations, world.Activations(id, channel));
                // However often a message was sent: one for each plan that was activated, and the first plan's prices were never captured
                // twice for nothing.
                Assert.Equal(point.Activations, world.Got(id, channel, LaunchStep.Activate).Count);
            }
        );
        if (!refused)
            Assert.Empty(await world.ExceptionsAsync(id));
    }

    private static async Task LiveThenAsync(PromotionWorld world, string id, string command)
    {
        await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        await world.CommandAsync(id, command);
    }

    private static async Task EndAsync(PromotionWorld world, string id, bool approve = false)
    {
        if (approve)
            await world.ApproveAsync(id);
        await world.UntilAsync(id, "Live");
        await world.CommandAsync(id, "End");
    }

    private static async Task<int> ConfirmedAsync(PromotionWorld world, string id, string step) =>
        (await world.Running.ReadAsync($"promotions/{id}"))
            .GetProperty("channels")
            .EnumerateArray()
            .Count(s => s.GetProperty("step").GetString() == step && s.GetProperty("progress").GetString() == "Confirmed");
}
