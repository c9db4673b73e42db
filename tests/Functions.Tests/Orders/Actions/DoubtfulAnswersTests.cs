using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

/// <summary>A channel that refuses what it may have done already: its money is not free.</summary>
public sealed class DoubtfulAnswersTests(AzuriteFixture fixture) : ActionsOnAzurite(fixture)
{
    [Fact]
    public async Task What_is_refused_at_the_first_try_has_failed()
    {
        OnReceipt = static http => Task.FromResult(http.Response.StatusCode = 400);
        Assert.Equal(OrderActionState.Failed, (await SentAsync("ian")).State);
    }

    [Fact]
    public async Task What_is_refused_after_an_answer_that_was_lost_may_have_been_done()
    {
        var calls = 0;
        OnReceipt = http => Task.FromResult(http.Response.StatusCode = Interlocked.Increment(ref calls) == 1 ? 500 : 400);
        var record = await SentAsync("jo");
        Assert.Equal((OrderActionState.Executing, true), (record.State, record.InDoubt));
        Assert.Null(await AskAsync(App, record.OrderId, 90));
    }

    [Fact]
    public async Task What_is_refused_after_a_crash_at_the_first_try_may_have_been_done()
    {
        OnReceipt = static http => Task.FromResult(http.Response.StatusCode = 400);
        var record = await SentAsync("kim", static r => r.Trying(1, r.RequestedAt));
        Assert.Equal((OrderActionState.Executing, true), (record.State, record.InDoubt));
    }

    private async Task<OrderActionRecord> SentAsync(string by, Func<OrderActionRecord, OrderActionRecord>? before = null)
    {
        var (key, store) = ((await AskAsync(App, await OrderAsync(100), 15, by))!, App.GetRequiredService<OrderActionStore>());
        await LookAsync(App, key);
        Time.Advance(TimeSpan.FromMinutes(1));
        if (before is not null)
            await store.ChangeAsync(key, before, CancellationToken.None);
        Assert.True(await App.GetRequiredService<OrderActionWork>().SendAsync(key, CancellationToken.None));
        return await store.GetAsync(key, CancellationToken.None);
    }
}
