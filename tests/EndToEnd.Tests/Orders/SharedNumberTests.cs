using System.Text.Json;
using Stockgate.Demo.Local;

namespace Stockgate.EndToEnd.Tests.Orders;

/// <summary>Orders of several channels with one number, as partners and people see them over HTTP.</summary>
[Collection(SharedApp.Name)]
public class SharedNumberTests(RunningApp running)
{
    private readonly string number = $"N/{Guid.NewGuid():N}"[..12];

    [Theory]
    [InlineData("")]
    [InlineData("/actions")]
    public async Task A_number_of_two_orders_is_answered_with_both(string path)
    {
        await TwoOrdersAsync();
        using var response = await running.GetAsync($"orders/{Uri.EscapeDataString(number)}{path}");
        using var problem = JsonDocument.Parse(await response.Content.ReadAsStringAsync());
        await Problem.IsAsync(response, 409, "ambiguous-order", "id");
        var candidates = problem.RootElement.GetProperty("candidates").EnumerateArray().Select(static c => c.GetString());
        Assert.Equal([$"till:{number}", $"web:{number}"], candidates);
    }

    [Fact]
    public async Task Each_of_them_is_found_by_its_channel_and_says_where_it_comes_from()
    {
        await TwoOrdersAsync();
        foreach (var (channel, gross) in new[] { ("till", 50m), ("web", 14m) })
        {
            var order = await running.ReadAsync($"orders/{Uri.EscapeDataString($"{channel}:{number}")}");
            Assert.Equal(gross, order.GetProperty("gross").GetDecimal());
            Assert.Equal(channel, order.GetProperty("channel").GetString());
            Assert.Equal($"{channel}:{number}", order.GetProperty("qualifiedId").GetString());
        }
    }

    private async Task TwoOrdersAsync()
    {
        await running.Partner.AcceptedAsync(Placed("till", 1, 50), Placed("web", 2, 7));
        await running.ProjectedAsync();
    }

    private byte[] Placed(string channel, decimal units, decimal price) =>
        Events.Of(
            "order.placed",
            new
            {
                orderId = number,
                orderChannel = channel,
                currency = "USD",
                location = "store-1",
                lines = new[]
                {
                    new
                    {
                        sku = "TWO",
                        description = "x",
                        quantity = units,
                        unitPrice = price,
                    },
                },
            },
            TimeProvider.System.GetUtcNow().AddMinutes((double)-units)
        );
}
