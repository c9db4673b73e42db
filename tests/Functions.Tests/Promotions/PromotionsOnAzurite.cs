using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Data.Tables;
using Azure.Storage.Blobs;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Platform;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Promotions;

/// <summary>
/// The app's own services on a real store. Each <see cref="Process"/> stands for a process: nothing but the store is shared between them.
/// </summary>
public abstract class PromotionsOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private readonly List<ServiceProvider> processes = [];

    internal ServiceProvider App { get; private set; } = null!;

    internal PromotionStore Store => App.GetRequiredService<PromotionStore>();

    internal StateTables Tables => App.GetRequiredService<StateTables>();

    public async Task InitializeAsync()
    {
        App = Process();
        await Tables.PrepareAsync(CancellationToken.None);
        await Store.PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
    }

    internal ServiceProvider Process()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "4",
            ["Promotions:Approvals:GBP:0:Roles"] = "finance",
        };
        foreach (var channel in new[] { "web", "pos" })
            (settings[$"Outbound:{channel}:Kind"], settings[$"Outbound:{channel}:Url"], settings[$"Outbound:{channel}:Secrets:0"]) = (
                channel == "web" ? "Ecommerce" : "Pos",
                $"https://{channel}.example/",
                Outbound.StubChannel.Secret
            );
        var services = new ServiceCollection().AddLogging();
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var process = services.BuildServiceProvider();
        processes.Add(process);
        return process;
    }

    internal static JsonObject Request() =>
        JsonSerializer
            .SerializeToNode(
                new
                {
                    name = "Summer deal",
                    items = new[] { "A", "B" },
                    discount = new { kind = "percentOff", percent = 20 },
                    channels = new[] { "web", "pos" },
                    regions = new[]
                    {
                        new
                        {
                            region = "north",
                            stores = new[] { "S1" },
                            warehouses = new[] { "W1" },
                        },
                    },
                    window = new
                    {
                        start = "2190-06-01T09:00:00",
                        end = "2190-06-08T00:00:00",
                        timeZone = "Europe/London",
                    },
                    expectedUplift = 1.5,
                    currency = "GBP",
                }
            )!
            .AsObject();

    internal static ReadOnlyMemory<byte> Body(Action<JsonObject>? change = null)
    {
        var request = Request();
        change?.Invoke(request);
        return Encoding.UTF8.GetBytes(request.ToJsonString());
    }

    internal async Task ProductAsync(string sku, string category)
    {
        var said = new ProductUpdated
        {
            Sku = new(sku),
            Title = sku,
            Category = category,
        };
        var row = new TableEntity(Tables.PartitionOf(said.Sku), CatalogForms.KeyOf(said));
        CatalogForms.Product.Write(
            new Fact<ProductUpdated>(new("erp"), new LevelVersion(TimeProvider.System.GetUtcNow(), 0, "erp", "e"), said),
            row
        );
        await Tables.Catalog.UpsertEntityAsync(row);
    }
}
