using System.Diagnostics;
using Azure.Data.Tables;
using Stockgate.Demo.Local;
using Stockgate.Local.Run;

namespace Stockgate.Benchmarks;

/// <summary>
/// Projecting a backlog into Azurite, from the broker's file to the last row, beside bare transactions by the same client: the same
/// number of writers, partitions and rows a transaction, rows of the same form and size, a part of them new and a part of them written
/// again as in the projection.
/// </summary>
internal static class ProjectBenchmark
{
    private const int Writers = 8,
        Partitions = 64;

    /// <summary>Runs the app on a backlog until its queue is empty, and counts the rows that are there then and were not before.</summary>
    public static async Task<(double Seconds, long Rows)> ProjectAsync(AppSettings settings, string storage)
    {
        var before = await RowsAsync(storage);
        await using var app = await LocalApp.StartAsync(settings);
        var started = Stopwatch.GetTimestamp();
        while ((await app.BacklogAsync()).Waiting > 0)
            await Task.Delay(50);
        return (Stopwatch.GetElapsedTime(started).TotalSeconds, await RowsAsync(storage) - before);
    }

    private static async Task<long> RowsAsync(string storage)
    {
        var (service, rows) = (new TableServiceClient(storage), 0L);
        foreach (var table in new[] { "Orders", "Stock", "Catalog", "CustomerOrders" })
        await foreach (var _ in service.GetTableClient(table).QueryAsync<TableEntity>(select: ["RowKey"]))
            rows++;
        return rows;
    }

    /// <summary>Rows a second of bare transactions: first new rows, then the same rows again.</summary>
    public static async Task<(double New, double Again)> BareAsync(string storage, int transactions)
    {
        var table = new TableServiceClient(storage).GetTableClient("BareTransactions");
        await table.CreateIfNotExistsAsync();
        var fresh = await WriteAsync(table, transactions);
        var again = await WriteAsync(table, transactions);
        return (fresh, again);
    }

    private static async Task<double> WriteAsync(TableClient table, int transactions)
    {
        var (next, started) = (-1, Stopwatch.GetTimestamp());
        await Task.WhenAll(
            Enumerable
                .Range(0, Writers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (int number; (number = Interlocked.Increment(ref next)) < transactions; )
                            await table.SubmitTransactionAsync(
                                Enumerable
                                    .Range(0, 100)
                                    .Select(i => new TableTransactionAction(TableTransactionActionType.UpsertMerge, Row(number, i)))
                            );
                    })
                )
        );
        return transactions * 100 / Stopwatch.GetElapsedTime(started).TotalSeconds;
    }

    // Every second row as a ledger page of a few entries, every other one as a position: what the projection writes.
    private static TableEntity Row(int transaction, int i)
    {
        var row = new TableEntity(
            $"{transaction % Partitions:0000}",
            $"{(i % 2 == 0 ? "ledger" : "position")}|SKU-{transaction:00000}|store-{i:000}"
        );
        row["Sku"] = "SKU-0000";
        row["Location"] = "store-01";
        if (i % 2 == 0)
        {
            row["Month"] = 202601;
            row["Part"] = 0;
            row["Count"] = 4;
            row["Sales"] =
                """[{"day":"2026-01-01","currency":"GBP","sold":1,"soldNet":2.55,"cancelled":0,"cancelledNet":0,"returned":0,"returnedNet":0},{"day":"2026-01-02","currency":"GBP","sold":1,"soldNet":2.55,"cancelled":0,"cancelledNet":0,"returned":0,"returnedNet":0}]""";
            row["Entries"] = string.Concat(
                Enumerable.Range(0, 4).Select(e => $"sale%3AB{transaction + e}|1|1767225600000|0|-1|1|2.55|GBP|0\n")
            );
            row["EntriesParts"] = 1;
        }
        else
        {
            row["AvailableToPromise"] = "-12";
            row["Moved"] = "-12";
            row["Reserved"] = "0";
            row["LastMovedAt"] = new DateTimeOffset(2026, 1, 1, 0, 0, 0, TimeSpan.Zero);
        }
        return row;
    }
}
