using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Inventory;
using Stockgate.Platform;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Forecasting;

/// <summary>The app's own services on a store of each test's own, with a ledger that the test writes and a clock that it sets.</summary>
public abstract class ForecastsOnAzurite : IAsyncLifetime
{
    private readonly AzuriteFixture azurite = new();
    private ServiceProvider? app;

    internal SetClock Clock { get; } = new(new DateTimeOffset(2026, 11, 21, 2, 30, 0, TimeSpan.Zero));

    internal ServiceProvider App => app!;

    internal StateTables Tables => App.GetRequiredService<StateTables>();

    internal ForecastRun Run => App.GetRequiredService<ForecastRun>();

    internal ForecastRuns Runs => App.GetRequiredService<ForecastRuns>();

    internal ForecastReports Reports => App.GetRequiredService<ForecastReports>();

    internal HistoryCompaction Compaction => App.GetRequiredService<HistoryCompaction>();

    internal HistoryFiles Files => App.GetRequiredService<HistoryFiles>();

    /// <summary>An engine of the test's; null for the app's.</summary>
    protected virtual IDemandEngine? Engine => null;

    public async Task InitializeAsync()
    {
        await azurite.InitializeAsync();
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Clock);
        if (Engine is { } engine)
            services.AddSingleton(engine);
        services.AddStockgate(
            new ConfigurationBuilder()
                .AddInMemoryCollection(
                    new Dictionary<string, string?>
                    {
                        ["Storage"] = azurite.Azurite.ConnectionString,
                        ["Buckets"] = "4",
                        ["Forecasts:Regions:S1"] = "north",
                    }
                )
                .Build()
        );
        app = services.BuildServiceProvider();
        await Tables.PrepareAsync(CancellationToken.None);
        await App.GetRequiredService<Platform.Promotions.Records.PromotionStore>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        if (app is not null)
            await app.DisposeAsync();
        await azurite.DisposeAsync();
    }

    internal BlobClient Blob(string container, string name) =>
        App.GetRequiredService<BlobServiceClient>().GetBlobContainerClient(container).GetBlobClient(name);

    internal static StockEntry Sale(
        string sku,
        string at,
        decimal units,
        decimal price = 2,
        string location = "S1",
        EntryKind kind = EntryKind.Sale
    ) =>
        new()
        {
            Sku = new(sku),
            Location = new(location),
            Id = $"{kind}:{at}",
            At = Day(at).AddHours(12),
            Kind = kind,
            Units = new Quantity(units),
            Stock = kind == EntryKind.Sale ? new Quantity(-units) : Quantity.Zero,
            Net = units * price,
            Currency = Currency.Parse("GBP"),
        };

    internal static StockEntry Received(string sku, string at, decimal units, string location = "S1") =>
        new()
        {
            Sku = new(sku),
            Location = new(location),
            Id = $"move:{at}",
            At = Day(at).AddHours(15),
            Kind = EntryKind.Movement,
            Stock = new Quantity(units),
        };

    /// <summary>Writes ledger pages, one per month, as the projection does.</summary>
    internal async Task LedgerAsync(params StockEntry[] entries)
    {
        foreach (var group in entries.GroupBy(static e => new LedgerPageKey(e.Sku, e.Location, e.Month, 0)))
        {
            var key = LedgerPages.KeyOf(group.Key);
            var found = await Tables.Stock.GetEntityIfExistsAsync<TableEntity>(Tables.PartitionOf(group.Key.Sku), key);
            var page = found.HasValue ? StockForms.Page.Read(found.Value!) : new LedgerPage(group.Key);
            foreach (var entry in group)
                page.Put(entry);
            var row = new TableEntity(Tables.PartitionOf(group.Key.Sku), key);
            StockForms.Page.Write(page, row);
            await Tables.Stock.UpsertEntityAsync(row);
        }
    }

    /// <summary>Writes the position that a count and the entries make.</summary>
    internal async Task CountedAsync(string sku, string at, decimal quantity, params StockEntry[] entries)
    {
        var position = entries
            .Aggregate(new StockPosition { Sku = new(sku), Location = new("S1") }, static (p, e) => p.Post(e, null))
            .Count(new StockLevel(new Quantity(quantity), new LevelVersion(Day(at).AddHours(8), 0, "test", "c")), entries);
        var row = new TableEntity(Tables.PartitionOf(position.Sku), StockRows.PositionKey(position.Sku, position.Location));
        StockForms.Position.Write(position, row);
        await Tables.Stock.UpsertEntityAsync(row);
    }

    internal async Task CatalogAsync(string sku, string title, string category, decimal price)
    {
        var (product, priced) = (
            new ProductUpdated
            {
                Sku = new(sku),
                Title = title,
                Category = category,
            },
            new PriceChanged
            {
                Sku = new(sku),
                Price = price,
                Currency = Currency.Parse("GBP"),
            }
        );
        var version = new LevelVersion(Clock.GetUtcNow(), 0, "erp", "e");
        var row = new TableEntity(Tables.PartitionOf(product.Sku), CatalogForms.KeyOf(product));
        CatalogForms.Product.Write(new Fact<ProductUpdated>(new("erp"), version, product), row);
        await Tables.Catalog.UpsertEntityAsync(row);
        row = new TableEntity(Tables.PartitionOf(priced.Sku), CatalogForms.KeyOf(priced));
        CatalogForms.Price.Write(new Fact<PriceChanged>(new("erp"), version, priced), row);
        await Tables.Catalog.UpsertEntityAsync(row);
    }

    /// <summary>A run as the orchestration does it.</summary>
    internal async Task<RunRecord> NightAsync()
    {
        var run = await Run.BeginAsync("test", CancellationToken.None);
        await Run.CompactAsync(run.Id, CancellationToken.None);
        if (await Run.TrainAsync(run.Id, CancellationToken.None))
            await Run.PublishAsync(run.Id, CancellationToken.None);
        return await Runs.GetAsync(run.Id, CancellationToken.None);
    }

    private static DateTimeOffset Day(string day) =>
        new(DateOnly.ParseExact(day, "yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), TimeOnly.MinValue, TimeSpan.Zero);

    /// <summary>A clock that stands where the test puts it; timers run by real time.</summary>
    internal sealed class SetClock(DateTimeOffset now) : TimeProvider
    {
        public DateTimeOffset Now { get; set; } = now;

        public override DateTimeOffset GetUtcNow() => Now;
    }
}
