using System.Text;
using Azure.Storage.Blobs;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Every delivery is on the log with its body, and is found by what it was about.</summary>
public class ArchiveTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly ChannelId Shop = new("shop");

    private DeliveryFilter Filter() => new(Shop, Time.GetUtcNow().AddDays(-1), Time.GetUtcNow().AddMinutes(1));

    private async Task<IReadOnlyList<ArchivedDelivery>> FindAsync(DeliveryFilter filter) =>
        (await Get<DeliveryLog>().ListAsync(filter, 1_000, null, CancellationToken.None)).Page;

    [Fact]
    public async Task A_delivery_is_found_by_its_sku_and_id_with_its_body_as_it_was_sent()
    {
        var body = Product(501, "2026-10-01T10:00:00Z", (1, "FOUND-1", 1, "5.00"));
        var receipt = await ShopAsync(ShopifyTopics.ProductsUpdate, body);
        var found = Assert.Single(await FindAsync(Filter() with { Sku = "FOUND-1" }));
        Assert.Equal(receipt.DeliveryId, found.Id);
        Assert.Equal((DeliveryOrigin.Webhook, "accepted"), (found.Origin, Assert.Single(found.Records).Status));
        var (_, kept) = (await Get<DeliveryLog>().FindAsync(Shop, found.Id, CancellationToken.None))!.Value;
        Assert.Equal(body, Encoding.UTF8.GetString(kept.Span));
        Assert.Empty(await FindAsync(Filter() with { Sku = "FOUND-2" }));
    }

    [Fact]
    public async Task A_body_that_no_block_holds_is_kept_whole()
    {
        var body = Product(502, "2026-10-01T10:00:00Z", (2, "LARGE-1", 2, "5.00"))
            .Replace("\"Cup\"", $"\"{new string('c', 3_000_000)}\"", StringComparison.Ordinal);
        var receipt = await ShopAsync(ShopifyTopics.ProductsUpdate, body);
        var (_, kept) = (await Get<DeliveryLog>().FindAsync(Shop, receipt.DeliveryId!, CancellationToken.None))!.Value;
        Assert.Equal(body, Encoding.UTF8.GetString(kept.Span));
    }

    [Fact]
    public async Task What_is_quarantined_is_found_by_its_status_with_the_reason()
    {
        var receipt = await ShopAsync(ShopifyTopics.ProductsUpdate, "{\"id\":77,\"nonsense\":true}");
        Assert.Equal(1, receipt.Quarantined);
        var found = await FindAsync(Filter() with { Status = "quarantined" });
        var record = found.Single(d => d.Id == receipt.DeliveryId).Records.Single();
        Assert.Equal((receipt.Records[0].QuarantineId, receipt.Records[0].Reason), (record.QuarantineId, record.Reason));
    }

    [Fact]
    public async Task A_refused_delivery_says_why_and_keeps_nothing_of_a_stranger()
    {
        var request = new Microsoft.AspNetCore.Http.DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", "application/json", new MemoryStream("{\"secret\":1}"u8.ToArray()));
        await Assert.ThrowsAsync<Platform.ProblemException>(() => Get<Intake>().AcceptAsync("shop", request, CancellationToken.None));
        ArchivedDelivery? found = null;
        // The answer does not wait for it.
        for (var left = 200; left > 0 && found is null; left--, await Task.Delay(50))
            found = (await FindAsync(Filter() with { Status = DeliveryFilter.Refused })).FirstOrDefault();
        Assert.Equal((401, 0), (found!.Refused!.Status, found.Bytes));
    }

    [Fact]
    public async Task Deliveries_at_one_moment_are_all_there_in_few_writes()
    {
        await Task.WhenAll(
            Enumerable
                .Range(1, 200)
                .Select(i =>
                    ShopAsync(ShopifyTopics.ProductsUpdate, Product(1_000 + i, "2026-10-01T10:00:00Z", (i, $"MANY-{i}", 1_000 + i, "5.00")))
                )
        );
        foreach (var i in new[] { 1, 77, 200 })
            Assert.Single(await FindAsync(Filter() with { Sku = $"MANY-{i}" }));
        var hours = await Get<ArchiveReader>().HoursAsync(Shop, Time.GetUtcNow().AddHours(-1), Time.GetUtcNow(), CancellationToken.None);
        // Two slots at most, should the clock pass from one to the next.
        Assert.InRange(hours.Sum(static h => h.Blobs.Count), 1, 3);
    }

    [Fact]
    public async Task Pages_go_on_from_one_to_the_next_and_none_is_there_twice()
    {
        for (var i = 0; i < 7; i++)
            await ShopAsync(ShopifyTopics.ProductsUpdate, Product(2_000 + i, "2026-10-01T10:00:00Z", (i, "PAGED-1", 2_000 + i, "5.00")));
        var (ids, after) = (new List<string>(), (string?)null);
        do
        {
            var (page, next) = await Get<DeliveryLog>().ListAsync(Filter() with { Sku = "PAGED-1" }, 3, after, CancellationToken.None);
            Assert.InRange(page.Count, 0, 3);
            ids.AddRange(page.Select(static d => d.Id));
            after = next;
        } while (after is not null);
        Assert.Equal(7, ids.Count);
        Assert.Equal(ids.OrderByDescending(static i => i, StringComparer.Ordinal), ids);
    }

    [Fact]
    public async Task An_hour_that_is_over_is_put_together_and_everything_is_still_found()
    {
        for (var i = 0; i < 3; i++)
        {
            // Three instances, one after the other.
            var archive = new DeliveryArchive(Get<BlobServiceClient>(), Get<LateDeliveries>(), Time);
            var at = Time.GetUtcNow().AddDays(-2);
            var delivery = new ArchivedDelivery
            {
                Id = DeliveryArchive.NewId(at),
                Channel = new("older"),
                ReceivedAt = at,
                Origin = DeliveryOrigin.Webhook,
                Records = [new ArchivedRecord($"r{i}", null, "accepted")],
            };
            await archive.KeepAsync(delivery, Encoding.UTF8.GetBytes($"{{\"r\":{i}}}"), CancellationToken.None);
        }
        var filter = new DeliveryFilter(new("older"), Time.GetUtcNow().AddDays(-3), Time.GetUtcNow());
        var before = await FindAsync(filter);
        Assert.Equal(3, before.Count);

        Assert.InRange((await Get<ArchiveUpkeep>().RunAsync(CancellationToken.None)).Hours, 1, 2);
        Assert.Equal(before.Select(static d => d.Id), (await FindAsync(filter)).Select(static d => d.Id));
        var hours = await Get<ArchiveReader>().HoursAsync(new("older"), filter.From, filter.To, CancellationToken.None);
        Assert.All(hours, static h => Assert.EndsWith(".gz", Assert.Single(h.Blobs), StringComparison.Ordinal));
        var (_, body) = (await Get<DeliveryLog>().FindAsync(new("older"), before[0].Id, CancellationToken.None))!.Value;
        Assert.Equal("{\"r\":2}", Encoding.UTF8.GetString(body.Span));
        Assert.Equal(0, (await Get<ArchiveUpkeep>().RunAsync(CancellationToken.None)).Hours);
    }
}
