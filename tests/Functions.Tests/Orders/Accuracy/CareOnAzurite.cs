using System.Text.Json;
using Azure.Data.Tables;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Orders;
using Stockgate.Functions.Tests.Outbound;
using Stockgate.Platform;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Orders;
using Stockgate.Platform.Orders.Accuracy;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Orders.Accuracy;

/// <summary>
/// The care of orders on a real store, with an order management system that takes what it is sent. Each <see cref="Process"/> stands for
/// a process.
/// </summary>
public abstract class CareOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    internal static readonly Currency Gbp = Currency.Parse("GBP");

    private readonly List<ServiceProvider> processes = [];
    private int events;

    internal ShiftedTime Time { get; } = new();

    internal StubChannel Oms { get; private set; } = null!;

    /// <summary>What the order management system does with a request before it answers 202; or what it answers instead.</summary>
    internal Func<HttpContext, Task> OnReceipt { get; set; } = static _ => Task.CompletedTask;

    internal ServiceProvider App { get; private set; } = null!;

    internal OrderWatch Watch => App.GetRequiredService<OrderWatch>();

    private StateTables Tables => App.GetRequiredService<StateTables>();

    public async Task InitializeAsync()
    {
        Oms = await StubChannel.StartAsync(async http =>
        {
            http.Response.StatusCode = 202;
            await OnReceipt(http);
        });
        App = Process();
        await Tables.PrepareAsync(CancellationToken.None);
        await App.GetRequiredService<PromotionStore>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await Oms.DisposeAsync();
    }

    internal ServiceProvider Process()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "4",
            ["OutboundAllowPrivateAddresses"] = "true",
            ["Outbound:oms:Kind"] = "Oms",
            ["Outbound:oms:Url"] = Oms.Url.AbsoluteUri,
            ["Outbound:oms:Secrets:0"] = StubChannel.Secret,
            // Nothing is sent to it: orders are written as the projection writes them.
            ["ServiceBus"] = "Endpoint=sb://127.0.0.1:1;SharedAccessKeyName=none;SharedAccessKey=bm9uZQ==;UseDevelopmentEmulator=true;",
            ["Orders:SplitPenaltyKm"] = "50",
            ["Orders:Buffers:near:web"] = "1",
            ["Orders:Substitutions:0:Name"] = "lamps",
            ["Orders:Substitutions:0:Category"] = "lamps",
            ["Outbound:tills:Kind"] = "Pos",
            ["Outbound:tills:Url"] = new Uri(Oms.Url, "/tills").AbsoluteUri,
            ["Outbound:tills:Secrets:0"] = StubChannel.Secret,
            ["Outbound:tills:OrdersOf"] = "till",
        };
        foreach (var (name, latitude) in new[] { ("near", "53.8"), ("middle", "53.2"), ("far", "50.9") })
            (settings[$"Locations:{name}:Latitude"], settings[$"Locations:{name}:Longitude"]) = (latitude, "-1.5");
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time);
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var process = services.BuildServiceProvider();
        processes.Add(process);
        return process;
    }

    internal Task<OrderCareRun> CareAsync(CancellationToken cancellationToken = default) =>
        App.GetRequiredService<OrderCare>().RunAsync(cancellationToken);

    /// <summary>Something is said of an order, as the projection writes it: the watch row first, then the document.</summary>
    internal async Task SayAsync(OrderEvent said, DateTimeOffset? at = null)
    {
        var (order, key) = (await OrderAsync(said.OrderId) ?? new OrderDocument { OrderId = said.OrderId }, OrderForm.Key(said.OrderId));
        order = order.Apply(new EventHeader(new("web"), "web", $"e-{++events}", at ?? Time.GetUtcNow(), 0), said);
        await NoteAsync(order);
        var row = new TableEntity(Tables.PartitionOf(said.OrderId), key);
        OrderForm.Form.Write(order, row);
        await Tables.Orders.UpsertEntityAsync(row);
    }

    /// <summary>The first half of what the projection writes.</summary>
    internal Task NoteAsync(OrderDocument order) =>
        OrderWatch.WriteAsync(Tables.OrderWatch, Tables.PartitionOf(order.OrderId), [order], Time.GetUtcNow(), CancellationToken.None);

    internal async Task<OrderDocument?> OrderAsync(OrderId order)
    {
        var row = await Tables.Orders.GetEntityIfExistsAsync<TableEntity>(Tables.PartitionOf(order), OrderForm.Key(order));
        return row.HasValue ? OrderForm.Form.Read(row.Value!) : null;
    }

    internal async Task CountAsync(string sku, string location, decimal units)
    {
        var position = new StockPosition
        {
            Sku = new(sku),
            Location = new(location),
            Level = new StockLevel(new(units), new LevelVersion(Time.GetUtcNow(), 0, "wms", "c")),
        };
        var row = new TableEntity(Tables.PartitionOf(position.Sku), RowKeys.Of("position", sku, location));
        StockForms.Position.Write(position, row);
        await Tables.Stock.UpsertEntityAsync(row, TableUpdateMode.Replace);
    }

    /// <summary>A lamp in the catalog, and its price.</summary>
    internal async Task LampAsync(string sku, decimal price)
    {
        var version = new LevelVersion(Time.GetUtcNow().AddDays(-1), 0, "pim", "p");
        var (product, cost) = (
            new ProductUpdated
            {
                Sku = new(sku),
                Title = sku,
                Category = "lamps",
                Active = true,
            },
            new PriceChanged
            {
                Sku = new(sku),
                Price = price,
                Currency = Gbp,
            }
        );
        var (row, priced) = (
            new TableEntity(Tables.PartitionOf(product.Sku), CatalogForms.KeyOf(product)),
            new TableEntity(Tables.PartitionOf(product.Sku), CatalogForms.KeyOf(cost))
        );
        CatalogForms.Product.Write(new Fact<ProductUpdated>(new("pim"), version, product), row);
        CatalogForms.Price.Write(new Fact<PriceChanged>(new("pim"), version, cost), priced);
        await Tables.Catalog.UpsertEntityAsync(row);
        await Tables.Catalog.UpsertEntityAsync(priced);
    }

    internal static OrderPlaced Placed(OrderId order, string sku, decimal units, string? location = null) =>
        new()
        {
            OrderId = order,
            Currency = Gbp,
            CustomerId = $"c-{order}",
            Location = location is null ? null : new LocationId(location),
            Country = "GB",
            ShipTo = new ShipTo
            {
                AddressReference = "adr",
                Country = "GB",
                Latitude = 53.8m,
                Longitude = -1.5m,
            },
            Lines =
            [
                new OrderLine
                {
                    Sku = new(sku),
                    Description = sku,
                    Quantity = new(units),
                    UnitPrice = 10,
                },
            ],
        };

    internal static AllocatedLine Line(string sku, string location, decimal units) =>
        new()
        {
            Sku = new(sku),
            Location = new(location),
            Quantity = new(units),
        };

    /// <summary>What the order management system was sent about an order: the id of each message and what it says.</summary>
    internal List<(string Id, AllocationMessage Message)> Sent(OrderId order) =>
        [
            .. Oms
                .Requests.Where(static r => r.Method == "POST")
                .Select(static r =>
                    (r.Headers["webhook-id"], JsonSerializer.Deserialize(r.Body, OrderAccuracyJson.Default.AllocationMessage)!)
                )
                .Where(s => s.Item2.OrderId == order),
        ];

    internal static string Lines(AllocationMessage message) =>
        string.Join(" ", message.Lines.Select(static l => $"{l.Location}:{l.Quantity}"));

    internal async Task<IReadOnlyList<OperationException>> OpenAsync(OrderId order) =>
        [
            .. (await App.GetRequiredService<ExceptionLog>().AboutAsync($"order {order}", CancellationToken.None)).Where(static e =>
                e.ResolvedAt is null
            ),
        ];
}
