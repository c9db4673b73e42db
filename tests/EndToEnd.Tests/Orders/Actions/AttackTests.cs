using System.Net;
using Stockgate.Domain;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>Many requests for the same money at one moment, over HTTP, of a policy that lets each happen by itself.</summary>
public sealed class AttackTests(OrderWorld world) : IClassFixture<OrderWorld>
{
    [Fact]
    public Task Requests_at_one_moment_never_get_more_than_was_paid() => AttackAsync(orders: 2, requests: 30);

    [LongFact]
    public async Task A_hundred_requests_at_one_moment_for_each_of_twenty_orders_ten_times_over_never_get_more_than_was_paid()
    {
        for (var round = 0; round < 10; round++)
            await AttackAsync(orders: 20, requests: 100);
    }

    private async Task AttackAsync(int orders, int requests)
    {
        var asked = new List<string>();
        for (var i = 0; i < orders; i++)
            asked.Add(await world.OrderAsync(units: 10, shipped: true));
        var answers = await Task.WhenAll(asked.SelectMany(order => Enumerable.Range(0, requests).Select(_ => RefundAsync(order))));
        Assert.Equal(5 * orders, answers.Count(static s => s == HttpStatusCode.Accepted));
        Assert.All(answers, static s => Assert.True(s is HttpStatusCode.Accepted or HttpStatusCode.Conflict, $"{s}"));
        foreach (var order in asked)
        {
            await RunningApp.UntilAsync(
                async () =>
                    (await world.Running.ReadAsync($"orders/{order}/actions"))
                        .EnumerateArray()
                        .All(static a => a.GetProperty("state").GetString() == "Done"),
                $"all of {order} is done"
            );
            Assert.Equal(100m, world.Partners.Orders.RefundedOf(new OrderId(order)));
            Assert.All(world.Done(order), static done => Assert.Equal(1, done.Effects));
        }
    }

    private async Task<HttpStatusCode> RefundAsync(string order)
    {
        var body = "{\"action\":\"Refund\",\"reason\":\"late\",\"amount\":20}"u8.ToArray();
        using var response = await world.Running.CallAsync(HttpMethod.Post, $"orders/{order}/actions", "sue", body);
        return response.StatusCode;
    }
}
