using System.Collections.Concurrent;
using System.Globalization;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using Azure.Messaging.ServiceBus;
using Azure.Storage.Blobs;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting.Advice;
using Stockgate.Domain.Forecasting.Elasticity;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Functions.Tests.Outbound;
using Stockgate.Platform;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Outbound;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Pricing;

/// <summary>
/// The app's own services on a real store, a channel on a real port, and a queue that is emptied by hand. Ten pounds is the price of
/// everything, four its cost; north is sold from W1.
/// </summary>
public abstract class PricesOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private static int items,
        runs;

    private readonly List<ServiceProvider> processes = [];
    private StubChannel? pos;

    internal ShiftedTime Time { get; } = new();

    internal BusStub Bus { get; } = new();

    internal ServiceProvider App { get; private set; } = null!;

    /// <summary>What the channel answers a message, and a question.</summary>
    internal int Status { get; set; } = 202;

    internal string Polled { get; set; } = """{"answer":"Confirmed"}""";

    internal ConcurrentQueue<PriceMessage> Received { get; } = new();

    internal StateTables Tables => Get<StateTables>();

    internal PriceStore Store => Get<PriceStore>();

    internal T Get<T>()
        where T : notnull => App.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        pos = await StubChannel.StartAsync(async http =>
        {
            http.Response.StatusCode = Status;
            if (http.Request.Method == "GET")
                await http.Response.WriteAsync(Polled);
        });
        App = Process();
        await Tables.PrepareAsync(CancellationToken.None);
        await Get<Platform.Promotions.Records.PromotionStore>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync()
    {
        foreach (var process in processes)
            await process.DisposeAsync();
        await pos!.DisposeAsync();
    }

    /// <summary>Another process: it shares the store and the queue.</summary>
    internal ServiceProvider Process()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "4",
            ["OutboundAllowPrivateAddresses"] = "true",
            ["Promotions:Approvals:GBP:0:Roles"] = "finance",
            ["People:Lea:Roles"] = "pricing-lead",
            ["People:Kim:Roles"] = "policy-owner",
        };
        foreach (var (name, confirm) in new[] { ("pos", "Callback"), ("shop", "Poll") })
            (
                settings[$"Outbound:{name}:Kind"],
                settings[$"Outbound:{name}:Url"],
                settings[$"Outbound:{name}:Secrets:0"],
                settings[$"Outbound:{name}:Confirm"]
            ) = ("Pos", $"{pos!.Url}/{name}", StubChannel.Secret, confirm);
        var services = new ServiceCollection().AddLogging().AddSingleton<TimeProvider>(Time);
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        services
            .AddSingleton<ServiceBusClient>(Bus)
            .AddSingleton(
                new SendLimits
                {
                    Pause = TimeSpan.FromMilliseconds(5),
                    LongestPause = TimeSpan.FromMilliseconds(20),
                    BreakerAttempts = 1_000,
                }
            );
        var process = services.BuildServiceProvider();
        processes.Add(process);
        return process;
    }

    internal static Sku NewSku() => new($"SKU-{Interlocked.Increment(ref items)}");

    internal static Money Pounds(decimal amount) => new(amount, Currency.Parse("GBP"));

    /// <summary>
    /// The next version: prices of a tenth up or down go out, from W1 to the tills of the north; what else is said comes on top.
    /// </summary>
    internal async Task PolicyAsync(string leash = "Publish", string channel = "pos", Action<JsonObject>? change = null)
    {
        var policies = Get<PricingPolicies>();
        var policy = new JsonObject
        {
            ["version"] = JsonNode.Parse(await policies.TextAsync(default))!["version"]!.GetValue<int>() + 1,
            ["leash"] = leash,
            ["markets"] = new JsonArray(
                new JsonObject
                {
                    ["channel"] = channel,
                    ["region"] = "north",
                    ["locations"] = new JsonArray("W1", "S1"),
                }
            ),
            ["defaults"] = new JsonObject { ["askAboveStep"] = 0.1, ["maxStep"] = 0.1 },
        };
        change?.Invoke(policy);
        await policies.PutAsync(Encoding.UTF8.GetBytes(policy.ToJsonString()), "Kim", default);
        // What the process has read before holds for five seconds more.
        Time.Advance(TimeSpan.FromSeconds(6));
    }

    /// <summary>Items that sell one a day at W1, and twice as many for a price a third lower.</summary>
    internal async Task ForecastAsync(params IEnumerable<Sku> skus)
    {
        var (run, today, blobs) = (
            $"run-{Interlocked.Increment(ref runs)}",
            DateOnly.FromDateTime(Time.GetUtcNow().UtcDateTime),
            Get<BlobServiceClient>()
        );
        var (models, reports) = (new BlobFolder(blobs, ForecastReports.ModelContainer), new BlobFolder(blobs, ForecastReports.Container));
        await models.PutPackedAsync(
            $"{run}/forecast.csv.gz",
            text =>
            {
                text.Write("sku,location,day,mean,p10,p50,p90,segment,method\r\n");
                foreach (var sku in skus)
                    for (var day = 0; day < 28; day++)
                        text.Write(
                            string.Create(CultureInfo.InvariantCulture, $"{sku},W1,{today.AddDays(day):yyyy-MM-dd},1,0,1,2,all,ets\r\n")
                        );
            },
            default
        );
        await models.PutPackedAsync(
            $"{run}/{ElasticityFile.Name}.gz",
            text =>
                ElasticityFile.Write(
                    text,
                    skus.Select(static sku => new PriceResponse("", sku, new PriceElasticity(-2.5, -3, -2, null, 1, 50, ""))),
                    forPeople: false
                ),
            default
        );
        await reports.PutAsync(
            "latest.json",
            JsonSerializer.SerializeToUtf8Bytes(
                new ForecastPointer(run, today, "", Time.GetUtcNow()),
                ForecastingJson.Default.ForecastPointer
            ),
            "application/json",
            default
        );
        Time.Advance(TimeSpan.FromMinutes(2));
    }

    internal Task ProductAsync(Sku sku, string category = "Toys", decimal cost = 4) =>
        SayAsync(
            "erp",
            new ProductUpdated
            {
                Sku = sku,
                Title = "A toy",
                Category = category,
                UnitCost = cost,
                Currency = Currency.Parse("GBP"),
            }
        );

    internal Task PriceAsync(Sku sku, decimal price, string? channel = null, string? region = null) =>
        SayAsync(
            "erp",
            new PriceChanged
            {
                Sku = sku,
                Price = price,
                Currency = Currency.Parse("GBP"),
                SalesChannel = channel,
                Region = region,
            }
        );

    internal Task CountAsync(Sku sku, decimal units, string location = "W1") =>
        SayAsync(
            "wms",
            new StockCounted
            {
                Sku = sku,
                Location = new(location),
                Quantity = new(units),
            }
        );

    /// <summary>
    /// More of everything than a year sells, at ten pounds: a markdown is due, and 9.49 is the only price that it may choose.
    /// </summary>
    internal async Task<Sku[]> OverstockAsync(int count = 1, string category = "Toys")
    {
        Sku[] skus = [.. Enumerable.Range(0, count).Select(static _ => NewSku())];
        await ForecastAsync(skus);
        foreach (var sku in skus)
        {
            await ProductAsync(sku, category);
            await PriceAsync(sku, 10);
            await CountAsync(sku, 400);
        }
        return skus;
    }

    /// <summary>An event as the projection applies it, and what it has looked at.</summary>
    internal async Task SayAsync(string channel, params SkuEvent[] said)
    {
        foreach (var bucket in said.GroupBy(s => Tables.PartitionOf(s.Sku)))
        {
            List<QueuedMessage> messages =
            [
                .. bucket.Select(s =>
                    QueuedMessage.Read(
                        EventTypes.NameOf(s),
                        new(channel),
                        CloudEventWriter
                            .Write(new EventHeader(new(channel), channel, Guid.NewGuid().ToString("N"), Time.GetUtcNow(), 0), s)
                            .Span,
                        Time.GetUtcNow()
                    )
                ),
            ];
            Assert.All(await Get<Projector>().ProjectAsync(bucket.Key, messages, default), Assert.Null);
            await Get<PriceSignals>().TellAsync(messages, default);
        }
    }

    internal Task AnswerAsync(
        Sku sku,
        int revision,
        PriceAnswer answer = PriceAnswer.Confirmed,
        string from = "pos",
        string? detail = null
    ) =>
        SayAsync(
            from,
            new PriceAnswered
            {
                Sku = sku,
                SalesChannel = new("pos"),
                Region = new("north"),
                Revision = revision,
                Answer = answer,
                Detail = detail,
            }
        );

    /// <summary>Hands the writers what waits for them.</summary>
    internal async Task<IReadOnlyList<PriceWriterResult>> WorkAsync(ServiceProvider? process = null)
    {
        var results = new ConcurrentBag<PriceWriterResult>();
        await Parallel.ForEachAsync(
            Bus.Take(Time.GetUtcNow()),
            async (batch, token) => results.Add(await (process ?? App).GetRequiredService<PriceWriter>().WorkAsync(batch, token))
        );
        foreach (var seen in pos!.Requests.Where(static r => r.Method == "POST").Skip(Received.Count))
            Received.Enqueue(JsonSerializer.Deserialize<PriceMessage>(seen.Body, JsonSerializerOptions.Web)!);
        return [.. results];
    }

    internal async Task<PriceState> StateAsync(Sku sku) => (await Store.OfAsync(sku, default)).Single().State!;

    internal async Task<PriceLook> LookAsync(Sku sku) => (await Store.OfAsync(sku, default)).Single().Look!;

    internal async Task<IReadOnlyList<PriceDecisionRecord>> RecordsAsync(Sku sku)
    {
        var found = new List<PriceDecisionRecord>();
        foreach (var line in (await Store.ListAsync(new PriceDecisionQuery(Sku: sku), default)).Decisions)
            found.Add((await Store.FindAsync(line.Id, default))!);
        return found;
    }

    internal async Task<OperationException?> TroubleAsync(string type, string subject) =>
        (await Get<ExceptionLog>().OpenAsync(1_000, null, default)).Exceptions.SingleOrDefault(e => e.Type == type && e.Subject == subject);

    internal static string SubjectOf(Sku sku) => $"price {sku} in pos, north";
}
