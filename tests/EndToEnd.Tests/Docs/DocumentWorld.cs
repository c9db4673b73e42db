using System.Text;
using System.Text.Json;
using Stockgate.Demo.Local;
using Stockgate.Demo.Partners;
using Stockgate.Demo.Retail;
using Stockgate.Domain;

namespace Stockgate.EndToEnd.Tests.Docs;

/// <summary>The demo's retailer with little data: what the pages' commands name, as the demo leaves it behind.</summary>
public sealed class DocumentWorld : IAsyncLifetime
{
    private const int DaysOfSales = 21;

    private static readonly string[] Items = [Retailer.Sku(0), Retailer.Sku(1), Retailer.Sku(21)];

    private readonly PartnerSettings settings = new();

    public RunningApp Running { get; private set; } = null!;

    public PartnerServer Partners { get; private set; } = null!;

    public async Task InitializeAsync()
    {
        Partners = await PartnerServer.StartAsync(settings);
        Running = new RunningApp { Configure = app => RetailerSettings.AddTo(app, settings, Partners.Address) };
        await Running.InitializeAsync();
        Partners.App = Running.App.BaseAddress;
        await CatalogAsync();
        await SalesAsync();
        await OrderAsync();
        await Running.ProjectedAsync();
        await PricingPolicyAsync();
    }

    public async Task DisposeAsync()
    {
        await Running.DisposeAsync();
        await Partners.DisposeAsync();
    }

    /// <summary>The repository's folder, as the commands see it while the demo runs.</summary>
    public async Task<DocumentFolder> NewFolderAsync()
    {
        var folder = new DocumentFolder();
        var state = Directory.CreateDirectory(Path.Combine(folder.Path, ".stockgate", "demo-7071"));
        await EnvironmentFile.WriteAsync(state.FullName, Running.App, Running.Settings, Running.Keys);
        return folder;
    }

    private async Task CatalogAsync()
    {
        var now = TimeProvider.System.GetUtcNow();
        foreach (var sku in Items)
        {
            await Running.Partner.AcceptedAsync(
                Events.Of(
                    "product.updated",
                    new
                    {
                        sku,
                        title = sku,
                        category = "Home",
                        unitCost = 8m,
                        currency = "GBP",
                    },
                    now.AddDays(-30)
                ),
                Events.Of(
                    "price.changed",
                    new
                    {
                        sku,
                        price = 15.95m,
                        currency = "GBP",
                    },
                    now.AddDays(-30)
                )
            );
            Partners.Seed(new Sku(sku), new Money(15.95m, Currency.Parse("GBP")), new RegionId("north"));
            foreach (var location in new[] { "store-01", "store-02", "warehouse" })
                await Running.Partner.AcceptedAsync(Events.Counted(sku, 400, now.AddHours(-1), location));
        }
    }

    private async Task SalesAsync()
    {
        var midnight = new DateTimeOffset(TimeProvider.System.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        for (var day = DaysOfSales; day > 0; day--)
            await Running.Partner.AcceptedAsync(
                Items.Select(sku =>
                    Events.Of(
                        "order.placed",
                        new
                        {
                            orderId = $"till-{day}-{sku}",
                            currency = "GBP",
                            location = "store-01",
                            fulfilment = "Immediate",
                            lines = new[]
                            {
                                new
                                {
                                    sku,
                                    description = sku,
                                    quantity = 1 + day % 3,
                                    unitPrice = 15.95m,
                                },
                            },
                        },
                        midnight.AddDays(-day).AddHours(12)
                    )
                )
            );
    }

    // The order of the demo's refund scene.
    private async Task OrderAsync()
    {
        var (sku, placed) = (Retailer.Sku(2), TimeProvider.System.GetUtcNow().AddDays(-3));
        var shipped = new
        {
            orderId = "WEB-20417",
            shipmentId = "P-1",
            lines = new[]
            {
                new
                {
                    sku,
                    location = "store-01",
                    quantity = 4,
                },
            },
        };
        await Running.Partner.AcceptedAsync(
            Events.Of(
                "order.placed",
                new
                {
                    orderId = "WEB-20417",
                    currency = "GBP",
                    location = "store-01",
                    customerId = "C-0815",
                    lines = new[]
                    {
                        new
                        {
                            sku,
                            description = sku,
                            quantity = 4,
                            unitPrice = 36m,
                        },
                    },
                },
                placed
            ),
            Events.Of("order.shipped", shipped, placed.AddDays(1))
        );
    }

    private async Task PricingPolicyAsync()
    {
        var policy = JsonSerializer.Serialize(
            new
            {
                version = 2,
                leash = "Ask",
                defaults = new { marginFloor = 0.2m },
                markets = new[]
                {
                    new
                    {
                        channel = "ecommerce",
                        region = "north",
                        locations = new[] { "store-01" },
                    },
                },
            }
        );
        using var response = await Running.CallAsync(HttpMethod.Put, "policies/pricing", "Pam", Encoding.UTF8.GetBytes(policy));
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }
}

/// <summary>Where a page's commands are run. Gone when it is disposed, unless logs are kept.</summary>
public sealed class DocumentFolder : IDisposable
{
    private readonly DirectoryInfo folder = Directory.CreateTempSubdirectory("stockgate-e2e-docs-");

    public string Path => folder.FullName;

    public void Dispose()
    {
        if (Environment.GetEnvironmentVariable("STOCKGATE_KEEP_LOGS") != "1")
            folder.Delete(recursive: true);
    }
}
