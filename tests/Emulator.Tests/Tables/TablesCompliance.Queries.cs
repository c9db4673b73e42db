using Azure.Data.Tables;

namespace Stockgate.Emulator.Tests.Tables;

public abstract partial class TablesCompliance
{
    [ServiceFact]
    public async Task Query_goes_through_2500_entities_in_order()
    {
        await using var table = await NewTableAsync();
        await FillAsync(table.Client, "p", 2500);
        var expected = Enumerable.Range(0, 2500);
        Assert.Equal(expected, (await AllAsync(table.Client.QueryAsync<TableEntity>())).Select(entity => entity.GetInt32("Number")!.Value));
        Assert.Equal(expected, table.Client.Query<TableEntity>("PartitionKey eq 'p'").Select(entity => entity.GetInt32("Number")!.Value));
        Assert.Equal([1000, 1000, 500], table.Client.Query<TableEntity>().AsPages().Select(page => page.Values.Count));
        Assert.Equal(25, table.Client.Query<TableEntity>(maxPerPage: 100).AsPages().Count());
    }

    [ServiceFact]
    public async Task Query_resumes_at_a_continuation_token()
    {
        await using var table = await NewTableAsync();
        await FillAsync(table.Client, "Ort 'ü'", 10);
        var query = table.Client.QueryAsync<TableEntity>();
        string? token = null;
        await foreach (var page in query.AsPages(pageSizeHint: 4))
        {
            Assert.Equal(4, page.Values.Count);
            token = page.ContinuationToken;
            break;
        }

        var rest = new List<string>();
        await foreach (var page in query.AsPages(token)) rest.AddRange(page.Values.Select(entity => entity.RowKey));
        Assert.Equal(["00004", "00005", "00006", "00007", "00008", "00009"], rest);
    }

    [ServiceFact]
    public async Task Projection_fetches_only_what_was_asked_for()
    {
        await using var table = await NewTableAsync();
        await table.Client.AddEntityAsync(Row("p", "r", ("A", 1), ("B", 2), ("C", 3)));
        var queried = Assert.Single(table.Client.Query<TableEntity>(select: ["A", "RowKey"]));
        Assert.Equal((1, "r"), (queried.GetInt32("A"), queried.RowKey));
        Assert.False(queried.ContainsKey("B"));
        Assert.Null(queried.PartitionKey);
        var got = table.Client.GetEntity<TableEntity>("p", "r", ["C"]).Value;
        Assert.Equal(3, got.GetInt32("C"));
    }

    [ServiceFact]
    public async Task Filters_select_by_every_type()
    {
        await using var table = await NewTableAsync();
        var id = Guid.NewGuid();
        await table.Client.AddEntityAsync(new Product { RowKey = "small", Text = "O'Brien", Int = 1, Long = 1, Double = 1.5, Flag = true, Offset = Moment, Time = Moment.UtcDateTime, Id = id, Season = Season.Autumn, Bytes = [1, 255], Renamed = "n" });
        await table.Client.AddEntityAsync(new Product { RowKey = "large", Text = "東京", Int = 9, Long = 1L << 40, Double = 9, Offset = Moment.AddDays(1), Time = Moment.UtcDateTime.AddDays(1) });
        byte[] bytes = [1, 255];
        string name = "O'Brien", tokyo = "東京";
        foreach (var filter in new[]
                 {
                     TableClient.CreateQueryFilter($"Text eq {name}"), TableClient.CreateQueryFilter($"Int lt {5}"), TableClient.CreateQueryFilter($"Long lt {5_000_000_000L}"),
                     TableClient.CreateQueryFilter($"Double le {1.5}"), TableClient.CreateQueryFilter($"Flag eq {true}"), TableClient.CreateQueryFilter($"Offset le {Moment}"),
                     TableClient.CreateQueryFilter($"Time eq {Moment.UtcDateTime}"), TableClient.CreateQueryFilter($"Id eq {id}"), TableClient.CreateQueryFilter($"Bytes eq {bytes}"),
                     TableClient.CreateQueryFilter<Product>(p => p.Text == name), TableClient.CreateQueryFilter<Product>(p => p.Int < 5 && p.Long < 5), TableClient.CreateQueryFilter<Product>(p => p.Flag),
                     TableClient.CreateQueryFilter<Product>(p => !(p.Int > 5)), TableClient.CreateQueryFilter<Product>(p => p.Season == Season.Autumn), TableClient.CreateQueryFilter<Product>(p => p.Renamed == "n"),
                     TableClient.CreateQueryFilter<Product>(p => p.Id == id || p.Text == "nobody"), TableClient.CreateQueryFilter<Product>(p => p.Offset < Moment.AddHours(1) && p.Text != tokyo),
                 })
            Assert.Equal("small", Assert.Single(table.Client.Query<Product>(filter)).RowKey);
    }

    [ServiceFact]
    public async Task Range_of_row_keys_is_selected_by_text_comparison()
    {
        await using var table = await NewTableAsync();
        await FillAsync(table.Client, "p", 20);
        var (from, to) = ("00005", "00008");
        var found = table.Client.Query<TableEntity>(e => e.PartitionKey == "p" && string.Compare(e.RowKey, from) >= 0 && e.RowKey.CompareTo(to) < 0);
        Assert.Equal(["00005", "00006", "00007"], found.Select(entity => entity.RowKey));
    }

    [ServiceFact]
    public async Task Malformed_filter_is_refused()
    {
        await using var table = await NewTableAsync();
        var error = await Assert.ThrowsAsync<Azure.RequestFailedException>(() => AllAsync(table.Client.QueryAsync<TableEntity>("RowKey eq")));
        Assert.Equal(400, error.Status);
    }

    [ServiceFact]
    public async Task Query_stops_when_it_is_cancelled()
    {
        await using var table = await NewTableAsync();
        await FillAsync(table.Client, "p", 4);
        using var cancellation = new CancellationTokenSource();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(async () =>
        {
            await foreach (var _ in table.Client.QueryAsync<TableEntity>(maxPerPage: 1).WithCancellation(cancellation.Token)) await cancellation.CancelAsync();
        });
    }
}
