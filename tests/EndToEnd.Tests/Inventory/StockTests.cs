using System.Text.Json;

namespace Stockgate.EndToEnd.Tests.Inventory;

[Collection(SharedApp.Name)]
public class StockTests(RunningApp running)
{
    private static readonly DateTimeOffset Noon = Events.Noon;

    private async Task<JsonElement> PositionAsync(string sku, params byte[][] events)
    {
        // One request each: what is said first is there first.
        foreach (var said in events)
            await running.Partner.AcceptedAsync(said);
        await running.ProjectedAsync();
        return Assert.Single((await running.ReadAsync($"inventory/{sku}")).GetProperty("locations").EnumerateArray());
    }

    private static (decimal OnHand, decimal Reserved, decimal Available) Figures(JsonElement position) =>
        (
            position.GetProperty("onHand").GetDecimal(),
            position.GetProperty("reserved").GetDecimal(),
            position.GetProperty("availableToPromise").GetDecimal()
        );

    [Fact]
    public async Task A_count_supersedes_movements_before_it_and_later_ones_stay()
    {
        var position = await PositionAsync(
            "S-1",
            Events.Moved("S-1", -2, Noon.AddHours(1)),
            Events.Moved("S-1", 7, Noon.AddHours(-1)),
            Events.Counted("S-1", 10, Noon),
            Events.Moved("S-1", 1, Noon.AddMinutes(-1))
        );
        Assert.Equal((8m, 0m, 8m), Figures(position));
        Assert.Equal(-2, position.GetProperty("movedSinceCount").GetDecimal());
    }

    [Fact]
    public async Task An_older_count_after_a_newer_changes_nothing() =>
        Assert.Equal(
            (10m, 0m, 10m),
            Figures(await PositionAsync("S-2", Events.Counted("S-2", 10, Noon), Events.Counted("S-2", 99, Noon.AddMinutes(-5))))
        );

    [Fact]
    public async Task Of_two_counts_of_one_moment_the_higher_sequence_holds()
    {
        static byte[] Counted(int quantity, int sequence) =>
            JsonSerializer.SerializeToUtf8Bytes(
                new
                {
                    specversion = "1.0",
                    id = $"s3-{sequence}",
                    source = "test",
                    type = "stockgate.stock.counted.v1",
                    time = Noon,
                    sequence,
                    data = new
                    {
                        sku = "S-3",
                        location = "main",
                        quantity,
                    },
                }
            );
        Assert.Equal((4m, 0m, 4m), Figures(await PositionAsync("S-3", Counted(4, 2), Counted(9, 1))));
    }

    [Fact]
    public async Task An_open_order_reserves() =>
        Assert.Equal(
            (10m, 3m, 7m),
            Figures(await PositionAsync("S-4", Events.Counted("S-4", 10, Noon), Events.Placed("S-4-order", "S-4", 3, Noon.AddHours(1))))
        );

    [Fact]
    public async Task A_shipment_ends_the_reservation_and_takes_the_goods() =>
        Assert.Equal(
            (7m, 0m, 7m),
            Figures(
                await PositionAsync(
                    "S-5",
                    Events.Counted("S-5", 10, Noon),
                    Events.Placed("S-5-order", "S-5", 3, Noon.AddHours(1)),
                    Events.Shipped("S-5-order", "S-5", 3, Noon.AddHours(2))
                )
            )
        );

    [Fact]
    public async Task A_cancellation_ends_the_reservation() =>
        Assert.Equal(
            (10m, 0m, 10m),
            Figures(
                await PositionAsync(
                    "S-6",
                    Events.Counted("S-6", 10, Noon),
                    Events.Placed("S-6-order", "S-6", 3, Noon.AddHours(1)),
                    Events.Cancelled("S-6-order", Noon.AddHours(2))
                )
            )
        );

    [Fact]
    public async Task A_refund_puts_the_goods_back() =>
        Assert.Equal(
            (8m, 0m, 8m),
            Figures(
                await PositionAsync(
                    "S-7",
                    Events.Counted("S-7", 10, Noon),
                    Events.Placed("S-7-order", "S-7", 3, Noon.AddHours(1)),
                    Events.Shipped("S-7-order", "S-7", 3, Noon.AddHours(2)),
                    Events.Refunded("S-7-order", "S-7", 1, Noon.AddHours(3))
                )
            )
        );

    [Fact]
    public async Task A_sale_at_a_till_takes_the_goods_at_once() =>
        Assert.Equal(
            (7m, 0m, 7m),
            Figures(
                await PositionAsync(
                    "S-8",
                    Events.Counted("S-8", 10, Noon),
                    Events.Placed("S-8-order", "S-8", 3, Noon.AddHours(1), fulfilment: "Immediate")
                )
            )
        );

    [Fact]
    public async Task A_position_says_how_old_it_is_and_who_counted()
    {
        var at = TimeProvider.System.GetUtcNow().AddHours(-2);
        var position = await PositionAsync("S-9", Events.Counted("S-9", 10, at));
        Assert.Equal("main", position.GetProperty("location").GetString());
        Assert.InRange(position.GetProperty("ageSeconds").GetDouble(), 7_199, 7_500);
        var count = position.GetProperty("lastCount");
        Assert.Equal(
            (10m, "test", at),
            (
                count.GetProperty("quantity").GetDecimal(),
                count.GetProperty("source").GetString(),
                count.GetProperty("countedAt").GetDateTimeOffset()
            )
        );
        Assert.InRange(count.GetProperty("ageSeconds").GetDouble(), 7_199, 7_500);
    }

    [Fact]
    public async Task Daily_sales_tell_sold_cancelled_and_returned_apart()
    {
        await PositionAsync(
            "S-10",
            Events.Placed("S-10-a", "S-10", 4, Noon, fulfilment: "Immediate"),
            Events.Refunded("S-10-a", "S-10", 1, Noon.AddHours(1)),
            Events.Placed("S-10-b", "S-10", 2, Noon),
            Events.Cancelled("S-10-b", Noon.AddHours(1)),
            Events.Placed("S-10-c", "S-10", 5, Noon.AddDays(1), fulfilment: "Immediate")
        );
        var location = Assert.Single((await running.ReadAsync("inventory/S-10/sales?from=2026-03-02&to=2026-03-02")).EnumerateArray());
        var day = Assert.Single(location.GetProperty("days").EnumerateArray());
        Assert.Equal("2026-03-02", day.GetProperty("day").GetString());
        Assert.Equal((6m, 15m), (day.GetProperty("sold").GetDecimal(), day.GetProperty("soldNet").GetDecimal()));
        Assert.Equal((2m, 5m), (day.GetProperty("cancelled").GetDecimal(), day.GetProperty("cancelledNet").GetDecimal()));
        Assert.Equal((1m, 2.5m), (day.GetProperty("returned").GetDecimal(), day.GetProperty("returnedNet").GetDecimal()));
    }

    [Theory]
    [InlineData("from=2026-03-03&to=2026-03-02", "date-range", "from")]
    [InlineData("from=yesterday", "date", "from")]
    [InlineData("to=2026-02-30", "date", "to")]
    public async Task A_range_that_is_none_is_a_problem(string query, string slug, string field)
    {
        using var response = await running.GetAsync($"inventory/S-10/sales?{query}");
        await Problem.IsAsync(response, 400, slug, field);
    }
}
