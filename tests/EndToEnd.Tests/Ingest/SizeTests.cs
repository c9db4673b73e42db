using System.Text;
using System.Text.Json;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Ingest;

/// <summary>What is large is taken in like what is small, and what can't be taken harms nothing beside it.</summary>
[Collection(SharedApp.Name)]
public class SizeTests(RunningApp running)
{
    [Theory]
    [InlineData("id")]
    [InlineData("type")]
    [InlineData("source")]
    public async Task A_field_of_forty_thousand_characters_is_quarantined_and_its_neighbours_go_through(string field)
    {
        var sku = $"beside-a-long-{field}";
        var bad = Encoding
            .UTF8.GetString(Events.Counted("long", 1, id: $"long-{field}"))
            .Replace($"\"{field}\":\"", $"\"{field}\":\"{new string('x', 40_000)}", StringComparison.Ordinal);
        var receipt = await running.Partner.PostAsync(Events.Counted(sku, 7), Encoding.UTF8.GetBytes(bad));

        Assert.Equal((1, 1), (receipt.GetProperty("accepted").GetInt32(), receipt.GetProperty("quarantined").GetInt32()));
        Assert.Equal(field, receipt.GetProperty("records")[1].GetProperty("field").GetString());
        Assert.InRange(receipt.ToString().Length, 1, 8_000);
        await running.ProjectedAsync();
        Assert.Equal(7, (await running.ReadAsync($"inventory/{sku}")).GetProperty("availableToPromise").GetDecimal());
    }

    [Fact]
    public async Task Three_hundred_made_up_types_are_one_exception()
    {
        static byte[] MadeUp(int number) => Events.Of($"made-up-{number}", new { sku = "A" });
        var before = await ExceptionsAsync();
        var receipt = await running.Partner.PostAsync(Enumerable.Range(0, 300).Select(MadeUp));
        Assert.Equal(300, receipt.GetProperty("quarantined").GetInt32());
        Assert.InRange(await ExceptionsAsync() - before, 0, 1);
    }

    [Fact]
    public async Task A_product_of_two_mebibytes_is_taken_in_with_every_variant()
    {
        var filler = new string('f', 1_000);
        var variants = Enumerable
            .Range(0, 2_048)
            .Select(i =>
                $$"""{"id":{{88_000_000 + i}},"sku":"BIG-{{i:0000}}","price":"{{i % 90 + 1}}.50","inventory_item_id":{{99_000_000 + i}},"note":"{{filler}}"}"""
            );
        var product =
            $$"""{"id":880088,"title":"Mug","vendor":"Acme","updated_at":"2026-03-01T12:00:00Z","variants":[{{string.Join(",", variants)}}]}""";
        Assert.InRange(product.Length, 2 * 1024 * 1024, 3 * 1024 * 1024);

        var receipt = await running.Partner.ShopifyAsync("products/update", product);

        Assert.True(receipt.GetProperty("accepted").GetInt32() == 1, receipt.ToString());
        await running.ProjectedAsync();
        foreach (var i in new[] { 0, 1_024, 2_047 })
        {
            var price = Assert.Single((await running.ReadAsync($"products/BIG-{i:0000}")).GetProperty("prices").EnumerateArray());
            Assert.Equal(i % 90 + 1.5m, price.GetProperty("value").GetProperty("price").GetDecimal());
        }
    }

    [Fact]
    public async Task An_order_of_two_thousand_lines_ships_and_is_refunded_line_by_line()
    {
        const int lines = 2_000;
        static string Sku(int line) => $"line-{line:0000}-{new string('長', 20)}";
        await running.Partner.AcceptedAsync(
            Events.Of(
                "order.placed",
                new
                {
                    orderId = "long-order",
                    currency = "GBP",
                    location = "main",
                    fulfilment = "Open",
                    lines = Enumerable
                        .Range(0, lines)
                        .Select(static i => new
                        {
                            sku = Sku(i),
                            description = $"Thing number {i} with a description of some length",
                            quantity = 2,
                            unitPrice = 1.25m,
                        }),
                }
            )
        );
        await running.Partner.AcceptedAsync(
            Enumerable
                .Range(0, 4)
                .Select(static part =>
                    Events.Of(
                        "order.shipped",
                        new
                        {
                            orderId = "long-order",
                            shipmentId = $"s-{part}",
                            lines = Enumerable
                                .Range(part * lines / 4, lines / 4)
                                .Select(static i => new
                                {
                                    sku = Sku(i),
                                    location = "main",
                                    quantity = 2,
                                }),
                        },
                        Events.Noon.AddHours(1 + part)
                    )
                )
        );
        await running.Partner.AcceptedAsync(
            Enumerable
                .Range(0, 100)
                .Select(static i =>
                    Events.Of(
                        "order.refunded",
                        new
                        {
                            orderId = "long-order",
                            refundId = $"r-{i}",
                            currency = "GBP",
                            restockedAt = "main",
                            lines = new[]
                            {
                                new
                                {
                                    sku = Sku(i),
                                    description = "thing",
                                    quantity = 1,
                                    unitPrice = 1.25m,
                                },
                            },
                        },
                        Events.Noon.AddDays(1)
                    )
                )
        );

        await running.ProjectedAsync();
        var order = await running.ReadAsync("orders/long-order");
        Assert.Equal(5_000m, order.GetProperty("gross").GetDecimal());
        Assert.Equal(
            -1m,
            (await running.ReadAsync($"inventory/{Uri.EscapeDataString(Sku(3))}")).GetProperty("availableToPromise").GetDecimal()
        );
        Assert.Equal(
            -2m,
            (await running.ReadAsync($"inventory/{Uri.EscapeDataString(Sku(1_999))}")).GetProperty("availableToPromise").GetDecimal()
        );
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
    }

    [Fact]
    public Task An_order_of_a_thousand_shipments_is_whole() => EveryShipmentCountsAsync("thousand-parcels", 1_000);

    [LongFact]
    public Task An_order_of_ten_thousand_events_is_whole() => EveryShipmentCountsAsync("ten-thousand-parcels", 10_000);

    private async Task EveryShipmentCountsAsync(string order, int shipments)
    {
        await running.Partner.AcceptedAsync(Events.Placed(order, order, shipments));
        await running.Partner.AcceptedAsync(
            Enumerable
                .Range(0, shipments)
                .Select(i =>
                    Events.Of(
                        "order.shipped",
                        new
                        {
                            orderId = order,
                            shipmentId = $"{order}-s{i}",
                            lines = new[]
                            {
                                new
                                {
                                    sku = order,
                                    location = "main",
                                    quantity = 1,
                                },
                            },
                        },
                        Events.Noon.AddMinutes(i)
                    )
                )
        );
        await running.ProjectedAsync(TimeSpan.FromMinutes(15));
        Assert.Equal("Shipped", (await running.ReadAsync($"orders/{order}")).GetProperty("status").GetString());
        Assert.Equal(-shipments, (await running.ReadAsync($"inventory/{order}")).GetProperty("availableToPromise").GetDecimal());
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
    }

    private async Task<int> ExceptionsAsync() => (await running.ReadAsync("exceptions")).GetArrayLength();
}
