using Azure.Storage.Blobs;
using Stockgate.Domain;
using Stockgate.Domain.Edi;
using Stockgate.Domain.Events;
using Stockgate.Functions.Tests.Ingest;
using Stockgate.Platform.Suppliers;

namespace Stockgate.Functions.Tests.Suppliers;

/// <summary>Purchase orders as files in the outbox, on Azurite.</summary>
public class SupplierOrdersTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset At = new(2026, 3, 1, 6, 0, 0, TimeSpan.Zero);

    internal override IEnumerable<(string, string)> MoreSettings =>
        [
            ("Suppliers:acme:OrdersAs", "Edifact"),
            ("Suppliers:acme:Sender", "5412345000013"),
            ("Suppliers:acme:SenderQualifier", "14"),
            ("Suppliers:acme:Receiver", "4012345500004"),
            ("Suppliers:acme:ReceiverQualifier", "14"),
            ("Suppliers:acme:ShipTo:north", "5412345000020"),
            ("Suppliers:Bolt & Co:OrdersAs", "X12"),
            ("Suppliers:Bolt & Co:Sender", "STOCKGATE"),
            ("Suppliers:Bolt & Co:Receiver", "BOLT"),
        ];

    private async Task KnownAsync(string sku, string? supplier)
    {
        var product = new ProductUpdated
        {
            Sku = new Sku(sku),
            Title = sku,
            Supplier = supplier,
            UnitCost = 8,
            Currency = Currency.Parse("GBP"),
        };
        await SayAsync(($"product-{sku}", At, product));
        await ProjectAsync();
    }

    private Task<string?> SendAsync(string number, string sku, decimal units) =>
        Get<SupplierOrders>().SendAsync(number, new Sku(sku), new RegionId("north"), new Quantity(units), At, CancellationToken.None);

    private async Task<EdiMessage> MessageAsync(string name)
    {
        var blob = Get<BlobServiceClient>().GetBlobContainerClient("outbox").GetBlobClient(name);
        return Assert.Single(EdiInterchanges.Read((await blob.DownloadContentAsync()).Value.Content.ToString()));
    }

    private static EdiSegment Segment(EdiMessage message, string tag) => message.Segments.First(s => s.Tag == tag);

    [Fact]
    public async Task An_order_is_a_file_in_the_standard_of_the_supplier()
    {
        await KnownAsync("A", "acme");
        var name = await SendAsync("PO-1", "A", 40);
        Assert.Equal("acme/PO-1-40.edi", name);
        var message = await MessageAsync(name!);
        Assert.Equal(("ORDERS", "PO-1", "9"), (message.Type, Segment(message, "BGM")[2], Segment(message, "BGM")[3]));
        Assert.Equal(("40", "8"), (Segment(message, "QTY")[1, 2], Segment(message, "PRI")[1, 2]));
        Assert.Contains(message.Segments, static s => s is { Tag: "NAD" } && s[1] == "DP" && s[2] == "5412345000020");
    }

    [Fact]
    public async Task A_supplier_with_any_name_gets_X12()
    {
        await KnownAsync("B", "Bolt & Co");
        var message = await MessageAsync((await SendAsync("PO-2", "B", 5))!);
        Assert.Equal(("850", "PO-2", "5"), (message.Type, Segment(message, "BEG")[3], Segment(message, "PO1")[2]));
    }

    [Fact]
    public async Task The_same_order_again_writes_nothing_and_another_quantity_replaces_it()
    {
        await KnownAsync("C", "acme");
        var first = await MessageAsync((await SendAsync("PO-3", "C", 10))!);
        Assert.Equal(first.Envelope, (await MessageAsync((await SendAsync("PO-3", "C", 10))!)).Envelope);
        var second = await MessageAsync((await SendAsync("PO-3", "C", 12))!);
        Assert.Equal("5", Segment(second, "BGM")[3]);
        Assert.True(string.CompareOrdinal(second.Envelope.Control.PadLeft(9), first.Envelope.Control.PadLeft(9)) > 0);
    }

    [Fact]
    public async Task A_cost_that_the_supplier_announced_stands_in_the_order()
    {
        await KnownAsync("D", "acme");
        SupplierCost Asked(decimal cost, DateTimeOffset from) =>
            new()
            {
                Sku = new Sku("D"),
                Supplier = new SupplierId("acme"),
                UnitCost = cost,
                Currency = Currency.Parse("GBP"),
                From = from,
            };
        await SayAsync(("cost-1", At, Asked(7.5m, At)), ("cost-2", At, Asked(9, TimeProvider.System.GetUtcNow().AddDays(30))));
        await ProjectAsync();
        Assert.Equal("7.5", Segment(await MessageAsync((await SendAsync("PO-4", "D", 1))!), "PRI")[1, 2]);
    }

    [Theory]
    [InlineData("E", "somebody else")]
    [InlineData("F", null)]
    public async Task A_supplier_without_settings_gets_no_file(string sku, string? supplier)
    {
        await KnownAsync(sku, supplier);
        Assert.Null(await SendAsync("PO-5", sku, 1));
    }

    [Fact]
    public async Task Control_numbers_are_given_once_to_many_at_the_same_time()
    {
        var given = await Task.WhenAll(
            Enumerable.Range(0, 20).Select(_ => Get<ControlNumbers>().NextAsync("many", CancellationToken.None))
        );
        Assert.Equal(Enumerable.Range(1, 20), given.Order());
    }
}
