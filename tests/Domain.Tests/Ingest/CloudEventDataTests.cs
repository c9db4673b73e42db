using System.Text;
using System.Text.Json;

namespace Stockgate.Domain.Tests.Ingest;

public class CloudEventDataTests
{
    public static TheoryData<string> Types => [.. CloudEvent.Data.Keys];

    [Fact]
    public void Every_known_type_is_tried_here() => Assert.Equal(EventTypes.Names, CloudEvent.Data.Keys.Order(StringComparer.Ordinal));

    [Theory, MemberData(nameof(Types))]
    public void An_event_survives_being_written_and_read(string type)
    {
        var read = CloudEvent.Read(CloudEvent.Of(type));
        Assert.Null(read.Rejection);
        Assert.Equal(type, EventTypes.NameOf(read.Data!));
        var header = read.Header! with { Sequence = -3, OccurredAt = Given.Now.AddTicks(1).ToOffset(TimeSpan.FromHours(-5)) };
        var again = CloudEventReader.Read(CloudEventWriter.Write(header, read.Data!).Span, Given.Channel, Given.Now);
        Assert.Null(again.Rejection);
        Assert.Equal(header, again.Header);
        Assert.Equal(Json(read.Data!), Json(again.Data!));
    }

    [Theory, MemberData(nameof(Types))]
    public void Unknown_members_of_the_data_are_passed_over(string type) =>
        Assert.Null(CloudEvent.Read(CloudEvent.Of(type, CloudEvent.With(type, "futureField", """{"a":[1,null]}"""))).Rejection);

    [Theory, MemberData(nameof(Types))]
    public void A_missing_field_is_named(string type)
    {
        foreach (var (name, _) in JsonDocument.Parse(CloudEvent.Data[type]).RootElement.EnumerateObject().Select(p => (p.Name, p.Value)))
        {
            if ((type, name) == ("stockgate.order.refunded.v1", "lines"))
                continue;
            var rejection = CloudEvent.Read(CloudEvent.Of(type, CloudEvent.With(type, name, null))).Rejection;
            Assert.NotNull(rejection);
            Assert.Contains(name, $"{rejection.Field} {rejection.Reason}", StringComparison.Ordinal);
        }
    }

    [Theory, MemberData(nameof(Types))]
    public void A_field_of_the_wrong_form_is_named(string type)
    {
        foreach (var (path, field) in Leaves(JsonDocument.Parse(CloudEvent.Data[type]).RootElement, "", "data"))
        foreach (var wrong in new[] { "{}", "[1]", "true", "null" })
        {
            // Where a truth is asked for, a truth is right.
            if ((path, wrong) == ("held", "true"))
                continue;
            // A count of null withdraws the figure.
            if ((type, path, wrong) == ("stockgate.stock.counted.v1", "quantity", "null"))
                continue;
            var rejection = CloudEvent.Read(CloudEvent.Of(type, CloudEvent.With(type, path, wrong))).Rejection;
            Assert.True(rejection is not null, $"{path} = {wrong} is taken");
            Assert.Equal(field, rejection.Field);
            Assert.NotEmpty(rejection.Reason);
            Assert.False(rejection.Reason.Contains("Stockgate", StringComparison.Ordinal), rejection.Reason);
        }
    }

    public static TheoryData<string, string, string?, string> Broken
    {
        get
        {
            const string placed = "stockgate.order.placed.v1",
                refunded = "stockgate.order.refunded.v1",
                moved = "stockgate.stock.moved.v1",
                product = "stockgate.product.updated.v1",
                price = "stockgate.price.changed.v1",
                counted = "stockgate.stock.counted.v1",
                allocated = "stockgate.order.allocated.v1",
                shipped = "stockgate.order.shipped.v1",
                competitor = "stockgate.competitor.price-observed.v1",
                supplier = "stockgate.supplier.confirmed.v1",
                cancelled = "stockgate.order.cancelled.v1",
                delivered = "stockgate.order.delivered.v1";
            var long_ = $"\"{new string('x', 513)}\"";
            return new()
            {
                { counted, "quantity", "-1000000001", "data.quantity" },
                { counted, "quantity", "1000000001", "data.quantity" },
                { counted, "quantity", "\"five\"", "data.quantity" },
                { counted, "sku", "\"\"", "data.sku" },
                { counted, "sku", "\"A\\u202eB\"", "data.sku" },
                { counted, "sku", "\"..\"", "data.sku" },
                { counted, "location", $"\"{new string('x', 129)}\"", "data.location" },
                { counted, "basis", "\"Guessed\"", "data.basis" },
                { counted, "basis", "7", "data.basis" },
                { counted, "basis", "0", "data.basis" },
                { moved, "quantity", "0", "data.quantity" },
                { moved, "quantity", "-1000000001", "data.quantity" },
                { moved, "quantity", "1000000001", "data.quantity" },
                { moved, "kind", "\"Theft\"", "data.kind" },
                { moved, "kind", "99", "data.kind" },
                { moved, "kind", "\"99\"", "data.kind" },
                { moved, "kind", "\"Receipt\"", "data.quantity" },
                { moved, "reason", "\"  \"", "data.reason" },
                { moved, "reason", long_, "data.reason" },
                { moved, "document", "\"\"", "data.document" },
                { moved, "unitPrice", "-0.01", "data.unitPrice" },
                { moved, "unitPrice", "1", "data.currency" },
                { moved, "currency", "\"gbp\"", "data.currency" },
                { product, "title", "\"\"", "data.title" },
                { product, "title", long_, "data.title" },
                { product, "category", "\" \"", "data.category" },
                { product, "brand", "\"\"", "data.brand" },
                { product, "supplier", long_, "data.supplier" },
                { product, "unitCost", "-1", "data.unitCost" },
                { product, "unitCost", "1", "data.currency" },
                { product, "channelIds", """{"a":null}""", "data.channelIds.a" },
                { product, "channelIds", """{"a":""}""", "data.channelIds.a" },
                { product, "channelIds", """{"":"x"}""", "data.channelIds." },
                { product, "channelIds", $$"""{"a":"{{new string('x', 129)}}"}""", "data.channelIds.a" },
                {
                    product,
                    "channelIds",
                    $$"""{{{string.Join(',', Enumerable.Range(0, 17).Select(i => $"\"k{i}\":\"v\""))}}}""",
                    "data.channelIds"
                },
                { price, "price", "-0.01", "data.price" },
                { price, "price", "1000000000.01", "data.price" },
                { price, "compareAt", "-1", "data.compareAt" },
                { price, "salesChannel", "\"\"", "data.salesChannel" },
                { price, "region", "\"\"", "data.region" },
                { price, "currency", "\"QQQ\"", "data.currency" },
                { price, "price", "\"1,5\"", "data.price" },
                { competitor, "competitor", "\" \"", "data.competitor" },
                { competitor, "price", "-1", "data.price" },
                { competitor, "currency", "\"XXX\"", "data.currency" },
                { supplier, "purchaseOrder", "\"\"", "data.purchaseOrder" },
                { supplier, "quantity", "-1", "data.quantity" },
                { supplier, "dueAt", "\"soon\"", "data.dueAt" },
                { supplier, "supplier", "\"\"", "data.supplier" },
                { placed, "lines", "[]", "data.lines" },
                { placed, "lines.0", "null", "data.lines[0]" },
                { placed, "lines.0.quantity", "0", "data.lines[0].quantity" },
                { placed, "lines.0.quantity", "-1", "data.lines[0].quantity" },
                { placed, "lines.0.unitPrice", "-1", "data.lines[0].unitPrice" },
                { placed, "lines.0.description", "\"\"", "data.lines[0].description" },
                { placed, "lines.0.discount", "-0.01", "data.lines[0].discount" },
                { placed, "lines.0.discount", "2.56", "data.lines[0].discount" },
                { placed, "lines.0.location", "\"\"", "data.lines[0].location" },
                { placed, "customerId", "\"\"", "data.customerId" },
                { placed, "country", long_, "data.country" },
                { placed, "fulfilment", "\"Later\"", "data.fulfilment" },
                { placed, "fulfilment", "5", "data.fulfilment" },
                { placed, "currency", "\"ABC\"", "data.currency" },
                { placed, "orderId", "\"\"", "data.orderId" },
                { placed, "location", "\"\"", "data.location" },
                { refunded, "lines", "[]", "data.lines" },
                { refunded, "lines", null, "data.lines" },
                { refunded, "refundId", "\"\"", "data.refundId" },
                { refunded, "adjustment", "1000000001", "data.adjustment" },
                { refunded, "adjustment", "-1000000001", "data.adjustment" },
                { refunded, "lines.0.quantity", "0", "data.lines[0].quantity" },
                { refunded, "restockedAt", "\"\"", "data.restockedAt" },
                { refunded, "customerId", "\"\"", "data.customerId" },
                { refunded, "country", "\"\"", "data.country" },
                { allocated, "lines", "[]", "data.lines" },
                { allocated, "lines.0.quantity", "0", "data.lines[0].quantity" },
                { allocated, "lines.0", "null", "data.lines[0]" },
                { shipped, "shipmentId", "\"\"", "data.shipmentId" },
                { shipped, "lines", "[]", "data.lines" },
                { shipped, "lines.0.quantity", "-2", "data.lines[0].quantity" },
                { cancelled, "reason", "\"\"", "data.reason" },
                { delivered, "shipmentId", "\" \"", "data.shipmentId" },
            };
        }
    }

    [Theory, MemberData(nameof(Broken))]
    public void A_broken_rule_names_its_field(string type, string path, string? json, string field)
    {
        var rejection = CloudEvent.Read(CloudEvent.Of(type, CloudEvent.With(type, path, json))).Rejection;
        Assert.Equal(field, rejection?.Field);
        Assert.NotEmpty(rejection!.Reason);
    }

    public static TheoryData<string, string, string?> Allowed =>
        new()
        {
            { "stockgate.stock.counted.v1", "quantity", "0" },
            { "stockgate.stock.counted.v1", "quantity", "-2" },
            { "stockgate.stock.counted.v1", "quantity", "null" },
            { "stockgate.stock.counted.v1", "quantity", "1000000000" },
            { "stockgate.stock.counted.v1", "quantity", "\"2.5\"" },
            { "stockgate.stock.counted.v1", "basis", "\"available\"" },
            { "stockgate.price.changed.v1", "price", "0" },
            { "stockgate.price.changed.v1", "price", "\"2.55\"" },
            { "stockgate.order.placed.v1", "lines.0.unitPrice", "0" },
            { "stockgate.order.placed.v1", "lines.0.discount", "2.55" },
            { "stockgate.order.placed.v1", "lines.0.quantity", "0.001" },
            { "stockgate.order.refunded.v1", "adjustment", "-1" },
            { "stockgate.supplier.confirmed.v1", "quantity", "0" },
            { "stockgate.product.updated.v1", "brand", "null" },
            { "stockgate.product.updated.v1", "title", "\"😀 Mug\"" },
        };

    [Theory, MemberData(nameof(Allowed))]
    public void The_edge_of_a_rule_is_allowed(string type, string path, string? json) =>
        Assert.Null(CloudEvent.Read(CloudEvent.Of(type, CloudEvent.With(type, path, json))).Rejection);

    [Fact]
    public void What_a_record_leaves_out_has_its_default()
    {
        static ChannelEvent Read(string type) => CloudEvent.Read(CloudEvent.Of(type)).Data!;
        Assert.True(((ProductUpdated)Read("stockgate.product.updated.v1")).Active);
        Assert.Equal(CountBasis.OnHand, ((StockCounted)Read("stockgate.stock.counted.v1")).Basis);
        Assert.Equal(Fulfilment.Open, ((OrderPlaced)Read("stockgate.order.placed.v1")).Fulfilment);
        Assert.False(((OrderRefunded)Read("stockgate.order.refunded.v1")).Unshipped);
        Assert.Equal(0, ((OrderPlaced)Read("stockgate.order.placed.v1")).Lines[0].Discount);
    }

    [Fact]
    public void Money_without_lines_is_a_refund() =>
        Assert.Null(
            CloudEvent
                .Read(
                    CloudEvent.Of("stockgate.order.refunded.v1", """{"orderId":"1001","refundId":"R1","currency":"GBP","adjustment":5}""")
                )
                .Rejection
        );

    [Theory]
    [InlineData(5_000, true)]
    [InlineData(5_001, false)]
    public void An_order_has_at_most_5000_lines(int count, bool taken)
    {
        // Short lines: 5,000 of them stay below the bytes of a record.
        var placed = Given.Placed([.. Enumerable.Repeat(Given.Line(), count)]);
        Assert.Equal(taken ? null : "lines", placed.Check()?.Field);
        if (!taken)
            Assert.Contains("5001 lines", placed.Check()!.Reason, StringComparison.Ordinal);
    }

    private static string Json(ChannelEvent data) => JsonSerializer.Serialize(data, EventTypes.Find(EventTypes.NameOf(data))!);

    private static IEnumerable<(string Path, string Field)> Leaves(JsonElement element, string path, string field) =>
        element.ValueKind switch
        {
            JsonValueKind.Object => element
                .EnumerateObject()
                .SelectMany(p => Leaves(p.Value, path.Length == 0 ? p.Name : $"{path}.{p.Name}", $"{field}.{p.Name}")),
            JsonValueKind.Array => element.EnumerateArray().SelectMany((item, i) => Leaves(item, $"{path}.{i}", $"{field}[{i}]")),
            _ => [(path, field)],
        };
}
