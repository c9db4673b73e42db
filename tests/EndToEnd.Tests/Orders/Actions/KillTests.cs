using Stockgate.Demo.Partners;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>A world in which a channel has minutes to confirm: an app that was killed has to be back by then.</summary>
public sealed class PatientOrderWorld : OrderWorld
{
    public override IReadOnlyDictionary<string, string> Settings { get; } =
        new Dictionary<string, string> { ["OrderActions__ConfirmWithin"] = "00:05:00" };
}

/// <summary>
/// The app is killed at each step of an action and started again: it goes on where it was, and the customer is paid once.
/// </summary>
public sealed class KillTests(PatientOrderWorld world) : IClassFixture<PatientOrderWorld>, IDisposable
{
    // Longer than it takes to notice and to kill.
    private static readonly TimeSpan Slow = TimeSpan.FromSeconds(2);

    private StepFaults Channel => world.Partners.Faults("oms").OrderAction;

    public void Dispose() =>
        (Channel.Failures, Channel.TakenAllTheSame, Channel.NeverConfirm, Channel.AnswerAfter, Channel.ConfirmAfter) = (
            0,
            false,
            false,
            TimeSpan.Zero,
            TimeSpan.Zero
        );

    [LongFact]
    public async Task Killed_right_after_the_request_it_is_asked_and_paid_once()
    {
        var (order, action) = await AskedAsync(50);
        await KilledAsync();
        await ApproveAsync("lena", order);
        await world.DoneOnceAsync(order, action, 50);
    }

    [LongFact]
    public async Task Killed_right_after_a_request_that_policy_allows_it_is_paid_once()
    {
        var (order, action) = await AskedAsync(15);
        await KilledAsync();
        await world.DoneOnceAsync(order, action, 15);
    }

    [LongFact]
    public async Task Killed_while_a_person_is_waited_for_the_page_that_was_open_still_decides()
    {
        var (order, action) = await AskedAsync(50);
        var page = await world.Browser.OpenAsync((await world.MailToAsync("lena", order)).Link!);
        await world.UntilAsync(order, action, "Waiting");
        await KilledAsync();
        Assert.Contains("Approved by lena", (await world.Browser.PressAsync(page, "approve")).Text, StringComparison.Ordinal);
        await world.DoneOnceAsync(order, action, 50);
    }

    [Fact]
    public async Task Killed_between_the_decision_and_its_execution_it_is_paid_once()
    {
        var (order, action) = await AskedAsync(50);
        var page = await world.Browser.OpenAsync((await world.MailToAsync("lena", order)).Link!);
        Assert.Equal(303, (await world.Browser.PostAsync(page, "approve")).Page.Status);
        await KilledAsync();
        await world.DoneOnceAsync(order, action, 50);
        Assert.Equal("lena", Assert.Single(await world.DecisionsAsync(order, action)).GetProperty("by").GetString());
    }

    [Fact]
    public async Task Killed_between_the_execution_and_its_record_it_is_sent_again_and_paid_once()
    {
        (Channel.Failures, Channel.TakenAllTheSame, Channel.NeverConfirm) = (int.MaxValue, true, true);
        var (order, action) = await AskedAsync(15);
        await RunningApp.UntilAsync(() => Task.FromResult(world.Done(order).Count == 1), "the channel has paid");
        await world.Running.App.KillAsync();
        var before = Assert.Single(world.Done(order)).Times;
        Dispose();
        await world.Running.App.RestartAsync();
        await world.DoneOnceAsync(order, action, 15);
        Assert.True(Assert.Single(world.Done(order)).Times > before, "Nobody knew whether it was paid, and it was not sent again.");
    }

    [LongFact]
    public async Task Killed_while_the_channel_takes_its_time_to_answer_it_is_paid_once()
    {
        Channel.AnswerAfter = Slow;
        var (order, action) = await AskedAsync(15);
        await world.UntilAsync(order, action, "Executing");
        await KilledAsync();
        await world.DoneOnceAsync(order, action, 15);
    }

    [LongFact]
    public async Task Killed_while_a_confirmation_is_under_way_it_is_heard_afterwards()
    {
        Channel.ConfirmAfter = Slow;
        var (order, action) = await AskedAsync(15);
        await RunningApp.UntilAsync(() => Task.FromResult(world.Done(order).Count == 1), "the channel has paid");
        await KilledAsync();
        await world.DoneOnceAsync(order, action, 15);
    }

    [LongFact]
    public async Task Killed_between_two_approvers_the_first_is_not_asked_again()
    {
        var order = await world.OrderAsync(units: 40, shipped: true);
        var action = await world.AskRefundAsync(order, 300);
        await ApproveAsync("lena", order);
        await KilledAsync();
        await ApproveAsync("fred", order);
        await world.DoneOnceAsync(order, action, 300);
        Assert.Equal(["lena", "fred"], (await world.DecisionsAsync(order, action)).Select(static d => d.GetProperty("by").GetString()));
    }

    [Fact]
    public async Task An_answer_that_was_lost_is_asked_for_again_and_paid_once()
    {
        (Channel.Failures, Channel.TakenAllTheSame) = (1, true);
        var (order, action) = await AskedAsync(15);
        await world.DoneOnceAsync(order, action, 15);
    }

    private async Task<(string Order, string Action)> AskedAsync(decimal amount)
    {
        var order = await world.OrderAsync(shipped: true);
        return (order, await world.AskRefundAsync(order, amount));
    }

    private async Task KilledAsync()
    {
        await world.Running.App.KillAsync();
        await world.Running.App.RestartAsync();
    }

    private async Task ApproveAsync(string name, string order)
    {
        var page = await world.Browser.OpenAsync((await world.MailToAsync(name, order)).Link!);
        Assert.Equal(303, (await world.Browser.PostAsync(page, "approve")).Page.Status);
    }
}
