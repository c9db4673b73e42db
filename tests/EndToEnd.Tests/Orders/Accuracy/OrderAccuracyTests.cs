using System.Text.Json;
using Stockgate.Domain;

namespace Stockgate.EndToEnd.Tests.Orders.Accuracy;

/// <summary>One order from its placing to the month's figure, over HTTP.</summary>
public class OrderAccuracyTests(AccuracyWorld world) : IClassFixture<AccuracyWorld>
{
    [Fact]
    public async Task An_order_is_allocated_substituted_shipped_in_two_parcels_reconciled_and_counted()
    {
        const string order = "ACC-1";
        await world.LampAsync("LAMP-A", 10, ("north", 2), ("west", 2), ("south", 10));
        await world.LampAsync("LAMP-B", 10.5m, ("north", 5), ("west", 5));
        world.Partners.Faults("oms").Allocation.NeverConfirm = true;
        await world.SayAsync(
            "order.placed",
            new
            {
                orderId = order,
                currency = "GBP",
                customerId = "c-acc",
                country = "GB",
                substitutionConsent = true,
                promisedBy = TimeProvider.System.GetUtcNow().AddDays(2),
                shipTo = new
                {
                    addressReference = "adr-1",
                    country = "GB",
                    latitude = 53.8,
                    longitude = -1.6,
                },
                lines = new[]
                {
                    new
                    {
                        sku = "LAMP-A",
                        description = "lamp",
                        quantity = 4,
                        unitPrice = 10m,
                    },
                },
            }
        );
        await PostAsync(order, "f-1", "Sale", 40);
        // Another order, of less, that is not in the books.
        await world.SayAsync(
            "order.placed",
            new
            {
                orderId = "ACC-2",
                currency = "GBP",
                location = "south",
                country = "GB",
                lines = new[]
                {
                    new
                    {
                        sku = "LAMP-A",
                        description = "lamp",
                        quantity = 1,
                        unitPrice = 10m,
                    },
                },
            }
        );

        // Silent, it is told again; it did it once all the same.
        await RunningApp.UntilAsync(
            () => Task.FromResult(world.Partners.Orders.Allocations.Any(static a => a.Times > 1)),
            "the allocation is repeated"
        );
        world.Partners.Faults("oms").Allocation.NeverConfirm = false;
        await RunningApp.UntilAsync(
            async () => (await world.Running.ReadAsync($"orders/{order}")).GetProperty("status").GetString() == "Allocated",
            "the order is allocated"
        );
        var allocation = Assert.Single(world.Partners.Orders.Allocations);
        Assert.Equal(
            (order, 1, "north:2 west:2"),
            (
                allocation.Message.OrderId.Value,
                allocation.Effects,
                string.Join(" ", allocation.Message.Lines.Select(static l => $"{l.Location}:{l.Quantity}"))
            )
        );
        await world.DecidedAsync(order, "Allocated: 2 of LAMP-A from north, 2 of LAMP-A from west");

        // Picked short: the exception that matters most, until a substitute is there. The channel is slow, so that it can be seen.
        world.Partners.Faults("oms").OrderAction.ConfirmAfter = TimeSpan.FromSeconds(12);
        await world.TroubledAsync("ACC-2", "Payment");
        await world.SayAsync(
            "order.picked",
            new
            {
                orderId = order,
                pickId = "k-1",
                lines = new[] { Line("LAMP-A", "north", 2), Line("LAMP-A", "west", 1) },
                @short = new[] { Line("LAMP-A", "west", 1) },
            }
        );
        await world.TroubledAsync(order, "ShortPick");
        Assert.Equal((order, "ShortPick"), (await world.TroublesAsync())[0]);
        Assert.Equal(["order-shortpick"], await world.OpenTypesAsync(order));
        await world.TroubledAsync(order);
        Assert.Empty(await world.OpenTypesAsync(order));
        var asked = Assert.Single((await world.Running.ReadAsync($"orders/{order}/actions")).EnumerateArray());
        Assert.Equal(
            ("Substitute", "substitution rules", "LAMP-B"),
            (
                asked.GetProperty("request").GetProperty("action").GetString(),
                asked.GetProperty("request").GetProperty("requestedBy").GetString(),
                asked.GetProperty("request").GetProperty("lines")[0].GetProperty("substitute").GetString()
            )
        );
        Assert.Single(world.Done(order));

        // Two parcels, paid, and the books say less than was shipped.
        await world.SayAsync(
            "order.shipped",
            new
            {
                orderId = order,
                shipmentId = "s-1",
                lines = new[] { Line("LAMP-A", "north", 2) },
            }
        );
        await world.SayAsync(
            "order.shipped",
            new
            {
                orderId = order,
                shipmentId = "s-2",
                lines = new[] { Line("LAMP-A", "west", 1), Line("LAMP-B", "west", 1) },
            }
        );
        await world.SayAsync(
            "order.paid",
            new
            {
                orderId = order,
                paymentId = "p-1",
                amount = 40m,
                currency = "GBP",
                captured = true,
            }
        );
        await PostAsync(order, "f-2", "Shipment", 30);
        await world.TroubledAsync(order, "Payment");
        Assert.Equal(["order-payment"], await world.OpenTypesAsync(order));
        await PostAsync(order, "f-3", "Shipment", 10);
        await world.TroubledAsync(order);
        Assert.Empty(await world.OpenTypesAsync(order));

        foreach (var parcel in new[] { "s-1", "s-2" })
            await world.SayAsync("order.delivered", new { orderId = order, shipmentId = parcel });
        var today = $"{DateOnly.FromDateTime(TimeProvider.System.GetUtcNow().UtcDateTime):yyyy-MM-dd}";
        JsonElement rate = default;
        await RunningApp.UntilAsync(
            async () =>
                (rate = await world.Running.ReadAsync($"kpis/perfect-order?from={today}&to={today}")).GetProperty("orders").GetInt32() == 1,
            "the order counts"
        );
        foreach (var part in new[] { "share", "index", "complete", "onTime", "undamaged", "rightDocuments" })
            Assert.True(rate.GetProperty(part).GetDecimal() == 1, rate.ToString());

        // Said by the channel and by us, under the names of the events.
        var said = (await world.Running.ReadAsync($"orders/{order}"))
            .GetProperty("said")
            .EnumerateArray()
            .Select(static s => s.GetProperty("type").GetString())
            .ToHashSet();
        Assert.Superset(
            new HashSet<string?>(["picked", "substituted", "paid", "posted", "action-answered", "allocated"])
                .Select(static t => (string?)$"stockgate.order.{t}.v1")
                .ToHashSet(),
            said
        );
    }

    [Theory]
    [InlineData("kpis/perfect-order", "date", "from")]
    [InlineData("kpis/perfect-order?from=2026-11-01&to=soon", "date", "to")]
    [InlineData("kpis/perfect-order?from=2026-11-02&to=2026-11-01", "date-range", "from")]
    [InlineData("kpis/perfect-order?from=2020-01-01&to=2026-11-01", "date-range", "from")]
    [InlineData("orders/troubles?top=0", "top", "top")]
    [InlineData("orders/troubles?top=501", "top", "top")]
    public async Task A_range_that_is_none_is_refused_with_what_to_do(string path, string slug, string field)
    {
        using var response = await world.Running.GetAsync(path);
        await Problem.IsAsync(response, 400, slug, field);
    }

    [Theory]
    [InlineData("kpis/perfect-order?from=2026-11-01&to=2026-11-30")]
    [InlineData("orders/troubles")]
    public async Task Nobody_reads_without_a_key(string path)
    {
        using var response = await world.Running.CallAsync(HttpMethod.Get, path, by: null);
        Assert.Equal(401, (int)response.StatusCode);
    }

    private Task PostAsync(string order, string posting, string kind, decimal amount) =>
        world.SayAsync(
            "order.posted",
            new
            {
                orderId = order,
                postingId = posting,
                kind,
                amount,
                currency = "GBP",
            }
        );

    private static object Line(string sku, string location, decimal quantity) =>
        new
        {
            sku,
            location,
            quantity,
        };
}
