using Stockgate.Domain;
using Stockgate.Domain.Ingest.Freshness;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Freshness;
using Stockgate.Platform.Operations;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

public class ChannelFreshnessTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private readonly FakeTime time = new();

    internal override TimeProvider Time => time;

    internal override IEnumerable<(string Key, string Value)> MoreSettings => [("Channels:shop:Cadence", "00:10:00")];

    private async Task<SourceFreshness> ReadAsync()
    {
        await Get<FreshnessStore>().WriteAsync(Get<FreshnessMeter>().TakeChanged(), CancellationToken.None);
        return (await Get<FreshnessReader>().ReadAsync(CancellationToken.None)).Single(static s => s.Channel == new ChannelId("shop"));
    }

    [Fact]
    public async Task A_source_that_stops_is_told_once_and_closed_when_it_posts_again()
    {
        await ShopAsync(ShopifyTopics.ProductsUpdate, Product(1, "2026-03-01T07:50:00Z", (1, "F-1", 1, "5.00")));
        var fresh = await ReadAsync();
        Assert.Equal(SourceState.Fresh, fresh.State);
        var products = fresh.Kinds.Single(static k => k.Kind == "product");
        // The other test of the class posts to the same channel.
        Assert.InRange(products.Events, 1, 2);
        Assert.InRange(products.LagP95!.Value.TotalMinutes, 10, 14.2);

        time.Advance(TimeSpan.FromMinutes(21));
        for (var i = 0; i < 3; i++)
            await Get<FreshnessReader>().WatchAsync(CancellationToken.None);
        Assert.Equal(SourceState.Stale, (await ReadAsync()).State);
        Assert.Equal(1, Assert.Single(await ExceptionsAsync(SourceFreshness.ExceptionType)).Count);
        var silent = (await Get<SilentSources>().ReadAsync(CancellationToken.None))[new ChannelId("shop")];
        Assert.Equal((TimeSpan.FromMinutes(10), products.LastReceivedAt), (silent.Cadence, silent.LastAt));

        await ShopAsync(ShopifyTopics.ProductsUpdate, Product(1, "2026-03-01T08:20:00Z", (1, "F-1", 1, "6.00")));
        await ReadAsync();
        await Get<FreshnessReader>().WatchAsync(CancellationToken.None);
        Assert.Empty(await ExceptionsAsync(SourceFreshness.ExceptionType));
        time.Advance(TimeSpan.FromMinutes(1));
        Assert.DoesNotContain(new ChannelId("shop"), (await Get<SilentSources>().ReadAsync(CancellationToken.None)).Keys);
    }

    [Fact]
    public async Task Of_what_is_old_the_last_word_stays()
    {
        await ShopAsync(ShopifyTopics.ProductsUpdate, Product(2, "2026-03-01T07:50:00Z", (2, "F-2", 2, "5.00")));
        var last = (await ReadAsync()).Kinds.Max(static k => k.LastReceivedAt);
        time.Advance(TimeSpan.FromDays(5));
        await Get<FreshnessReader>().TidyAsync(CancellationToken.None);
        var silent = await ReadAsync();
        Assert.Equal((SourceState.Stale, last), (silent.State, silent.Kinds.Max(static k => k.LastReceivedAt)));
        Assert.All(silent.Kinds, static k => Assert.Equal((0, null), (k.Events, k.LagP50)));
    }
}
