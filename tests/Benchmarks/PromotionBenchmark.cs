using System.Diagnostics;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Promotions.Facts;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Benchmarks;

/// <summary>What a look at a large promotion costs: judging its gates, and reading what they look at.</summary>
internal static class PromotionBenchmark
{
    private const int Regions = 10,
        Rounds = 5,
        Writers = 16;

    private static readonly DateTimeOffset Now = TimeProvider.System.GetUtcNow();

    private static readonly Currency Gbp = Currency.Parse("GBP");

    /// <param name="Seconds">The median of the rounds.</param>
    /// <param name="AllocatedMiB">By one round.</param>
    public sealed record Judged(double Seconds, double AllocatedMiB, double PeakMiB);

    /// <param name="FirstSeconds">With a month of sales, which is read once a day.</param>
    /// <param name="Seconds">Without.</param>
    /// <param name="JudgeSeconds">Of the facts that were read.</param>
    public sealed record Read(int Rows, double FirstSeconds, double Seconds, double JudgeSeconds, double PeakMiB);

    public static Judged Judge(int items, int stores)
    {
        var facts = Facts(items, stores);
        if (!GateEvaluation.Judge(facts).Board.Verdicts.Any(static v => v is { Gate: GateNames.Stock, State: GateState.Green }))
            throw new InvalidOperationException("The stock gate is not green: this measures something else.");
        var (seconds, allocated) = (new List<double>(), 0L);
        for (var round = 0; round < Rounds; round++)
        {
            var (before, begun) = (GC.GetTotalAllocatedBytes(precise: true), Stopwatch.GetTimestamp());
            GateEvaluation.Judge(facts);
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
            allocated = GC.GetTotalAllocatedBytes(precise: true) - before;
        }
        return new Judged(AcceptBenchmark.Median(seconds), allocated / 1048576.0, PeakMiB());
    }

    public static async Task<Read> ReadAsync(string storage, int items, int stores)
    {
        var tables = new StateTables(new TableServiceClient(storage), Bucket.DefaultCount);
        await tables.PrepareAsync(CancellationToken.None);
        var store = new PromotionStore(tables, new BlobServiceClient(storage), new DecisionLog(tables), TimeProvider.System);
        await new BlobServiceClient(storage).GetBlobContainerClient("promotions").CreateIfNotExistsAsync();
        var terms = Terms(items, stores, $"b{items}x{stores}-");
        await FillAsync(tables, terms);
        var record = new PromotionRecord
        {
            Id = new($"bench-{items}-{stores}"),
            Name = "Bench",
            RequestedBy = "mia",
            CreatedAt = Now,
            Start = terms.Start,
            End = terms.End,
            State = PromotionState.Gating,
        };
        await store.AddAsync(record, terms, CancellationToken.None);
        var options = new OutboundOptions();
        options.Outbound["web"] = new()
        {
            Kind = ChannelKind.Ecommerce,
            Url = "https://web.example/",
            Secrets = { [0] = "whsec_" + Convert.ToBase64String(new byte[32]) },
        };
        var channels = new OutboundChannels(options);
        using var open = new OpenPromotions(store, TimeProvider.System);
        var reader = new PromotionFactsReader(
            tables,
            store,
            new PromotionRows(tables),
            open,
            channels,
            new PromotionPolicy(),
            new ItemSupplyReader(tables, new PromotionPolicy(), new SilentSources(tables, TimeProvider.System)),
            new SalesBaselines(new PromotionPolicy(), new InventoryReader(tables, TimeProvider.System)),
            new Switches(tables, new DecisionLog(tables), TimeProvider.System),
            TimeProvider.System
        );
        var begun = Stopwatch.GetTimestamp();
        await reader.ReadAsync(record, CancellationToken.None);
        var first = Stopwatch.GetElapsedTime(begun).TotalSeconds;
        var seconds = new List<double>();
        PromotionFacts facts = null!;
        for (var round = 0; round < 3; round++)
        {
            begun = Stopwatch.GetTimestamp();
            facts = await reader.ReadAsync(record, CancellationToken.None);
            seconds.Add(Stopwatch.GetElapsedTime(begun).TotalSeconds);
        }
        if (facts.Stock.Figures.Count(static f => f is { Ranged: true, AsOf: not null }) != items * stores)
            throw new InvalidOperationException("Not every figure was read.");
        begun = Stopwatch.GetTimestamp();
        GateEvaluation.Judge(facts);
        // A product, a price and the positions of each item.
        return new Read(
            items * (stores + 2),
            first,
            AcceptBenchmark.Median(seconds),
            Stopwatch.GetElapsedTime(begun).TotalSeconds,
            PeakMiB()
        );
    }

    private static PromotionTerms Terms(int items, int stores, string prefix) =>
        new()
        {
            Number = 1,
            Start = Now.AddDays(3),
            End = Now.AddDays(10),
            By = "mia",
            At = Now,
            Items = [.. Enumerable.Range(0, items).Select(i => new Sku($"{prefix}{i}"))],
            Request = new PromotionRequest
            {
                Name = "Bench",
                Discount = new PercentOff(20),
                Channels = [new("web")],
                Currency = Gbp,
                RequestedBy = "mia",
                ExpectedUplift = 1.4m,
                Regions =
                [
                    .. Enumerable
                        .Range(0, stores)
                        .GroupBy(static s => s % Regions)
                        .Select(static r => new PromotionRegion
                        {
                            Region = new($"region-{r.Key}"),
                            Stores = [.. r.Select(static s => new LocationId($"store-{s}"))],
                        }),
                ],
                Window = new PromotionWindow
                {
                    Start = Now.AddDays(3).DateTime,
                    End = Now.AddDays(10).DateTime,
                    TimeZone = "Etc/UTC",
                },
            },
        };

    private static PromotionFacts Facts(int items, int stores)
    {
        var terms = Terms(items, stores, "b");
        StockLocation[] places =
        [
            .. terms.Request.Regions.SelectMany(static r =>
                r.Stores.Select(s => new StockLocation(s, r.Region, TimeSpan.FromHours(4), "stock counts"))
            ),
        ];
        return new PromotionFacts
        {
            Promotion = new("bench"),
            RequestedBy = "mia",
            Terms = terms,
            Policy = new PromotionPolicy(),
            Now = Now,
            Channels = [new(new("web"), new("web"), TimeSpan.Zero, null, TimeSpan.MaxValue, Now)],
            Items =
            [
                .. terms.Items.Select(static sku => new ItemFact(
                    sku,
                    true,
                    true,
                    "kitchen",
                    null,
                    new Money(5, Gbp),
                    [new RegularPrice(null, null, new Money(10, Gbp), Now)]
                )),
            ],
            Stock = new StockGrid([.. terms.Items], places, [.. Enumerable.Repeat(new StockFigure(new(200), Now), items * stores)]),
            Baselines = [.. Enumerable.Repeat(new SalesBaseline(10, 12), items * terms.Request.Regions.Count)],
        };
    }

    private static async Task FillAsync(StateTables tables, PromotionTerms terms)
    {
        LocationId[] places = [.. terms.Request.Regions.SelectMany(static r => r.Stores)];
        var version = new LevelVersion(Now, 1, "counts", "e1");
        await Parallel.ForEachAsync(
            terms.Items.GroupBy(tables.PartitionOf),
            new ParallelOptions { MaxDegreeOfParallelism = Writers },
            async (bucket, cancellation) =>
            {
                var (stock, catalog) = (new List<TableEntity>(), new List<TableEntity>());
                foreach (var sku in bucket)
                {
                    foreach (var place in places)
                        stock.Add(
                            Row(
                                bucket.Key,
                                RowKeys.Of("position", sku.Value, place.Value),
                                StockForms.Position,
                                new StockPosition
                                {
                                    Sku = sku,
                                    Location = place,
                                    Level = new StockLevel(new(200), version),
                                    LastMonth = 202611,
                                }
                            )
                        );
                    var product = new ProductUpdated
                    {
                        Sku = sku,
                        Title = "A thing",
                        Category = "kitchen",
                        UnitCost = 5,
                        Currency = Gbp,
                    };
                    catalog.Add(
                        Row(
                            bucket.Key,
                            CatalogForms.KeyOf(product),
                            CatalogForms.Product,
                            new Fact<ProductUpdated>(new("erp"), version, product)
                        )
                    );
                    var price = new PriceChanged
                    {
                        Sku = sku,
                        Price = 10,
                        Currency = Gbp,
                    };
                    catalog.Add(
                        Row(bucket.Key, CatalogForms.KeyOf(price), CatalogForms.Price, new Fact<PriceChanged>(new("erp"), version, price))
                    );
                }
                foreach (var chunk in stock.Chunk(100))
                    await tables.Stock.SubmitTransactionAsync(
                        chunk.Select(static row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                        cancellation
                    );
                foreach (var chunk in catalog.Chunk(100))
                    await tables.Catalog.SubmitTransactionAsync(
                        chunk.Select(static row => new TableTransactionAction(TableTransactionActionType.UpsertReplace, row)),
                        cancellation
                    );
            }
        );
    }

    private static TableEntity Row<T>(string partition, string key, RowForm<T> form, T document)
        where T : class
    {
        var row = new TableEntity(partition, key);
        form.Write(document, row);
        return row;
    }

    private static double PeakMiB()
    {
        using var own = Process.GetCurrentProcess();
        return own.PeakWorkingSet64 / 1048576.0;
    }
}
