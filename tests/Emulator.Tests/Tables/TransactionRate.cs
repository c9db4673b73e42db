using System.Diagnostics;
using Azure.Data.Tables;
using Stockgate.TestSupport;
using Xunit.Abstractions;

namespace Stockgate.Emulator.Tests.Tables;

/// <summary>The figures of emulator/Tables/README.md: what client and Azurite do together, and what the client costs without Azurite.</summary>
[RequiresVariable("STOCKGATE_MEASURE", "to 1 to measure; build with -c Release")]
public sealed class TransactionRate(AzuriteFixture fixture, ITestOutputHelper output) : IClassFixture<AzuriteFixture>
{
    private const int Actions = 100;

    [ServiceTheory]
    [InlineData(1, false)]
    [InlineData(8, false)]
    [InlineData(1, true)]
    [InlineData(8, true)]
    public async Task Upserts_of_100_on_Azurite(int writers, bool existing)
    {
        var service = new TableServiceClient(fixture.Azurite.ConnectionString);
        await using var table = await OwnTable.CreateAsync(service);
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(table.Client, $"warm{writer}", 3, 1)));
        const int transactions = 200;
        // New partitions of 1,000 rows, or one partition of 1,000 rows per writer written over and over.
        if (existing) await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(table.Client, $"w{writer}", 10, 10)));
        var started = Stopwatch.GetTimestamp();
        await Task.WhenAll(Enumerable.Range(0, writers).Select(writer => WriteAsync(table.Client, $"w{writer}", transactions / writers, existing ? 10 : int.MaxValue)));
        Report($"{writers} at a time, {(existing ? "replacing rows" : "new rows")}", transactions, Stopwatch.GetElapsedTime(started));
    }

    [ServiceFact]
    public async Task Update_cost_by_partition_and_table()
    {
        foreach (var (partitions, rows) in new[] { (1, 1_000), (1, 10_000), (10, 1_000), (64, 1_000), (640, 100) })
        {
            await using var table = await OwnTable.CreateAsync(new TableServiceClient(fixture.Azurite.ConnectionString));
            for (var partition = 0; partition < partitions; partition++) await WriteAsync(table.Client, $"p{partition}-", rows / Actions, rows / Actions);
            foreach (var type in new[] { TableTransactionActionType.UpsertReplace, TableTransactionActionType.UpsertMerge })
            {
                var started = Stopwatch.GetTimestamp();
                for (var i = 0; i < 20; i++) await SubmitAsync(table.Client, $"p{i % partitions}-0", i % (rows / Actions), type);
                Report($"{partitions} partitions of {rows} rows, {type}", 20, Stopwatch.GetElapsedTime(started));
            }
        }
    }

    [ServiceFact]
    public async Task Client_without_a_service()
    {
        var answer = new BatchAnswer(Actions);
        var table = new TableClient(new Uri("http://127.0.0.1:1/devstoreaccount1"), "orders", new TableSharedKeyCredential("devstoreaccount1", "a2V5"), new TableClientOptions { Transport = answer.Transport });
        await WriteAsync(table, "warm", 500, 10);
        var (started, allocated) = (Stopwatch.GetTimestamp(), GC.GetTotalAllocatedBytes(precise: true));
        await WriteAsync(table, "p", 2_000, 10);
        Report("no service, answers from memory", 2_000, Stopwatch.GetElapsedTime(started));
        output.WriteLine($"  {(GC.GetTotalAllocatedBytes(precise: true) - allocated) / 2_000 / Actions} bytes allocated per entity, the entity itself included");
    }

    private static async Task WriteAsync(TableClient table, string partition, int transactions, int blocks)
    {
        for (var i = 0; i < transactions; i++) await SubmitAsync(table, $"{partition}{i / 10 * (blocks == int.MaxValue ? 1 : 0)}", i % Math.Min(blocks, 10_000), TableTransactionActionType.UpsertReplace);
    }

    private static Task SubmitAsync(TableClient table, string partition, int block, TableTransactionActionType type) =>
        table.SubmitTransactionAsync(Enumerable.Range(0, Actions).Select(row => new TableTransactionAction(type, new Level { PartitionKey = partition, RowKey = $"sku-{block * Actions + row:D8}", OnHand = row })));

    private void Report(string what, int transactions, TimeSpan elapsed) => output.WriteLine(
        $"{what}: {transactions / elapsed.TotalSeconds:F1} transactions/s, {transactions * Actions / elapsed.TotalSeconds:F0} entities/s, {elapsed.TotalMilliseconds / transactions:F1} ms each");

    /// <summary>A row of usual size.</summary>
    private sealed class Level : ITableEntity
    {
        public string PartitionKey { get; set; } = "";
        public string RowKey { get; set; } = "";
        public DateTimeOffset? Timestamp { get; set; }
        public Azure.ETag ETag { get; set; }
        public string Location { get; set; } = "store-0042";
        public string Source { get; set; } = "wms";
        public long OnHand { get; set; }
        public long Reserved { get; set; } = 3;
        public double Confidence { get; set; } = 0.97;
        public DateTimeOffset OccurredAt { get; set; } = DateTimeOffset.UnixEpoch;
        public bool Active { get; set; } = true;
    }
}
