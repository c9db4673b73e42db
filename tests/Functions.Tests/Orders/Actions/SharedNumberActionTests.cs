using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Orders.Origins;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Orders.Actions;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Actions;

/// <summary>Actions on an order whose number another channel's order has too: what goes out, and to whom.</summary>
public sealed class SharedNumberActionTests(AzuriteFixture fixture) : ActionsOnAzurite(fixture)
{
    [Theory]
    [InlineData("till", "/tills")]
    [InlineData("web", "/in")]
    public async Task A_channel_is_sent_the_number_that_it_knows(string channel, string path)
    {
        var order = OrderId.Of(new ChannelId(channel), new OrderId($"7/{channel}"));
        await SayAsync(Placed(order, "LAMP", 2, "near"));
        await SayAsync(
            new OrderShipped
            {
                OrderId = order,
                ShipmentId = "s",
                Lines = [Line("LAMP", "near", 2)],
            }
        );
        var key = (await AskAsync(App, order, 15, channel))!;
        Assert.True(ActionNumber.IsOf(key.Action.Value, order));
        await LookAsync(App, key);
        Assert.True(await App.GetRequiredService<OrderActionWork>().SendAsync(key, CancellationToken.None));

        var sent = Assert.Single(Oms.Requests, r => r.Headers["webhook-id"] == $"{key.Action}.1");
        using var message = JsonDocument.Parse(sent.Body);
        Assert.Equal((path, $"7/{channel}", channel), (sent.Path, Text(message, "orderId"), Text(message, "orderChannel")));
        Assert.DoesNotContain("::", System.Text.Encoding.UTF8.GetString(sent.Body), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Two_orders_of_a_number_are_allocated_under_two_ids()
    {
        await CountAsync("BULB", "near", 20);
        OrderId[] orders = [OrderId.Of(new("app"), new("8")), OrderId.Of(new("web"), new("8"))];
        foreach (var order in orders)
            await SayAsync(Placed(order, "BULB", 2));
        await CareAsync();
        var sent = Sent(new OrderId("8"));
        Assert.Equal(["app", "web"], sent.Select(static s => s.Message.OrderChannel?.Value).Order(StringComparer.Ordinal));
        Assert.Equal(2, sent.Select(static s => s.Id).Distinct().Count());
    }

    private static string? Text(JsonDocument message, string member) => message.RootElement.GetProperty(member).GetString();
}
