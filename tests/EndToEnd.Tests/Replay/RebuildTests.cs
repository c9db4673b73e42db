using System.Text;
using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Demo.Local;
using Stockgate.Demo.Replay;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>The tables are lost; what was delivered brings them back row for row, the long one although the app is killed on the way.</summary>
public class RebuildTests
{
    private const string Data = "uci-online-retail/online-retail.csv.gz";

    // What is projected from events. The other tables hold what people and we decided.
    private static readonly string[] Projected = ["Orders", "Stock", "Catalog", "PromotionReports", "CustomerOrders", "ChannelIds"];

    [Fact]
    public async Task The_archive_of_a_small_file_brings_every_row_back()
    {
        await using var running = await RunningApp.StartAsync();
        await RebuildAsync(running, TransactionFile.Open(SmallTransactionFile.Write(running.Folder)), kill: false);
    }

    [LongFact(Data)]
    public async Task The_archive_of_a_year_brings_every_row_back()
    {
        await using var running = await RunningApp.StartAsync();
        await RebuildAsync(running, TransactionFile.Open(SharedData.Find(Data)!), kill: true);
    }

    private static async Task RebuildAsync(RunningApp running, TransactionFile file, bool kill)
    {
        var patience = TimeSpan.FromMinutes(20);
        await using var run = new ReplayRun(running, file);
        await run.PostAsync();
        await running.ProjectedAsync(patience);
        await run.AgreesAsync();
        var before = await RowsAsync(running);
        Assert.True(before.Count > 100, $"{before.Count} rows");

        await EndedAsync(running, await StartAsync(running), patience);
        await running.ProjectedAsync(patience);
        AssertSame(before, await RowsAsync(running));

        await running.App.KillAsync();
        var service = new TableServiceClient(running.Azurite.ConnectionString);
        foreach (var table in Projected)
            await service.DeleteTableAsync(table);
        await running.App.RestartAsync();
        var replay = await StartAsync(running);
        if (kill)
        {
            await running.App.KillAsync();
            await running.App.RestartAsync();
        }
        var ended = await EndedAsync(running, replay, patience);
        Assert.Equal((0, 0), (ended.GetProperty("changed").GetInt32(), ended.GetProperty("rejected").GetInt32()));
        await running.ProjectedAsync(patience);
        AssertSame(before, await RowsAsync(running));
    }

    private static async Task<string> StartAsync(RunningApp running)
    {
        var plan = Encoding.UTF8.GetBytes("""{"from":"2020-01-01T00:00:00Z"}""");
        using var answer = await running.CallAsync(HttpMethod.Post, "replays", RunningApp.Reader, plan);
        var said = await answer.Content.ReadAsStringAsync();
        Assert.True((int)answer.StatusCode == 202, said);
        using var json = JsonDocument.Parse(said);
        return json.RootElement.GetProperty("id").GetString()!;
    }

    private static async Task<JsonElement> EndedAsync(RunningApp running, string id, TimeSpan patience)
    {
        JsonElement replay = default;
        await RunningApp.UntilAsync(
            async () =>
                (replay = await running.ReadAsync($"replays/{id}")).GetProperty("status").GetString() is not ("Pending" or "Running"),
            "the replay has ended",
            patience
        );
        Assert.True(replay.GetProperty("status").GetString() == "Completed", replay.ToString());
        return replay.GetProperty("counts");
    }

    private static async Task<SortedDictionary<string, string>> RowsAsync(RunningApp running)
    {
        var service = new TableServiceClient(running.Azurite.ConnectionString);
        var rows = new SortedDictionary<string, string>(StringComparer.Ordinal);
        foreach (var table in Projected)
        await foreach (var row in service.GetTableClient(table).QueryAsync<TableEntity>())
            if (row.RowKey.StartsWith("ledger|", StringComparison.Ordinal))
                Join(rows, row);
            else
                rows[$"{table} {row.PartitionKey} {row.RowKey}"] = ContentOf(row);
        return rows;
    }

    // A month with more entries than a page holds has several. Which of them an entry is on goes by when it came, and says nothing.
    private static void Join(SortedDictionary<string, string> rows, TableEntity page)
    {
        var month = $"Stock {page.PartitionKey} {page.RowKey[..page.RowKey.LastIndexOf('|')]}";
        Assert.Equal(1, page.GetInt32("EntriesParts"));
        var entries = page.GetString("Entries").Split('\n', StringSplitOptions.RemoveEmptyEntries);
        var joined = rows.GetValueOrDefault(month, "").Split('\n', StringSplitOptions.RemoveEmptyEntries).Concat(entries);
        rows[month] = string.Join('\n', joined.Order(StringComparer.Ordinal));
    }

    private static string ContentOf(TableEntity row) =>
        string.Join(
            ' ',
            row.Where(static p => p.Key is not ("odata.etag" or "Timestamp"))
                .OrderBy(static p => p.Key, StringComparer.Ordinal)
                .Select(static p => $"{p.Key}={(p.Value is byte[] bytes ? Convert.ToHexString(bytes) : p.Value)}")
        );

    private static void AssertSame(SortedDictionary<string, string> expected, SortedDictionary<string, string> actual)
    {
        Assert.Equal(expected.Keys, actual.Keys);
        foreach (var (row, content) in expected)
            Assert.True(actual[row] == content, $"{row}\nwas {content}\nis  {actual[row]}");
    }
}
