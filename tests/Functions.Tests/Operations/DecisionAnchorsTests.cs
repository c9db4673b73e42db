using Azure;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Domain.Operations;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Operations;

public sealed class DecisionAnchorsTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly FakeTime time = new();
    private StateTables tables = null!;
    private DecisionLog log = null!;
    private DecisionAnchors anchors = null!;

    public async Task InitializeAsync()
    {
        tables = new StateTables(new TableServiceClient(fixture.Azurite.ConnectionString), Bucket.DefaultCount);
        await tables.PrepareAsync(CancellationToken.None);
        foreach (var table in new[] { tables.Decisions, tables.Exceptions })
        await foreach (var row in table.QueryAsync<TableEntity>())
            await table.DeleteEntityAsync(row.PartitionKey, row.RowKey);
        var blobs = new BlobServiceClient(fixture.Azurite.ConnectionString);
        var container = blobs.GetBlobContainerClient("decision-anchors");
        await container.CreateIfNotExistsAsync();
        await foreach (var blob in container.GetBlobsAsync())
            await container.DeleteBlobAsync(blob.Name);
        log = new DecisionLog(tables);
        anchors = new DecisionAnchors(log, blobs, new ExceptionLog(tables), time);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public async Task Chains_that_only_grow_are_whole_day_after_day()
    {
        await DecidedAsync("order 1/2 é", 3);
        Assert.Empty((await AnchorAsync()).Broken);
        await DecidedAsync("order 1/2 é", 2);
        await DecidedAsync("promotion x", 1);
        var looked = await AnchorAsync();
        Assert.Equal(2, looked.Subjects);
        Assert.Empty(looked.Broken);
    }

    [Fact]
    public async Task Records_that_are_cut_off_at_the_end_are_found_by_the_head_at_once()
    {
        await DecidedAsync("order 1", 3);
        await tables.Decisions.DeleteEntityAsync(RowKeys.Of("order 1"), RowKeys.Of("record", "00000003"));
        Assert.Equal(3, (await log.ChainAsync("order 1", CancellationToken.None)).FirstBreak);
    }

    [Fact]
    public async Task A_chain_that_was_cut_with_its_head_is_found_by_the_anchor_and_told()
    {
        await DecidedAsync("order 1", 3);
        await AnchorAsync();
        await tables.Decisions.DeleteEntityAsync(RowKeys.Of("order 1"), RowKeys.Of("record", "00000003"));
        await tables.Decisions.UpsertEntityAsync(
            new TableEntity(RowKeys.Of("order 1"), "head") { ["Number"] = 2 },
            TableUpdateMode.Replace
        );
        Assert.Null((await log.ChainAsync("order 1", CancellationToken.None)).FirstBreak);

        Assert.Equal([("order 1", 3)], (await AnchorAsync()).Broken);
        Assert.Equal(
            "audit-chain-broken",
            Assert.Single((await new ExceptionLog(tables).OpenAsync(10, null, CancellationToken.None)).Exceptions).Type
        );
    }

    [Fact]
    public async Task A_chain_that_was_written_anew_is_found_and_so_is_one_that_is_gone()
    {
        await DecidedAsync("order 1", 2);
        await DecidedAsync("order 2", 1);
        await AnchorAsync();
        foreach (var partition in new[] { RowKeys.Of("order 1"), RowKeys.Of("order 2") })
        await foreach (var row in tables.Decisions.QueryAsync<TableEntity>(r => r.PartitionKey == partition))
            await tables.Decisions.DeleteEntityAsync(row.PartitionKey, row.RowKey, ETag.All);
        await DecidedAsync("order 1", 3, "somebody else");

        Assert.Equal([("order 1", 2), ("order 2", 1)], (await AnchorAsync()).Broken);
    }

    private async Task DecidedAsync(string subject, int times, string by = "Ada")
    {
        for (var i = 0; i < times; i++)
            await log.AppendAsync(
                new DecisionRecord
                {
                    Subject = subject,
                    DecidedAt = time.GetUtcNow(),
                    Decision = "approved",
                    DecidedBy = by,
                },
                CancellationToken.None
            );
    }

    // A day later each time.
    private async Task<AuditResult> AnchorAsync()
    {
        var result = await anchors.AnchorAsync(CancellationToken.None);
        time.Advance(TimeSpan.FromDays(1));
        return result;
    }
}
