using System.Text.Json;

namespace Stockgate.Domain.Tests.Primitives;

public class OrderIdTests
{
    [Theory]
    [InlineData("till", "1001")]
    [InlineData("web", "A:1/2")]
    [InlineData("web", "::1")]
    [InlineData("web", "1001::")]
    public void An_order_of_a_channel_keeps_its_number_and_is_in_its_bucket(string channel, string number)
    {
        var id = OrderId.Of(new ChannelId(channel), new OrderId(number));
        Assert.Equal((channel, number), (id.Origin?.Value, id.Number.Value));
        Assert.Equal(Bucket.Of(new OrderId(number), 64), Bucket.Of(id, 64));
        Assert.Equal(id, JsonSerializer.Deserialize<OrderId>(JsonSerializer.Serialize(id)));
    }

    [Theory]
    [InlineData("1001")]
    [InlineData("web:1001")]
    [InlineData("::1")]
    [InlineData("1001::")]
    [InlineData(":")]
    public void A_number_may_have_colons(string number)
    {
        Assert.Equal((null, number), (new OrderId(number).Origin, new OrderId(number).Number.Value));
        Assert.Null(new OrderId(number).Taken());
    }

    [Fact]
    public void What_only_an_order_of_several_may_be_called_is_refused_from_outside()
    {
        var read = CloudEventReader.Read(
            Given.Utf8(
                """
                {"specversion":"1.0","id":"1","source":"s","type":"stockgate.order.cancelled.v1","time":"2026-01-01T00:00:00Z","data":{"orderId":"web::1001"}}
                """
            ),
            Given.Channel,
            Given.Now
        );
        Assert.Equal("data.orderId", read.Rejection?.Field);
    }

    [Theory]
    [InlineData("\"we:b\"")]
    [InlineData("\"\"")]
    [InlineData("5")]
    public void A_channel_that_is_none_is_refused(string channel)
    {
        var read = CloudEventReader.Read(
            Given.Utf8(
                """
                {"specversion":"1.0","id":"1","source":"s","type":"stockgate.order.cancelled.v1","time":"2026-01-01T00:00:00Z","data":{"orderId":"1001","orderChannel":CHANNEL}}
                """.Replace("CHANNEL", channel, StringComparison.Ordinal)
            ),
            Given.Channel,
            Given.Now
        );
        Assert.Equal("data.orderChannel", read.Rejection?.Field);
    }

    [Fact]
    public void A_long_number_of_a_long_channel_is_an_id()
    {
        var id = OrderId.Of(new ChannelId(new string('c', 128)), new OrderId(new string('n', 128)));
        Assert.Equal(id, JsonSerializer.Deserialize<OrderId>(JsonSerializer.Serialize(id)));
    }
}
