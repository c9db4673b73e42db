using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using Azure.Core;
using Azure.Core.Pipeline;
using Azure.Data.Tables;
using Azure.Messaging.ServiceBus;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Archive;
using Stockgate.Platform.Ingest.Projecting;
using Stockgate.Platform.Ingest.Quarantine;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Signatures;
using Stockgate.Platform.Storage;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Deliveries from their request to the tables: the app's own services on a store of each class's own, and a
/// queue that is emptied by hand. One bucket, so that the order of projection is told.</summary>
public abstract class IngestOnAzurite(AzuriteFixture fixture) : IClassFixture<AzuriteFixture>, IAsyncLifetime
{
    private const string Secret = "a-secret-of-the-shop";

    private readonly RequestCount requests = new();
    private int deliveries;

    internal EventBus Bus { get; } = new();

    internal ServiceProvider App { get; private set; } = null!;

    /// <summary>Requests to the tables so far.</summary>
    internal int Requests => requests.Count;

    internal virtual TimeProvider Time => TimeProvider.System;

    /// <summary>More settings of the app.</summary>
    internal virtual IEnumerable<(string Key, string Value)> MoreSettings => [];

    internal T Get<T>()
        where T : notnull => App.GetRequiredService<T>();

    public async Task InitializeAsync()
    {
        var settings = new Dictionary<string, string?>
        {
            ["Storage"] = fixture.Azurite.ConnectionString,
            ["Buckets"] = "1",
            ["Channels:shop:Scheme"] = "Shopify",
            ["Channels:shop:Secrets:0"] = Secret,
            ["Channels:shop:Currency"] = "USD",
            ["Promotions:Approvals:GBP:0:Roles"] = "finance",
        };
        foreach (var (key, value) in MoreSettings)
            settings[key] = value;
        var services = new ServiceCollection().AddLogging().AddSingleton(Time);
        services.AddStockgate(new ConfigurationBuilder().AddInMemoryCollection(settings).Build());
        var options = new TableClientOptions();
        options.AddPolicy(requests, HttpPipelinePosition.PerCall);
        services
            .AddSingleton<ServiceBusClient>(Bus)
            .AddSingleton(new StateTables(new TableServiceClient(fixture.Azurite.ConnectionString, options), 1));
        App = services.BuildServiceProvider();
        await Get<StateTables>().PrepareAsync(CancellationToken.None);
        await Get<QuarantineStore>().PrepareAsync(CancellationToken.None);
        await Get<DeliveryArchive>().PrepareAsync(CancellationToken.None);
    }

    public async Task DisposeAsync() => await App.DisposeAsync();

    /// <summary>Takes a Shopify delivery in.</summary>
    internal Task<DeliveryReceipt> ShopAsync(string topic, string body, string? eventId = null, string? triggeredAt = null)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", "application/json", new MemoryStream(bytes));
        request.ContentLength = bytes.Length;
        request.Headers[ShopifySignature.TopicHeader] = topic;
        request.Headers[ShopifySignature.SignatureHeader] = Convert.ToBase64String(
            HMACSHA256.HashData(Encoding.UTF8.GetBytes(Secret), bytes)
        );
        request.Headers[ShopifySignature.WebhookIdHeader] = $"delivery-{Interlocked.Increment(ref deliveries)}";
        if (eventId is not null)
            request.Headers[ShopifySignature.EventIdHeader] = eventId;
        if (triggeredAt is not null)
            request.Headers[ShopifySignature.TriggeredAtHeader] = triggeredAt;
        return Get<Intake>().AcceptAsync("shop", request, CancellationToken.None);
    }

    /// <summary>Puts canonical events into the queue, as a signed channel's would be.</summary>
    internal Task SayAsync(params IEnumerable<(string Id, DateTimeOffset At, ChannelEvent Said)> events) =>
        Get<EventQueue>()
            .SendAsync(
                [
                    .. events.Select(static e =>
                    {
                        var header = new EventHeader(new ChannelId("web"), "erp", e.Id, e.At, 0);
                        return new QueuedEvent(header, e.Said, e.Said.BucketIn(1), Domain.Ingest.CloudEventWriter.Write(header, e.Said));
                    }),
                ],
                CancellationToken.None
            );

    /// <summary>Projects what is in the queue, what follows from it too, until nothing is left.</summary>
    internal async Task ProjectAsync()
    {
        while (Bus.Take() is { Count: > 0 } messages)
            foreach (var settled in await Get<MessageProjection>().ProjectAsync(messages, CancellationToken.None))
                Assert.True(settled.Fate == MessageFate.Complete, settled.Reason);
    }

    internal async Task<InventoryView?> StockAsync(string sku) =>
        await Get<InventoryReader>().FindAsync(new Sku(sku), CancellationToken.None);

    internal async Task<IReadOnlyList<OperationException>> ExceptionsAsync(string type) =>
        [.. (await Get<ExceptionLog>().OpenAsync(1_000, null, CancellationToken.None)).Exceptions.Where(e => e.Type == type)];

    internal static string Level(long item, string available, string at = "2026-11-01T10:00:00Z", long place = 501) =>
        $$"""{"inventory_item_id":{{item}},"location_id":{{place}},"available":{{available}},"updated_at":"{{at}}"}""";

    internal static string Product(long id, string at, params (long Variant, string Sku, long Item, string Price)[] variants) =>
        JsonSerializer.Serialize(
            new
            {
                id,
                title = "Cup",
                updated_at = at,
                variants = variants.Select(static v => new
                {
                    id = v.Variant,
                    sku = v.Sku,
                    price = v.Price,
                    inventory_item_id = v.Item,
                }),
            }
        );

    private sealed class RequestCount : HttpPipelineSynchronousPolicy
    {
        private int count;

        public int Count => Volatile.Read(ref count);

        public override void OnSendingRequest(HttpMessage message) => Interlocked.Increment(ref count);
    }
}
