using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Accuracy;

public sealed class AllocationCareTests(AzuriteFixture fixture) : CareOnAzurite(fixture)
{
    [Fact]
    public async Task An_order_is_allocated_once_and_told_again_until_it_is_confirmed()
    {
        var order = new OrderId("A-1");
        await CountAsync("A-1-sku", "near", 3);
        await CountAsync("A-1-sku", "middle", 3);
        await CountAsync("A-1-sku", "far", 50);
        await SayAsync(Placed(order, "A-1-sku", 4));
        await CareAsync();
        // One of the three nearest is kept back from this channel.
        Assert.Equal("middle:2 near:2", Lines(Assert.Single(Sent(order)).Message));
        await CareAsync();
        Assert.Single(Sent(order));

        Time.Advance(TimeSpan.FromMinutes(2));
        await CareAsync();
        Assert.Equal(2, Sent(order).Count);
        Assert.Equal(Sent(order)[0].Id, Sent(order)[1].Id);

        await SayAsync(new OrderAllocated { OrderId = order, Lines = Sent(order)[0].Message.Lines });
        await CareAsync();
        Time.Advance(TimeSpan.FromMinutes(20));
        await CareAsync();
        Assert.Equal(2, Sent(order).Count);
        var decided = Assert.Single(await App.GetRequiredService<DecisionLog>().ReadAsync($"order {order}", CancellationToken.None));
        Assert.Equal([Sent(order)[0].Id], decided.Published);
        Assert.Contains(decided.Inputs, static i => i is { Name: "A-1-sku at near", Value: "3" });
        Assert.Contains(decided.Inputs, static i => i is { Name: "buffer of near for web", Value: "1" });
    }

    [Fact]
    public async Task A_crash_after_it_was_sent_sends_the_same_again_whatever_the_stock_is_by_then()
    {
        var order = new OrderId("A-2");
        await CountAsync("A-2-sku", "near", 9);
        await SayAsync(Placed(order, "A-2-sku", 4));
        using var crash = new CancellationTokenSource();
        OnReceipt = _ => crash.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => CareAsync(crash.Token));
        Assert.Single(Sent(order));

        OnReceipt = static _ => Task.CompletedTask;
        await CountAsync("A-2-sku", "near", 0);
        await CountAsync("A-2-sku", "far", 9);
        await Process().GetRequiredService<OrderCare>().RunAsync(CancellationToken.None);
        Assert.Equal(2, Sent(order).Count);
        Assert.Equal((Sent(order)[0].Id, "near:4"), (Sent(order)[1].Id, Lines(Sent(order)[1].Message)));
        Assert.Single(await App.GetRequiredService<DecisionLog>().ReadAsync($"order {order}", CancellationToken.None));
    }

    [Fact]
    public async Task Of_two_orders_that_want_the_last_units_one_has_them()
    {
        var (first, second) = (new OrderId("A-3"), new OrderId("A-4"));
        await CountAsync("A-3-sku", "middle", 4);
        await SayAsync(Placed(first, "A-3-sku", 4));
        await SayAsync(Placed(second, "A-3-sku", 4));
        await CareAsync();
        Assert.Equal(1, Sent(first).Count + Sent(second).Count);
        var without = Sent(first).Count == 0 ? first : second;
        Assert.Equal("order-shortpick", Assert.Single(await OpenAsync(without)).Type);

        // More comes in: it is allocated after all, and the trouble is over.
        await CountAsync("A-3-sku", "far", 4);
        Time.Advance(TimeSpan.FromMinutes(2));
        await CareAsync();
        Assert.Equal("far:4", Lines(Sent(without)[^1].Message));
        Assert.Empty(await OpenAsync(without));
    }

    [Fact]
    public async Task What_was_short_is_added_to_what_was_allocated_when_it_comes_in()
    {
        var order = new OrderId("A-5");
        await CountAsync("A-5-sku", "middle", 3);
        await SayAsync(Placed(order, "A-5-sku", 4));
        await CareAsync();
        Assert.Equal("middle:3", Lines(Assert.Single(Sent(order)).Message));
        await SayAsync(new OrderAllocated { OrderId = order, Lines = Sent(order)[0].Message.Lines });
        await CountAsync("A-5-sku", "middle", 0);
        await CareAsync();
        Assert.Contains("1 of A-5-sku", Assert.Single(await OpenAsync(order)).RecommendedAction, StringComparison.Ordinal);

        await CountAsync("A-5-sku", "far", 7);
        Time.Advance(TimeSpan.FromMinutes(2));
        await CareAsync();
        var (_, whole) = Sent(order)[^1];
        Assert.Equal((2, "far:1 middle:3"), (whole.Revision, Lines(whole)));
        await SayAsync(new OrderAllocated { OrderId = order, Lines = whole.Lines });
        await CareAsync();
        Assert.Empty(await OpenAsync(order));
    }

    [Fact]
    public async Task What_names_its_location_or_is_allocated_elsewhere_is_left_alone()
    {
        var (named, elsewhere, called) = (new OrderId("A-6"), new OrderId("A-7"), new OrderId("A-8"));
        await CountAsync("A-6-sku", "near", 90);
        await SayAsync(Placed(named, "A-6-sku", 1, "far"));
        await SayAsync(Placed(elsewhere, "A-6-sku", 1));
        await SayAsync(new OrderAllocated { OrderId = elsewhere, Lines = [Line("A-6-sku", "far", 1)] });
        await SayAsync(Placed(called, "A-6-sku", 1));
        await SayAsync(new OrderCancelled { OrderId = called });
        await CareAsync();
        Assert.Empty(Sent(named).Concat(Sent(elsewhere)).Concat(Sent(called)));
    }

    [Fact]
    public async Task A_channel_that_refuses_is_somebodys_exception_until_it_confirms()
    {
        var order = new OrderId("A-9");
        await CountAsync("A-9-sku", "near", 9);
        await SayAsync(Placed(order, "A-9-sku", 2));
        OnReceipt = static http =>
        {
            http.Response.StatusCode = 422;
            return http.Response.CompleteAsync();
        };
        await CareAsync();
        Time.Advance(TimeSpan.FromMinutes(2));
        await CareAsync();
        var raised = Assert.Single(await OpenAsync(order));
        Assert.Equal(("order-unallocated", 1, 20m), (raised.Type, raised.Count, raised.ExposedMoney));
        await SayAsync(new OrderAllocated { OrderId = order, Lines = Sent(order)[0].Message.Lines });
        await CareAsync();
        Assert.Empty(await OpenAsync(order));
    }
}
