using Azure;
using Azure.Data.Tables;
using Stockgate.TestSupport;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>The behaviours on Azurite, and what needs its key.</summary>
public sealed class AzuriteTables(AzuriteFixture fixture) : TablesCompliance, IClassFixture<AzuriteFixture>
{
    protected override TableServiceClient Service { get; } = new(fixture.Azurite.ConnectionString);

    [Fact]
    public async Task Wrong_key_is_forbidden()
    {
        var service = new TableServiceClient(fixture.Azurite.TableEndpoint, new TableSharedKeyCredential(fixture.Azurite.AccountName, "d3Jvbmc="));
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => service.CreateTableAsync("forbidden"));
        Assert.Equal(403, error.Status);
        error = await Assert.ThrowsAsync<RequestFailedException>(() => service.GetTableClient("forbidden").SubmitTransactionAsync([new(TableTransactionActionType.Add, Row("p", "r"))]));
        Assert.Equal(403, error.Status);
    }

    [Fact]
    public async Task Signature_opens_what_it_permits()
    {
        await using var table = await NewTableAsync();
        var all = AccountSas.Create(fixture.Azurite.AccountName, fixture.Azurite.AccountKey, "rwdlacu", TimeSpan.FromHours(1));
        var endpoint = fixture.Azurite.TableEndpoint;
        foreach (var client in new[]
                 {
                     new TableServiceClient(endpoint, new AzureSasCredential(all)).GetTableClient(table.Client.Name),
                     new TableClient(new Uri($"{endpoint}/{table.Client.Name}"), new AzureSasCredential("?" + all)),
                     new TableClient(new Uri($"{endpoint}/{table.Client.Name}?{all}")),
                     new TableClient($"TableEndpoint={endpoint};SharedAccessSignature={all}", table.Client.Name),
                 })
        {
            await client.UpsertEntityAsync(Row("p", "r", ("A", 1)));
            await client.SubmitTransactionAsync([new(TableTransactionActionType.UpsertMerge, Row("p", "r", ("B", 2)))]);
            Assert.Equal(2, Assert.Single(client.Query<TableEntity>("PartitionKey eq 'p'", select: ["B"])).GetInt32("B"));
        }

        var read = AccountSas.Create(fixture.Azurite.AccountName, fixture.Azurite.AccountKey, "r", TimeSpan.FromHours(1));
        var reader = new TableServiceClient(endpoint, new AzureSasCredential(read)).GetTableClient(table.Client.Name);
        Assert.Equal(1, reader.GetEntity<TableEntity>("p", "r").Value.GetInt32("A"));
        Assert.Equal(403, (await Assert.ThrowsAsync<RequestFailedException>(() => reader.UpsertEntityAsync(Row("p", "r")))).Status);
    }

    [Fact]
    public async Task Transaction_over_four_megabytes_is_refused()
    {
        await using var table = await NewTableAsync();
        var error = await Assert.ThrowsAsync<RequestFailedException>(() => table.Client.SubmitTransactionAsync(
            Enumerable.Range(0, 100).Select(i => new TableTransactionAction(TableTransactionActionType.Add, Row("p", $"{i}", ("A", new string('x', 30_000)), ("B", new string('y', 30_000)))))));
        Assert.Equal((413, "RequestBodyTooLarge"), (error.Status, error.ErrorCode));
    }
}
