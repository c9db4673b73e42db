using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Shopify;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.Platform.Messaging;

namespace Stockgate.Functions.Tests.Ingest;

public class DeliveryTests
{
    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly Channel Web = new(new ChannelId("web"), ChannelScheme.StandardWebhooks, ChannelFormat.Canonical, []),
        Shop =
            new(
                new ChannelId("shop"),
                ChannelScheme.Shopify,
                ChannelFormat.Shopify,
                [],
                new ChannelShop(new ChannelId("shop"), new LocationId("online"), new Dictionary<string, string>(), Currency.Parse("GBP"))
            );

    private const string Counted =
        """{"specversion":"1.0","id":"e1","source":"erp","type":"stockgate.stock.counted.v1","time":"2026-03-01T09:00:00Z","data":{"sku":"A","location":"L1","quantity":5}}""";

    private static IReadOnlyList<IncomingRecord> Read(string body) => CanonicalDelivery.Read(Web, Encoding.UTF8.GetBytes(body), 64, Now);

    private static IncomingRecord Translate(string topic, byte[] body) =>
        Assert.Single(ChannelDelivery.Read(Shop, topic, body, null, null, 64, Now));

    [Fact]
    public void A_bad_record_of_a_batch_leaves_the_others_good()
    {
        var records = Read($"[{Counted},5,{Counted.Replace("\"e1\"", "\"e2\"", StringComparison.Ordinal)}]");
        Assert.Equal([true, false, true], records.Select(r => r.Rejection is null));
        Assert.Equal(["e1", null, "e2"], records.Select(r => r.Id));
        Assert.Equal("5", Encoding.UTF8.GetString(records[1].Bytes.Span));
    }

    [Fact]
    public void A_field_that_nobody_reads_is_named_and_goes_on_with_the_rest()
    {
        var record = Assert.Single(Read(Counted.Replace("\"quantity\"", "\"qantity\":1,\"quantity\"", StringComparison.Ordinal)));
        Assert.Null(record.Rejection);
        Assert.Equal([new PassedOver("data.qantity", "quantity")], record.PassedOver);
    }

    [Fact]
    public void The_bytes_that_were_signed_are_the_bytes_that_go_on()
    {
        var queued = Assert.Single(Read($"[ {Counted} ]")[0].Events);
        Assert.Equal(Counted, Encoding.UTF8.GetString(queued.Body.Span));
        Assert.Equal((Bucket.Of("A", 64), "erp#e1", "stockgate.stock.counted.v1"), (queued.Bucket, queued.Header.Key, queued.Type));
    }

    [Theory]
    [InlineData("")]
    [InlineData("[]")]
    [InlineData("nonsense")]
    public void A_body_that_is_no_json_is_one_rejected_record_with_all_its_bytes(string body)
    {
        var record = Assert.Single(Read(body));
        Assert.NotNull(record.Rejection);
        Assert.Equal(body, Encoding.UTF8.GetString(record.Bytes.Span));
    }

    [Theory]
    [InlineData("{\"id\":\"\\ud800\"}")]
    [InlineData("{\"id\":\"#\"}")]
    [InlineData("{\"id\":1,\"created_at\":\"#\"}")]
    [InlineData("{\"\\ud800\":1,\"i\\u0064\":2}")]
    [InlineData("5")]
    [InlineData("{")]
    public void Shopifys_garbage_is_a_rejection_and_not_a_fault(string body) =>
        Assert.NotNull(Translate(ShopifyTopics.OrdersCreate, Encoding.Latin1.GetBytes(body.Replace('#', '\u00ff'))).Rejection);

    [Fact]
    public void An_order_that_no_message_holds_is_taken_in_whole()
    {
        var line = $$"""{"sku":"A","title":"{{new string('x', 400)}}","quantity":1,"price":"1"}""";
        var record = Translate(
            ShopifyTopics.OrdersCreate,
            Encoding.UTF8.GetBytes(
                $$"""{"id":1,"created_at":"2026-03-01T09:00:00Z","line_items":[{{string.Join(',', Enumerable.Repeat(line, 1000))}}]}"""
            )
        );
        Assert.Null(record.Rejection);
        Assert.InRange(Assert.Single(record.Events).Body.Length, LargeEvents.MessageBytes + 1, Limits.RecordBytes);
        Assert.Equal("1", record.Id);
    }
}
