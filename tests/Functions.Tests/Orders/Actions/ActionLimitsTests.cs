using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Approvals;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

/// <summary>
/// The policy lets a refund of 25 happen by itself and asks one person up to 250: for the sum of an order, a customer, a requester.
/// </summary>
public sealed class ActionLimitsTests(AzuriteFixture fixture) : ActionsOnAzurite(fixture)
{
    [Fact]
    public async Task Small_refunds_of_one_order_need_whom_a_large_one_needs()
    {
        var order = await OrderAsync(1000);
        Assert.Equal(AutonomyLevel.ActAndTell, await LevelAsync(order, 15, "an"));
        Assert.Equal(AutonomyLevel.AskOne, await LevelAsync(order, 15, "ben"));
        Assert.Equal(AutonomyLevel.AskTwoInOrder, await LevelAsync(order, 221, "cy"));
    }

    [Fact]
    public async Task Small_refunds_of_one_customer_need_whom_a_large_one_needs()
    {
        Assert.Equal(AutonomyLevel.ActAndTell, await LevelAsync(await OrderAsync(100, "c-1"), 15, "dan"));
        Assert.Equal(AutonomyLevel.AskOne, await LevelAsync(await OrderAsync(100, "c-1"), 15, "eve"));
        Time.Advance(TimeSpan.FromDays(31));
        Assert.Equal(AutonomyLevel.ActAndTell, await LevelAsync(await OrderAsync(100, "c-1"), 15, "fay"));
    }

    [Fact]
    public async Task Small_refunds_asked_for_by_one_person_need_whom_a_large_one_needs()
    {
        Assert.Equal(AutonomyLevel.ActAndTell, await LevelAsync(await OrderAsync(100), 15, "gus"));
        Assert.Equal(AutonomyLevel.AskOne, await LevelAsync(await OrderAsync(100), 15, "Gus"));
        Time.Advance(TimeSpan.FromHours(25));
        Assert.Equal(AutonomyLevel.ActAndTell, await LevelAsync(await OrderAsync(100), 15, "gus"));
    }

    [Fact]
    public async Task Of_small_refunds_at_one_moment_at_most_one_happens_by_itself()
    {
        var keys = new List<OrderActionKey>();
        for (var i = 0; i < 8; i++)
            keys.Add((await AskAsync(App, await OrderAsync(100), 15, "hal"))!);
        Assert.InRange((await LookAsync(keys)).Count(static r => r.State == OrderActionState.Executing), 0, 1);
    }

    [Fact]
    public async Task What_an_agent_asks_for_waits_for_a_person_and_is_on_record_as_an_agents()
    {
        var order = await OrderAsync(100);
        var record = await LookAsync(App, (await AskAsync(App, order, 15, "helper", isAgent: true))!);
        Assert.Equal(OrderActionState.Waiting, record.State);
        var decisions = await App.GetRequiredService<DecisionLog>().ReadAsync(OrderActionStore.SubjectOf(order), CancellationToken.None);
        Assert.All(decisions, d => Assert.Contains(d.Inputs, static i => i.Value.Contains("an agent", StringComparison.Ordinal)));
        Assert.Contains(decisions, static d => d.Decision.Contains("asked for by an agent, so a person decides", StringComparison.Ordinal));
    }

    private async Task<AutonomyLevel> LevelAsync(Domain.OrderId order, decimal amount, string by) =>
        (await LookAsync(App, (await AskAsync(App, order, amount, by))!)).Review!.Autonomy.Level;
}
