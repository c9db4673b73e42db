using System.Text;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Functions.Tests.Outbound;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Orders;

namespace Stockgate.Functions.Tests.Ingest;

/// <summary>Vendors whose deliveries need what earlier ones said, or what their API says.</summary>
public sealed class VendorChannelTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private const string Password = "a-password-of-the-shop";

    private static readonly StubApi Api = new();

    internal override IEnumerable<(string Key, string Value)> MoreSettings =>
        [
            .. Channel("ct", "Commercetools"),
            .. Channel("square", "Square"),
            .. Channel("bc", "BigCommerce"),
            ("Channels:bc:ApiUrl", Api.Address),
            ("Channels:bc:ApiToken", "token-1"),
            ("OutboundAllowPrivateAddresses", "true"),
        ];

    private static IEnumerable<(string, string)> Channel(string name, string format) =>
        [
            ($"Channels:{name}:Scheme", "Basic"),
            ($"Channels:{name}:Format", format),
            ($"Channels:{name}:User", "shop"),
            ($"Channels:{name}:Secrets:0", Password),
            ($"Channels:{name}:Currency", "EUR"),
        ];

    private Task<DeliveryReceipt> PostAsync(string channel, string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        var request = new DefaultHttpContext().Request;
        (request.Method, request.ContentType, request.Body) = ("POST", "application/json", new MemoryStream(bytes));
        request.ContentLength = bytes.Length;
        request.Headers.Authorization = $"Basic {Convert.ToBase64String(Encoding.UTF8.GetBytes($"shop:{Password}"))}";
        return Get<Intake>().AcceptAsync(channel, request, CancellationToken.None);
    }

    private const string CommercetoolsOrder =
        """{"notificationType":"Message","id":"m-1","sequenceNumber":1,"resource":{"typeId":"order","id":"ct-1"},"type":"OrderCreated","createdAt":"2026-11-01T10:00:00Z","order":{"id":"ct-1","version":1,"createdAt":"2026-11-01T10:00:00Z","orderState":"Open","totalPrice":{"currencyCode":"EUR","centAmount":600,"fractionDigits":2},"lineItems":[{"id":"l-1","productId":"p","name":{"en":"Mug"},"variant":{"sku":"CT-MUG"},"quantity":2,"totalPrice":{"currencyCode":"EUR","centAmount":600,"fractionDigits":2}}]}}""";

    private const string CommercetoolsDelivery =
        """{"notificationType":"Message","id":"m-2","sequenceNumber":2,"resource":{"typeId":"order","id":"ct-1"},"type":"DeliveryAdded","createdAt":"2026-11-01T11:00:00Z","delivery":{"id":"d-1","items":[{"id":"l-1","quantity":2}]}}""";

    [Fact]
    public async Task A_delivery_finds_the_lines_of_its_order_also_within_one_request()
    {
        var early = await PostAsync("ct", CommercetoolsDelivery);
        Assert.Equal("quarantined", Assert.Single(early.Records).Status);
        var both = await PostAsync("ct", $"[{CommercetoolsOrder},{CommercetoolsDelivery}]");
        Assert.Equal(["accepted", "accepted"], both.Records.Select(static r => r.Status));
        var later = await PostAsync(
            "ct",
            CommercetoolsDelivery.Replace("d-1", "d-2", StringComparison.Ordinal).Replace("m-2", "m-3", StringComparison.Ordinal)
        );
        Assert.Equal("accepted", Assert.Single(later.Records).Status);
    }

    [Fact]
    public async Task A_count_finds_the_item_that_the_catalog_told()
    {
        const string Count =
            """{"type":"inventory.count.updated","event_id":"e-1","data":{"type":"inventory_counts","object":{"inventory_counts":[{"calculated_at":"2026-11-01T10:00:00.10296Z","catalog_object_id":"V1","location_id":"L1","quantity":"90","state":"IN_STOCK"}]}}}""";
        const string Items =
            """{"objects":[{"type":"ITEM","id":"I1","updated_at":"2026-11-01T09:00:00Z","item_data":{"name":"Cup","variations":[{"id":"V1","item_variation_data":{"sku":"SQ-CUP"}}]}}]}""";
        Assert.Equal("quarantined", Assert.Single((await PostAsync("square", Count)).Records).Status);
        Assert.Equal("accepted", Assert.Single((await PostAsync("square", Items)).Records).Status);
        Assert.Equal("accepted", Assert.Single((await PostAsync("square", Count)).Records).Status);
        await ProjectAsync();
        Assert.Equal(new Quantity(90), (await StockAsync("SQ-CUP"))!.AvailableToPromise);
    }

    [Fact]
    public async Task An_order_is_read_from_the_stores_api_and_nothing_is_lost_while_it_is_away()
    {
        const string Created = """{"scope":"store/order/created","data":{"type":"order","id":250},"hash":"h-1","created_at":1793527200}""";
        Api.Status = 503;
        var away = await Assert.ThrowsAsync<ProblemException>(() => PostAsync("bc", Created));
        Assert.Equal((503, TimeSpan.FromMinutes(1)), (away.Status, away.RetryAfter));
        Api.Status = 200;
        var receipt = Assert.Single((await PostAsync("bc", Created)).Records);
        Assert.Equal(("accepted", "h-1"), (receipt.Status, receipt.Id));
        Assert.Contains("GET /v2/orders/250 token-1", Api.Asked);
        await ProjectAsync();
        var order = await Get<OrderReader>().FindAsync(new OrderId("250"), CancellationToken.None);
        Assert.NotNull(order);
    }

    [Fact]
    public async Task An_answer_that_can_not_be_read_waits_in_quarantine()
    {
        var receipt = Assert.Single(
            (
                await PostAsync(
                    "bc",
                    """{"scope":"store/order/created","data":{"type":"order","id":404},"hash":"h-2","created_at":1793527200}"""
                )
            ).Records
        );
        Assert.Equal(("quarantined", "resources"), (receipt.Status, receipt.Field));
    }
}
