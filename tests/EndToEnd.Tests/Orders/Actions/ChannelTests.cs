using System.Text.Json;
using Stockgate.Demo.Partners;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>A world in which a channel has seconds to confirm.</summary>
public sealed class ImpatientOrderWorld : OrderWorld
{
    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["OrderActions__ConfirmWithin"] = "00:00:03" };
}

/// <summary>A channel that does not say what it did, or will not do it.</summary>
public sealed class ChannelTests(ImpatientOrderWorld world) : IClassFixture<ImpatientOrderWorld>, IDisposable
{
    private StepFaults Channel => world.Partners.Faults("oms").OrderAction;

    public void Dispose() => (Channel.NeverConfirm, Channel.Refuse) = (false, null);

    [Fact]
    public async Task A_hold_that_nobody_confirms_is_taken_back_and_can_be_asked_for_again()
    {
        var order = await world.OrderAsync();
        Channel.NeverConfirm = true;
        var action = await world.AskAsync(order, new { action = "Hold", reason = "the address looks odd" });
        await RunningApp.UntilAsync(
            () => Task.FromResult(world.Done(order).Exists(a => a.WebhookId == $"{action}.2")),
            "the channel is asked to release it"
        );
        Channel.NeverConfirm = false;
        await world.UntilAsync(order, action, "Compensated");
        var sent = world.Done(order);
        Assert.Equal(
            [("Hold", false, 1), ("Release", true, 1)],
            sent.Select(static a => (a.Message.Action.ToString(), a.Message.Compensates, a.Effects))
        );
        await RunningApp.UntilAsync(
            async () => (await world.ExceptionsAsync(order)).Select(Type).SequenceEqual(["order-action-failed"]),
            "an operator sees it"
        );
        await world.DecidedAsync(order, "Hold: Compensating", "Hold: Compensated");

        var again = await world.AskAsync(order, new { action = "Hold", reason = "the address looks odd" });
        await world.UntilAsync(order, again, "Done");
        using var twice = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{order}/actions",
            "sue",
            "{\"action\":\"Hold\",\"reason\":\"x\"}"u8.ToArray()
        );
        await Problem.IsAsync(twice, 409, "not-feasible", "action");
    }

    [Fact]
    public async Task A_refund_that_nobody_confirms_is_an_exception_keeps_its_money_and_is_done_when_it_is_confirmed_after_all()
    {
        var order = await world.OrderAsync(shipped: true);
        Channel.NeverConfirm = true;
        var action = await world.AskRefundAsync(order, 15);
        await world.UntilAsync(order, action, "Unconfirmed");
        await RunningApp.UntilAsync(async () => (await world.ExceptionsAsync(order)).Count == 1, "an operator sees it");
        Assert.Equal("order-action-unconfirmed", Type((await world.ExceptionsAsync(order))[0]));
        using (
            var more = await world.Running.CallAsync(
                HttpMethod.Post,
                $"orders/{order}/actions",
                "sue",
                "{\"action\":\"Refund\",\"reason\":\"x\",\"amount\":85.01}"u8.ToArray()
            )
        )
            await Problem.IsAsync(more, 409, "not-feasible", "action");

        Channel.NeverConfirm = false;
        await world.DoneOnceAsync(order, action, 15);
        Assert.True(Assert.Single(world.Done(order)).Times > 1);
    }

    [Fact]
    public async Task What_the_channel_refuses_has_failed_and_its_money_is_free_again()
    {
        var order = await world.OrderAsync(units: 1, shipped: true);
        Channel.Refuse = "the books are closed";
        var action = await world.AskRefundAsync(order, 10);
        await world.UntilAsync(order, action, "Failed");
        Assert.Contains(
            "the books are closed",
            (await world.ActionAsync(order, action)).GetProperty("timeline").EnumerateArray().Last().GetProperty("words").GetString(),
            StringComparison.Ordinal
        );
        await RunningApp.UntilAsync(
            async () => (await world.ExceptionsAsync(order)).Select(Type).SequenceEqual(["order-action-failed"]),
            "an operator sees it"
        );
        Assert.Empty(world.Done(order));

        Channel.Refuse = null;
        var again = await world.AskRefundAsync(order, 10);
        await world.UntilAsync(order, again, "Done");
        Assert.Equal(10m, world.Partners.Orders.RefundedOf(new Domain.OrderId(order)));
    }

    private static string Type(JsonElement exception) => exception.GetProperty("type").GetString()!;
}
