using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Accuracy;

public sealed class OrderCareTests(AzuriteFixture fixture) : CareOnAzurite(fixture)
{
    private DateOnly Today => DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime);

    [Fact]
    public async Task A_trouble_is_raised_once_ranked_and_closed_when_it_is_gone()
    {
        var order = new OrderId("C-1");
        await SayAsync(Placed(order, "C-1-sku", 4, "near"));
        await SayAsync(
            new OrderPicked
            {
                OrderId = order,
                PickId = "k-1",
                Lines = [Line("C-1-sku", "near", 3)],
                Short = [Line("C-1-sku", "near", 1)],
            }
        );
        await CareAsync();
        await SayAsync(
            new OrderPaid
            {
                OrderId = order,
                PaymentId = "p-1",
                Amount = 40,
                Currency = Gbp,
                Captured = true,
            }
        );
        await CareAsync();
        Time.Advance(TimeSpan.FromMinutes(20));
        await CareAsync();
        var raised = Assert.Single(await OpenAsync(order));
        Assert.Equal(("order-shortpick", 1, 10m, "fulfilment-lead"), (raised.Type, raised.Count, raised.ExposedMoney, raised.Owner));
        var shown = Assert.Single(
            (await App.GetRequiredService<OrderTroubleList>().OpenAsync(100, CancellationToken.None)).Troubles,
            t => t.OrderId == order
        );
        Assert.Equal((TroubleKind.ShortPick, 26, raised.DueAt), (shown.Kind, shown.Score, shown.DueAt));

        await SayAsync(
            new OrderRefunded
            {
                OrderId = order,
                RefundId = "r-1",
                Currency = Gbp,
                Unshipped = true,
                Lines =
                [
                    new OrderLine
                    {
                        Sku = new("C-1-sku"),
                        Description = "",
                        Quantity = new(1),
                        UnitPrice = 10,
                    },
                ],
            }
        );
        await CareAsync();
        Assert.Empty(await OpenAsync(order));
        Assert.DoesNotContain(
            (await App.GetRequiredService<OrderTroubleList>().OpenAsync(100, CancellationToken.None)).Troubles,
            t => t.OrderId == order
        );
    }

    [Fact]
    public async Task A_crash_before_it_is_remembered_does_not_raise_it_twice()
    {
        var order = new OrderId("C-2");
        await SayAsync(Placed(order, "C-2-sku", 4, "near"));
        await SayAsync(
            new OrderPicked
            {
                OrderId = order,
                PickId = "k-1",
                Short = [Line("C-2-sku", "near", 1)],
            }
        );
        var before = (await Watch.FindAsync(order, CancellationToken.None))!;
        await CareAsync();
        var after = (await Watch.FindAsync(order, CancellationToken.None))!;
        Assert.NotNull(await Watch.SaveAsync(after, before.DueAt, before.State, CancellationToken.None));
        await CareAsync();
        Assert.Equal(1, Assert.Single(await OpenAsync(order)).Count);
    }

    [Fact]
    public async Task An_order_sent_twice_is_the_later_ones_trouble()
    {
        var (first, second) = (new OrderId("C-3"), new OrderId("C-4"));
        var placed = Placed(first, "C-3-sku", 2, "near");
        await SayAsync(placed, Time.GetUtcNow().AddMinutes(-3));
        await SayAsync(placed with { OrderId = second });
        await CareAsync();
        // The row that says which orders a customer has is the projection's; without it nothing is found.
        Assert.Empty(await OpenAsync(second));
        await Platform.Orders.CustomerOrders.WriteAsync(
            App.GetRequiredService<Platform.Storage.StateTables>().CustomerOrders,
            App.GetRequiredService<Platform.Storage.StateTables>().PartitionOf(first),
            [(await OrderAsync(first))!],
            [],
            CancellationToken.None
        );
        Time.Advance(TimeSpan.FromMinutes(20));
        await CareAsync();
        Assert.Equal("order-duplicate", Assert.Single(await OpenAsync(second)).Type);
        Assert.Empty(await OpenAsync(first));
    }

    [Fact]
    public async Task An_order_is_let_go_when_it_is_over_and_its_books_had_their_time()
    {
        var order = await DeliveredAsync("C-5");
        await CareAsync();
        Assert.NotNull(await Watch.FindAsync(order, CancellationToken.None));
        Time.Advance(TimeSpan.FromHours(25));
        await CareAsync();
        Assert.Null(await Watch.FindAsync(order, CancellationToken.None));
        // What comes after that has it looked at again.
        await SayAsync(
            new OrderRefunded
            {
                OrderId = order,
                RefundId = "r-1",
                Currency = Gbp,
                Adjustment = 5,
            }
        );
        await CareAsync();
        var rate = await App.GetRequiredService<OrderQuality>().RateAsync(Today.AddDays(-2), Today, CancellationToken.None);
        Assert.True(rate.Undamaged < 1, $"{rate}");
    }

    [Fact]
    public async Task An_event_that_comes_meanwhile_keeps_the_order_watched()
    {
        var order = await DeliveredAsync("C-6");
        await CareAsync();
        Time.Advance(TimeSpan.FromHours(25));
        var read = (await Watch.FindAsync(order, CancellationToken.None))!;
        await SayAsync(
            new OrderPosted
            {
                OrderId = order,
                PostingId = "f-1",
                Kind = PostingKind.Sale,
                Amount = 5,
                Currency = Gbp,
            }
        );
        Assert.False(await Watch.RemoveAsync(read, CancellationToken.None));
        Assert.Null(await Watch.SaveAsync(read, Time.GetUtcNow().AddDays(1), read.State, CancellationToken.None));
        await CareAsync();
        Assert.Equal("order-payment", Assert.Single(await OpenAsync(order)).Type);
    }

    [Fact]
    public async Task An_order_whose_event_is_not_written_yet_stays_due()
    {
        var order = new OrderId("C-7");
        await SayAsync(Placed(order, "C-7-sku", 4, "near"));
        await CareAsync();
        var picked = new OrderPicked
        {
            OrderId = order,
            PickId = "k-1",
            Short = [Line("C-7-sku", "near", 4)],
        };
        await NoteAsync((await OrderAsync(order))!.Apply(new(new("web"), "web", "soon", Time.GetUtcNow(), 0), picked));
        await CareAsync();
        Assert.True((await Watch.FindAsync(order, CancellationToken.None))!.DueAt <= Time.GetUtcNow());
        Assert.Empty(await OpenAsync(order));
        await SayAsync(picked);
        await CareAsync();
        Assert.Equal("order-shortpick", Assert.Single(await OpenAsync(order)).Type);
    }

    [Fact]
    public async Task An_order_of_long_ago_counts_and_troubles_nobody()
    {
        var (order, then) = (new OrderId("C-8"), Time.GetUtcNow().AddDays(-90));
        await SayAsync(Placed(order, "C-8-sku", 1, "near") with { PromisedBy = then.AddDays(2) }, then);
        await CareAsync();
        Assert.Null(await Watch.FindAsync(order, CancellationToken.None));
        Assert.Empty(await OpenAsync(order));
        var day = DateOnly.FromDateTime(then.AddDays(2).UtcDateTime);
        Assert.Equal(
            (1, 0m),
            (await App.GetRequiredService<OrderQuality>().RateAsync(day, day, CancellationToken.None)) is var rate
                ? (rate.Orders, rate.OnTime!.Value)
                : default
        );
        // Moved to where it arrived, and not counted twice.
        await SayAsync(
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = "s-1",
                Lines = [Line("C-8-sku", "near", 1)],
            },
            then.AddDays(40)
        );
        await SayAsync(new OrderDelivered { OrderId = order, ShipmentId = "s-1" }, then.AddDays(41));
        await CareAsync();
        var arrived = DateOnly.FromDateTime(then.AddDays(41).UtcDateTime);
        Assert.Equal(1, (await App.GetRequiredService<OrderQuality>().RateAsync(day, arrived, CancellationToken.None)).Orders);
    }

    private async Task<OrderId> DeliveredAsync(string name)
    {
        var order = new OrderId(name);
        await SayAsync(Placed(order, $"{name}-sku", 4, "near"));
        await SayAsync(
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = "s-1",
                Lines = [Line($"{name}-sku", "near", 4)],
            }
        );
        await SayAsync(new OrderDelivered { OrderId = order, ShipmentId = "s-1" });
        return order;
    }
}
