using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Catalog;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

public class EventIdentityTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private static readonly Currency Gbp = Currency.Parse("GBP");

    private async Task<decimal?> AvailableAsync(string sku) =>
        (await StockAsync(sku))?.Locations.SingleOrDefault(static l => l.Location.Value == "501")?.AvailableToPromise?.Value;

    private async Task<int> ConflictsAsync() => (await ExceptionsAsync(EventConflict.ExceptionType)).Sum(static e => e.Count);

    private Task KnownAsync(string sku, long item) =>
        ShopAsync("products/update", Product(item, "2026-10-01T10:00:00Z", (item + 1, sku, item, "5.00")), $"product-{item}");

    [Theory]
    [InlineData(new[] { 3, 1, 2 })]
    [InlineData(new[] { 1, 3, 2 })]
    [InlineData(new[] { 2, 1, 3 })]
    public async Task Of_levels_of_one_second_the_last_one_triggered_holds(int[] arrival)
    {
        var told = await ConflictsAsync();
        var item = 9_100 + arrival[0] * 10 + arrival[1];
        await KnownAsync($"SEC-{item}", item);
        foreach (var n in arrival)
            await ShopAsync("inventory_levels/update", Level(item, $"{20 - n}"), $"event-{item}-{n}", $"2026-11-01T10:00:00.{n}23456789Z");
        await ProjectAsync();
        Assert.Equal((17, told), (await AvailableAsync($"SEC-{item}"), await ConflictsAsync()));
    }

    [Fact]
    public async Task Of_levels_of_one_second_that_say_no_more_the_last_one_to_arrive_holds()
    {
        await KnownAsync("SEC-2", 9_200);
        foreach (var available in new[] { "14", "13", "12" })
            await ShopAsync("inventory_levels/update", Level(9_200, available));
        await ProjectAsync();
        Assert.Equal(12, await AvailableAsync("SEC-2"));
    }

    [TrialFact("levels-in-one-second")]
    public async Task The_levels_of_the_trial_end_with_the_last_one()
    {
        await KnownAsync("SEC-T", 6_002);
        foreach (var body in TrialCase.Read("levels-in-one-second").GetProperty("bodies").EnumerateArray())
            await ShopAsync("inventory_levels/update", body.GetRawText());
        await ProjectAsync();
        Assert.Equal(8, await AvailableAsync("SEC-T"));
    }

    [Fact]
    public async Task Of_two_product_updates_of_one_second_the_last_ones_price_holds()
    {
        await ShopAsync(
            "products/update",
            Product(9_300, "2026-11-01T10:00:00Z", (9_301, "SEC-3", 9_302, "7.00")),
            "p-2",
            "2026-11-01T10:00:00.9Z"
        );
        await ShopAsync(
            "products/update",
            Product(9_300, "2026-11-01T10:00:00Z", (9_301, "SEC-3", 9_302, "6.00")),
            "p-1",
            "2026-11-01T10:00:00.1Z"
        );
        await ProjectAsync();
        Assert.Equal(7m, (await Get<CatalogReader>().FindAsync(new Sku("SEC-3"), default))!.Prices[0].Value.Price);
    }

    [Fact]
    public async Task A_delivery_that_comes_again_changes_nothing_and_is_no_conflict()
    {
        var told = await ConflictsAsync();
        await KnownAsync("SEC-4", 9_400);
        for (var i = 0; i < 2; i++)
        {
            await ShopAsync("inventory_levels/update", Level(9_400, "8"), "again", "2026-11-01T10:00:00.5Z");
            await SayAsync(("m1", Noon, Moved("SEC-4", 2)), ("o1", Noon, Placed("SEC-4-order", 3)), ("p1", Noon, Priced("SEC-4", 5)));
            await ProjectAsync();
        }
        Assert.Equal((8, told), (await AvailableAsync("SEC-4"), await ConflictsAsync()));
    }

    [Fact]
    public async Task An_id_that_comes_again_with_another_body_is_told_and_what_was_said_first_stands()
    {
        await KnownAsync("SEC-5", 9_500);
        await ShopAsync("inventory_levels/update", Level(9_500, "8"), "same", "2026-11-01T10:00:00.5Z");
        await SayAsync(("m1", Noon, Moved("SEC-5", 2)), ("o1", Noon, Placed("SEC-5-order", 3)), ("p1", Noon, Priced("SEC-5", 5)));
        await ProjectAsync();
        await ShopAsync("inventory_levels/update", Level(9_500, "80"), "same", "2026-11-01T10:00:00.7Z");
        await SayAsync(
            ("m1", Noon, Moved("SEC-5", 20)),
            ("o1", Noon, Placed("SEC-5-order", 30)),
            ("p1", Noon.AddHours(1), Priced("SEC-5", 5))
        );
        await ProjectAsync();

        Assert.Equal(8, await AvailableAsync("SEC-5"));
        var told = await ExceptionsAsync(EventConflict.ExceptionType);
        Assert.Equal(
            ["stockgate.order.placed.v1", "stockgate.price.changed.v1", "stockgate.stock.counted.v1", "stockgate.stock.moved.v1"],
            told.Select(static e => e.Failure.Split(':')[0]).Order(StringComparer.Ordinal)
        );
        Assert.All(told, static e => Assert.Contains("the first content stays in force", e.RecommendedAction, StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_sender_is_told_at_once_that_an_id_is_known_for_something_else()
    {
        await KnownAsync("SEC-6", 9_600);
        var first = await ShopAsync("inventory_levels/update", Level(9_600, "8"), "told", "2026-11-01T10:00:00.5Z");
        var again = await ShopAsync("inventory_levels/update", Level(9_600, "8"), "told", "2026-11-01T10:00:00.5Z");
        var other = await ShopAsync("inventory_levels/update", Level(9_600, "9"), "told", "2026-11-01T10:00:00.5Z");
        Assert.Equal(["accepted", "accepted", "conflict"], new[] { first, again, other }.Select(static r => r.Records[0].Status));
        Assert.Equal((0, 1), (other.Accepted, other.Conflicts));
        await ProjectAsync();
        Assert.Equal(8, await AvailableAsync("SEC-6"));
    }

    private static StockMoved Moved(string sku, decimal units) =>
        new()
        {
            Sku = new(sku),
            Location = new("store"),
            Quantity = new(units),
            Kind = MovementKind.Adjustment,
            Reason = "found",
        };

    private static PriceChanged Priced(string sku, decimal price) =>
        new()
        {
            Sku = new(sku),
            Price = price,
            Currency = Gbp,
        };

    private static OrderPlaced Placed(string id, decimal units) =>
        new()
        {
            OrderId = new(id),
            Currency = Gbp,
            Location = new("store"),
            Lines =
            [
                new OrderLine
                {
                    Sku = new("OTHER"),
                    Description = "x",
                    Quantity = new(units),
                    UnitPrice = 1,
                },
            ],
        };
}
