using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>What one channel can't do, none does.</summary>
[Collection(SharedWorld.Name)]
public class RollbackTests(PromotionWorld world)
{
    private static readonly RegionId North = new("north");

    [Fact]
    public async Task Tills_that_never_confirm_prepare_leave_no_offer_anywhere()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku]));
        world.Partners.Faults("pos", new PromotionId(id)).Prepare.NeverConfirm = true;
        await world.IsOverAsync(id, "Cancelled", sku, 20);
        Assert.All(
            PromotionWorld.Channels,
            channel =>
            {
                Assert.Empty(world.Got(id, channel, LaunchStep.Activate));
                Assert.NotEmpty(world.Got(id, channel, LaunchStep.Revert));
            }
        );
        await world.DecidedAsync(
            id,
            "exception opened: promotion-rolled-back",
            "Preparing → RollingBack: ChannelFailed",
            "RollingBack → Cancelled"
        );
        var rolledBack = Assert.Single(await world.ExceptionsAsync(id));
        Assert.Equal("promotion-rolled-back", rolledBack.GetProperty("type").GetString());
        Assert.Matches("^pos .* did not prepare plan 1 by ", rolledBack.GetProperty("failure").GetString());
    }

    [Fact]
    public async Task One_that_refuses_to_activate_takes_all_back_to_their_own_prices_and_customers_are_counted()
    {
        var sku = await world.ItemAsync(price: 20);
        await world.PriceAsync(sku, 21, "pos");
        await world.PriceAsync(sku, 25, "marketplace");
        await world.PriceAsync(sku, 18, "ecommerce", "north");
        var id = await world.PostAsync(PromotionWorld.Request([sku]));
        // Long enough on the way to its no for a customer to buy at a till that shows the offer already.
        var faults = world.Partners.Faults("ecommerce", new PromotionId(id));
        (faults.Activate.AnswerAfter, faults.Activate.Refuse) = (TimeSpan.FromSeconds(3), "The shop is in a code freeze.");
        await world.ApproveAsync(id);
        await world.UntilAsync(
            id,
            () => Task.FromResult(world.Activations(id, "pos") == 1 && world.Got(id, "ecommerce", LaunchStep.Activate).Count > 0),
            "the tills show the offer and the shop was asked"
        );
        Assert.Equal(16.80m, world.Partners.PriceOf("pos", new Sku(sku))!.Value.Amount);
        await world.SaidAsync(
            Events.Of(
                "order.placed",
                new
                {
                    orderId = $"till-{sku}",
                    currency = "GBP",
                    location = "store-n",
                    fulfilment = "Immediate",
                    customerId = "c-1",
                    lines = new[]
                    {
                        new
                        {
                            sku,
                            description = "A thing",
                            quantity = 3,
                            unitPrice = 16.80m,
                        },
                    },
                },
                TimeProvider.System.GetUtcNow()
            )
        );
        await world.UntilAsync(id, "Cancelled");
        Assert.Equal(
            (21m, 25m),
            (world.Partners.PriceOf("pos", new Sku(sku))!.Value.Amount, world.Partners.PriceOf("marketplace", new Sku(sku))!.Value.Amount)
        );
        Assert.Equal(
            (20m, 18m),
            (
                world.Partners.PriceOf("ecommerce", new Sku(sku))!.Value.Amount,
                world.Partners.PriceOf("ecommerce", new Sku(sku), North)!.Value.Amount
            )
        );
        Assert.All(["erp", "oms", "wms"], channel => Assert.Equal(20, world.Partners.PriceOf(channel, new Sku(sku), North)!.Value.Amount));
        Assert.Equal(0, world.Activations(id, "ecommerce"));
        var rolledBack = Assert.Single(await world.ExceptionsAsync(id));
        Assert.Equal("ecommerce refused to activate plan 1: The shop is in a code freeze.", rolledBack.GetProperty("failure").GetString());
        // Three units at most 5.00 below the regular price of the dearest channel.
        Assert.Equal(
            (3m, 15m, "GBP"),
            (
                rolledBack.GetProperty("exposedUnits").GetDecimal(),
                rolledBack.GetProperty("exposedMoney").GetDecimal(),
                rolledBack.GetProperty("currency").GetString()
            )
        );
        Assert.Contains("1 customer bought 3 units", rolledBack.GetProperty("recommendedAction").GetString(), StringComparison.Ordinal);
        await world.DecidedAsync(id, "prior prices are restored in every channel");
    }

    [Fact]
    public async Task One_that_takes_activate_and_never_says_so_counts_as_failed_and_is_put_back_like_the_others()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku]));
        world.Partners.Faults("oms", new PromotionId(id)).Activate.NeverConfirm = true;
        await world.IsOverAsync(id, "Cancelled", sku, 20);
        Assert.Equal(1, world.Activations(id, "oms"));
        var rolledBack = Assert.Single(await world.ExceptionsAsync(id));
        Assert.Matches("^oms .* did not activate plan 1 by ", rolledBack.GetProperty("failure").GetString());
    }
}
