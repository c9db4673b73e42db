using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Replays;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>What was delivered, taken in again: it changes nothing, and from it alone the tables come back row for row.</summary>
public class ReplayTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset Start = new(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);

    internal override IEnumerable<(string Key, string Value)> MoreSettings =>
        [("Channels:erp:Scheme", "StandardWebhooks"), ("Channels:erp:Secrets:0", "whsec_MfKQ9r8GKYqrTwjUPD8ILPZIo2LaLaSw")];

    private ReplayPlan Plan(bool dryRun = false) =>
        new(null, Start, Time.GetUtcNow().AddMinutes(1), null, null, dryRun, "Tess", Time.GetUtcNow());

    private async Task<ReplayCounts> ReplayAsync(ReplayPlan plan)
    {
        var slices = Get<ReplaySlices>();
        var (at, _) = await slices.PlanAsync(plan, CancellationToken.None);
        var counts = new ReplayCounts();
        while (!at.IsAtEnd)
        {
            var slice = await slices.TakeInAsync(plan, at, CancellationToken.None);
            (counts, at) = (counts.Add(slice.Counts), slice.Next);
        }
        await ProjectAsync();
        return counts;
    }

    private async Task FillAsync()
    {
        for (var i = 0; i < 5; i++)
            await ShopAsync(ShopifyTopics.ProductsUpdate, Product(10 + i, "2026-10-01T10:00:00Z", (20 + i, $"SKU-{i}", 30 + i, "5.00")));
        for (var i = 0; i < 20; i++)
            await ShopAsync(ShopifyTopics.InventoryLevelsUpdate, Level(30 + (i % 5), $"{40 - i}", $"2026-11-01T10:{i:00}:00Z"));
        await ShopAsync(ShopifyTopics.OrdersCreate, Order(9001));
        await ShopAsync(ShopifyTopics.OrdersCreate, Order(9002));
        await ShopAsync(ShopifyTopics.ProductsUpdate, "{\"id\":77,\"nonsense\":true}");
        await ProjectAsync();
    }

    private static string Order(long id) =>
        $$"""
            {"id":{{id}},"name":"#{{id}}","created_at":"2026-11-02T09:00:00Z","updated_at":"2026-11-02T09:00:00Z","processed_at":"2026-11-02T09:00:00Z",
            "currency":"USD","presentment_currency":"USD","taxes_included":false,"financial_status":"paid","total_price":"10.00","subtotal_price":"10.00",
            "total_tax":"0.00","total_discounts":"0.00","location_id":null,
            "line_items":[{"id":{{id
                * 10}},"sku":"SKU-1","quantity":2,"price":"5.00","title":"Cup","total_discount":"0.00","tax_lines":[],"discount_allocations":[],
            "requires_shipping":true,"gift_card":false,"taxable":true}],"shipping_lines":[],"tax_lines":[],"discount_applications":[],"refunds":[],"fulfillments":[]}
            """;

    // Not OrderWatch, which says when an order is looked at next: a repeated event has it looked at once more.
    private static IEnumerable<TableClient> Projected(StateTables tables) =>
        [tables.Orders, tables.Stock, tables.Catalog, tables.PromotionReports, tables.CustomerOrders, tables.ChannelIds];

    private async Task<SortedDictionary<string, string>> RowsAsync()
    {
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Projected(Get<StateTables>()))
        await foreach (var row in table.QueryAsync<TableEntity>())
            rows[$"{table.Name} {row.PartitionKey} {row.RowKey}"] = string.Join(
                ' ',
                row.Where(static p => p.Key is not ("odata.etag" or "Timestamp"))
                    .OrderBy(static p => p.Key, StringComparer.Ordinal)
                    .Select(static p => $"{p.Key}={(p.Value is byte[] bytes ? Convert.ToHexString(bytes) : p.Value)}")
            );
        return rows;
    }

    [Fact]
    public async Task Taken_in_again_it_changes_nothing_and_from_empty_tables_it_is_the_same_row_for_row()
    {
        await FillAsync();
        var before = await RowsAsync();
        Assert.True(before.Count > 20, $"{before.Count} rows");

        var counts = await ReplayAsync(Plan());
        Assert.Equal((28, 27, 0, 0, 1), (counts.Deliveries, counts.Unchanged, counts.Changed, counts.Rejected, counts.Passed));
        AssertSame(before, await RowsAsync());

        foreach (var table in Projected(Get<StateTables>()))
        await foreach (var row in table.QueryAsync<TableEntity>())
            await table.DeleteEntityAsync(row);
        // The workers begin anew, as an app does that is restarted over empty tables.
        await DisposeAsync();
        await InitializeAsync();
        Assert.Empty(await RowsAsync());
        await ReplayAsync(Plan());
        AssertSame(before, await RowsAsync());
    }

    [Fact]
    public async Task A_dry_run_says_what_would_be_and_puts_nothing_into_the_queue()
    {
        await ShopAsync(ShopifyTopics.InventoryLevelsUpdate, Level(901, "12"));
        var body = Product(900, "2026-10-01T10:00:00Z", (902, "LATER-1", 901, "5.00"));
        Assert.Equal(1, (await ShopAsync(ShopifyTopics.ProductsUpdate, body)).Accepted);
        await ProjectAsync();
        // The level came before the product that says which SKU it is about.
        var counts = await ReplayAsync(Plan(dryRun: true));
        Assert.True(counts.Repaired >= 1);
        Assert.Contains(counts.Differences, static d => d is { Was: "quarantined", Now: "Repaired" });
        Assert.Null((await StockAsync("LATER-1"))?.Locations.FirstOrDefault());
        await ReplayAsync(Plan());
        Assert.Equal(12, Assert.Single((await StockAsync("LATER-1"))!.Locations).OnHand!.Value.Value);
        // The person's decision stands on the record's own chain, and the record waits no more.
        Assert.Equal(0, (await ReplayAsync(Plan(dryRun: true))).HeldBack);
    }

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (row, content) in expected)
            Assert.True(actual[row] == content, $"{row}\nwas {content}\nis  {actual[row]}");
    }
}
