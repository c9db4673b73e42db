using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Tests.Ingest;

/// <summary>Unknown fields of an event are passed over, and named.</summary>
public class PassedOverTests
{
    private static ReadRecord Read(string type, string data) =>
        CloudEventReader.Read(Given.Utf8(CloudEvent.Of(type, data).ToJsonString()), Given.Channel, Given.Now, tellPassedOver: true);

    [Theory, MemberData(nameof(Types))]
    public void An_event_whose_fields_are_all_known_has_none(string type)
    {
        var read = Read(type, CloudEvent.Data[type]);
        Assert.Null(read.Rejection);
        Assert.Empty(read.PassedOver);
    }

    public static TheoryData<string> Types { get; } = [.. CloudEvent.Data.Keys];

    [Fact]
    public void An_unknown_field_is_named_with_its_path_and_the_nearest_one()
    {
        var read = Read(
            "stockgate.order.placed.v1",
            """{"orderId":"1","currency":"GBP","till":7,"lines":[{"sku":"A","description":"Mug","quantity":1,"unitPrice":2,"discuont":1}]}"""
        );
        Assert.Null(read.Rejection);
        Assert.NotNull(read.Data);
        Assert.Equal([new PassedOver("data.till", null), new PassedOver("data.lines[0].discuont", "discount")], read.PassedOver);
    }

    [Fact]
    public void At_most_ten_are_named()
    {
        var more = string.Concat(Enumerable.Range(0, 50).Select(static i => $",\"field{i}\":{i}"));
        Assert.Equal(
            PassedOver.Most,
            Read("stockgate.stock.counted.v1", $$"""{"sku":"A","location":"L1","quantity":5{{more}}}""").PassedOver.Count
        );
    }

    [Fact]
    public void A_mistake_beside_an_unknown_field_is_what_is_told()
    {
        var read = Read("stockgate.stock.counted.v1", """{"sku":"A","loction":"L1","location":"L1","quantity":"many"}""");
        Assert.Equal("data.quantity", read.Rejection!.Field);
    }

    [Theory, InlineData("{\"sku\":\"A\",\"location\":\"L1\",\"quantity\":5,\"\\ud800\":1}")]
    public void A_name_that_is_no_text_is_no_fault(string data)
    {
        var record = $$"""
            {"specversion":"1.0","id":"e1","source":"erp","type":"stockgate.stock.counted.v1","time":"2026-03-01T09:00:00Z","data":{{data}}}
            """;
        Assert.NotNull(CloudEventReader.Read(Given.Utf8(record), Given.Channel, Given.Now, tellPassedOver: true).Rejection);
    }
}
