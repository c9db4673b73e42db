using Stockgate.Domain;

namespace Stockgate.EndToEnd.Tests.Promotions;

public class ShortRegionTests
{
    [Fact]
    public async Task A_region_that_is_short_joins_in_later_and_all_of_it_ends_at_the_prices_before()
    {
        var world = new PromotionWorld
        {
            Policy = new Dictionary<string, string>
            {
                ["Promotions__ShortRegion__Policy"] = "Stagger",
                ["Promotions__ShortRegion__Delay"] = "00:00:25",
            },
        };
        try
        {
            await world.InitializeAsync();
            var sku = await world.ItemAsync(price: 20);
            // The south has one unit, and a day's worth of demand.
            await world.Running.Partner.AcceptedAsync(Events.Counted(sku, 1, TimeProvider.System.GetUtcNow(), "store-s"));
            await world.Running.ProjectedAsync();
            var request = PromotionWorld.Request([sku], lasts: 2 * 24 * 3600);
            request["expectedUplift"] = 5;
            request["regions"] = new object[]
            {
                new
                {
                    region = "north",
                    stores = new[] { "store-n" },
                    warehouses = new[] { "depot" },
                },
                new { region = "south", stores = new[] { "store-s" } },
            };
            var id = await world.ApprovedAsync(request);
            await world.UntilAsync(id, "Live");
            Assert.Equal(16, Price(world, sku, "north"));
            Assert.Equal(20, Price(world, sku, "south"));
            Assert.Contains(
                "later there",
                (await world.GateAsync(id, "stock")).GetProperty("reason").GetString(),
                StringComparison.Ordinal
            );
            await RunningApp.UntilAsync(() => Task.FromResult(Price(world, sku, "south") == 16), "the south sells at the offer");
            Assert.Equal("Live", await world.StateAsync(id));
            await world.CommandAsync(id, "End");
            await world.UntilAsync(id, "Settled");
            Assert.Equal((20, 20), (Price(world, sku, "north"), Price(world, sku, "south")));
        }
        finally
        {
            await world.DisposeAsync();
        }
    }

    private static decimal? Price(PromotionWorld world, string sku, string region) =>
        world.Partners.PriceOf("pos", new Sku(sku), new RegionId(region))?.Amount;
}
