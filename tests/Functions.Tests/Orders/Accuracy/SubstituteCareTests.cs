using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Accuracy;

public sealed class SubstituteCareTests(AzuriteFixture fixture) : CareOnAzurite(fixture)
{
    [Fact]
    public async Task A_substitute_is_asked_for_once_the_nearest_in_price_that_is_there()
    {
        var order = await ShortAsync("B-1", consent: true);
        var run = await CareAsync();
        var asked = Assert.Single(await ActionsAsync(order));
        Assert.Equal([new OrderActionKey(order, asked.Id)], run.Actions);
        Assert.Equal(
            (OrderActionKind.Substitute, "substitution rules", "B-1-there", 1m),
            (
                asked.Request.Action,
                asked.Request.RequestedBy,
                asked.Request.Lines[0].Substitute!.Value.Value,
                asked.Request.Lines[0].Quantity.Value
            )
        );

        // Looked at again, remembered or not: it stays one.
        Time.Advance(TimeSpan.FromMinutes(20));
        Assert.Empty((await CareAsync()).Actions);
        var watched = (await Watch.FindAsync(order, CancellationToken.None))!;
        await Watch.SaveAsync(watched, Time.GetUtcNow(), watched.State with { Substituted = [] }, CancellationToken.None);
        await CareAsync();
        Assert.Single(await ActionsAsync(order));
    }

    [Fact]
    public async Task Without_the_customers_consent_nothing_is_asked()
    {
        var order = await ShortAsync("B-2", consent: false);
        Assert.Empty((await CareAsync()).Actions);
        Assert.Empty(await ActionsAsync(order));
        Assert.Equal("order-shortpick", Assert.Single(await OpenAsync(order)).Type);
    }

    [Fact]
    public async Task What_was_sold_at_another_price_than_was_in_force_is_a_trouble_until_it_is_given_back()
    {
        var order = new OrderId("B-3");
        await LampAsync("B-3-sku", 8);
        await SayAsync(Placed(order, "B-3-sku", 4, "near"));
        await CareAsync();
        var raised = Assert.Single(await OpenAsync(order));
        Assert.Equal(("order-pricemismatch", 8m), (raised.Type, raised.ExposedMoney));
        await SayAsync(
            new OrderRefunded
            {
                OrderId = order,
                RefundId = "r-1",
                Currency = Gbp,
                Adjustment = 8,
            }
        );
        await CareAsync();
        Assert.Empty(await OpenAsync(order));
    }

    [Fact]
    public async Task A_price_that_changed_after_the_order_is_not_held_against_it()
    {
        var order = new OrderId("B-4");
        await LampAsync("B-4-sku", 8);
        await SayAsync(Placed(order, "B-4-sku", 4, "near"), Time.GetUtcNow().AddDays(-2));
        await CareAsync();
        Assert.Empty(await OpenAsync(order));
    }

    private Task<IReadOnlyList<OrderActionRecord>> ActionsAsync(OrderId order) =>
        App.GetRequiredService<OrderActionStore>().ListAsync(order, CancellationToken.None);

    // The nearest in price is not in stock, the next one is.
    private async Task<OrderId> ShortAsync(string name, bool consent)
    {
        var order = new OrderId(name);
        await LampAsync($"{name}-sku", 10);
        await LampAsync($"{name}-gone", 10.1m);
        await LampAsync($"{name}-there", 10.5m);
        await CountAsync($"{name}-gone", "near", 0);
        await CountAsync($"{name}-there", "near", 5);
        await SayAsync(Placed(order, $"{name}-sku", 2, "near") with { SubstitutionConsent = consent });
        await SayAsync(
            new OrderPicked
            {
                OrderId = order,
                PickId = "k-1",
                Lines = [Line($"{name}-sku", "near", 1)],
                Short = [Line($"{name}-sku", "near", 1)],
            }
        );
        return order;
    }
}
