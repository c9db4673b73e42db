using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Storage;

public class BucketRowsTests(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>
{
    private static readonly RowForm<string> Form = new(static (text, row) => row["Text"] = text, static row => row.GetString("Text"));

    [Fact]
    public async Task Keys_that_lie_together_are_read_with_one_request_there_or_not()
    {
        var (table, requests) = await TableAsync("Together");
        await AddAsync(table, Enumerable.Range(0, 40).Where(static i => i % 2 == 0));
        requests.Sent = 0;
        var rows = new BucketRows(table, "p");

        await rows.LoadRangeAsync(Enumerable.Range(0, 40).Select(Key), CancellationToken.None);

        Assert.Equal(1, requests.Sent);
        Assert.All(Enumerable.Range(0, 40), i => Assert.Equal(i % 2 == 0 ? $"{i}" : null, rows.Get(Key(i), Form)));
    }

    [Fact]
    public async Task A_range_of_more_rows_than_one_page_is_read_to_its_end_by_keys()
    {
        var (table, _) = await TableAsync("Pages");
        await AddAsync(table, Enumerable.Range(0, 1_200));
        var wanted = Enumerable.Range(0, 13).Select(static i => i * 100).ToList();
        var rows = new BucketRows(table, "p");

        await rows.LoadRangeAsync(wanted.Select(Key), CancellationToken.None);

        Assert.All(wanted, i => Assert.Equal(i < 1_200 ? $"{i}" : null, rows.Get(Key(i), Form)));
    }

    [Fact]
    public async Task Keys_that_lie_far_apart_cost_one_wasted_request_and_then_none()
    {
        var (table, requests) = await TableAsync("Apart");
        await AddAsync(table, Enumerable.Range(0, 900));
        var rows = new BucketRows(table, "p");
        await rows.LoadRangeAsync(new[] { 0, 200, 400, 600, 800 }.Select(Key), CancellationToken.None);
        requests.Sent = 0;

        await rows.LoadRangeAsync(new[] { 1, 201, 401, 601, 801 }.Select(Key), CancellationToken.None);

        Assert.Equal(5, requests.Sent);
        Assert.Equal("601", rows.Get(Key(601), Form));
    }

    private static string Key(int number) => $"position|{number:0000}";

    private async Task<(TableClient Table, CountedRequests Requests)> TableAsync(string name)
    {
        var requests = new CountedRequests();
        var options = new TableClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        var table = new TableServiceClient(fixture.Azurite.ConnectionString, options).GetTableClient($"BucketRows{name}");
        await table.CreateIfNotExistsAsync();
        return (table, requests);
    }

    private static async Task AddAsync(TableClient table, IEnumerable<int> numbers)
    {
        foreach (var part in numbers.Chunk(100))
            await table.SubmitTransactionAsync(
                part.Select(static i => new TableTransactionAction(
                    TableTransactionActionType.Add,
                    new TableEntity("p", Key(i)) { ["Text"] = $"{i}" }
                ))
            );
    }

    private sealed class CountedRequests : HttpPipelineSynchronousPolicy
    {
        private int sent;

        public int Sent
        {
            get => sent;
            set => sent = value;
        }

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref sent);
    }
}
