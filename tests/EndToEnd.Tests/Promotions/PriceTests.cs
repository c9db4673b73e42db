using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.EndToEnd.Tests.Promotions;

/// <summary>Regular prices that change on the way, and partners that show another price than they were told.</summary>
[Collection(PatientWorld.Name)]
public class PriceTests(PatientWorld world)
{
    [Fact]
    public async Task A_price_that_changes_between_prepare_and_start_is_prepared_again_and_put_back_after_the_end()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.ApprovedAsync(PromotionWorld.Request([sku], startsIn: 18));
        await world.UntilGotAsync(id, "marketplace", LaunchStep.Prepare);
        await world.PriceAsync(sku, 30);
        await world.UntilAsync(id, "Live");
        world.Shows(sku, 24);
        Assert.All(
            PromotionWorld.Channels,
            channel =>
            {
                Assert.Equal((1, 2), (world.Activations(id, channel), world.Partners.Books(channel).ActiveRevisionOf(new PromotionId(id))));
                Assert.Equal(30, Assert.Single(world.Got(id, channel, LaunchStep.Prepare).Last().Message.Prices).Prior.Amount);
            }
        );
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 30);
        await world.DecidedAsync(id, "prices captured: plan 1", "prices captured: plan 2");
    }

    [Fact]
    public async Task A_price_whose_news_comes_late_or_by_a_slow_clock_is_put_back_all_the_same()
    {
        var sku = await world.ItemAsync(price: 20);
        var beforeTheCapture = TimeProvider.System.GetUtcNow();
        var id = await world.LiveAsync(sku);
        await world.PriceAsync(sku, 30, at: beforeTheCapture, atPartners: false);
        world.Shows(sku, 16);
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 30);
    }

    [Fact]
    public async Task A_till_that_shows_another_price_is_told_again_and_the_exception_closes_when_it_is_right()
    {
        var sku = await world.ItemAsync(price: 20);
        var id = await world.LiveAsync(sku);
        world.Partners.Books("pos").Seed(new Sku(sku), null, new Money(12, Currency.Parse("GBP")));
        await SeenAsync(sku, 12);
        await world.UntilAsync(
            id,
            async () => (await world.ExceptionsAsync(id)).Count == 1 && world.Partners.PriceOf("pos", new Sku(sku))!.Value.Amount == 16,
            "the exception is open and the tills show the price again"
        );
        var mismatch = Assert.Single(await world.ExceptionsAsync(id));
        Assert.Equal("promotion-PriceMismatch", mismatch.GetProperty("type").GetString());
        Assert.Contains("Done by policy.", mismatch.GetProperty("recommendedAction").GetString(), StringComparison.Ordinal);
        Assert.Contains(
            "Every sale gives a larger discount than decided.",
            mismatch.GetProperty("recommendedAction").GetString(),
            StringComparison.Ordinal
        );
        await SeenAsync(sku, 16);
        await world.UntilAsync(id, async () => (await world.ExceptionsAsync(id)).Count == 0, "the exception is closed");
        // Told again is not activated again.
        Assert.Equal(1, world.Activations(id, "pos"));
        await world.DecidedAsync(id, $"RestorePrice for SKU {sku} in pos");
        await world.CommandAsync(id, "End");
        await world.IsOverAsync(id, "Settled", sku, 20);
    }

    private Task SeenAsync(string sku, decimal price) =>
        world.SaidAsync(
            Events.Of(
                "price.observed",
                new
                {
                    sku,
                    salesChannel = "pos",
                    price,
                    currency = "GBP",
                },
                TimeProvider.System.GetUtcNow()
            )
        );
}
