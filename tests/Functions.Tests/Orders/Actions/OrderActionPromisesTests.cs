using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

public sealed class OrderActionPromisesTests(AzuriteFixture fixture) : ActionsOnAzurite(fixture)
{
    [Fact]
    public async Task A_hundred_requests_at_once_in_two_processes_are_taken_for_as_much_as_was_paid()
    {
        var (order, other) = (await OrderAsync(100), Process());
        var asked = await Task.WhenAll(Enumerable.Range(0, 100).Select(i => AskAsync(i % 2 == 0 ? App : other, order, 20)));
        Assert.Equal(5, asked.Count(static key => key is not null));

        var records = await LookAsync(asked.OfType<OrderActionKey>());
        Assert.Equal(100m, records.Sum(static r => r.Review!.Effect.Money!.Value.Amount));
        Assert.Equal(5, records.Select(static r => r.Number).Distinct().Count());
    }

    [Fact]
    public async Task What_is_given_up_can_be_asked_for_again()
    {
        var order = await OrderAsync(100);
        var first = await AskAsync(App, order, 90);
        Assert.Null(await AskAsync(App, order, 20));
        await App.GetRequiredService<OrderActionStore>()
            .ChangeAsync(first!, static r => r with { State = OrderActionState.Expired }, CancellationToken.None);
        Assert.NotNull(await AskAsync(App, order, 20));
    }

    [Fact]
    public async Task A_dry_run_for_a_customer_with_an_earlier_action_is_answered()
    {
        await AskAsync(App, await OrderAsync(100, "c-dry"), 20);
        var preview = await App.GetRequiredService<OrderActionDesk>()
            .PreviewAsync(
                await OrderAsync(100, "c-dry"),
                "{\"action\":\"Refund\",\"reason\":\"late\",\"amount\":20}"u8.ToArray(),
                new Requester("lou"),
                CancellationToken.None
            );
        Assert.True(preview.Feasibility.Possible);
    }

    [Fact]
    public async Task What_executes_counts_for_an_earlier_one_that_waits()
    {
        var (order, store) = (await OrderAsync(100), App.GetRequiredService<OrderActionStore>());
        var waits = (await AskAsync(App, order, 60))!;
        Assert.Equal(OrderActionState.Waiting, (await LookAsync(App, waits)).State);
        var later = (await AskAsync(App, order, 40))!;
        // As if the money had been paid back by somebody else's word: the earlier one sees it.
        await store.ChangeAsync(later, static r => r with { State = OrderActionState.Done, Review = r.Review }, CancellationToken.None);
        await store.ChangeAsync(waits, static r => r with { State = OrderActionState.Asked }, CancellationToken.None);
        Assert.Equal(60m, (await LookAsync(App, waits)).Review!.Effect.Money!.Value.Amount);
        Assert.Null(await AskAsync(App, order, 40.01m));
    }
}
