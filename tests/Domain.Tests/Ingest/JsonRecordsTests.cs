using System.Text;
using System.Text.Json;

namespace Stockgate.Domain.Tests.Ingest;

public class JsonRecordsTests
{
    private static string[] Split(string body)
    {
        var bytes = Encoding.UTF8.GetBytes(body);
        return [.. JsonRecords.Split(bytes).Select(range => Encoding.UTF8.GetString(bytes[range]))];
    }

    [Theory]
    [InlineData("{}", new[] { "{}" })]
    [InlineData(" {\"a\": [1, {}]}\n", new[] { "{\"a\": [1, {}]}" })]
    [InlineData("[{}]", new[] { "{}" })]
    [InlineData("[ {\"a\":1} ,\t{\"b\":\"é}\"} ]", new[] { "{\"a\":1}", "{\"b\":\"é}\"}" })]
    [InlineData("[1,\"x\",null,[2]]", new[] { "1", "\"x\"", "null", "[2]" })]
    public void A_body_is_cut_byte_for_byte(string body, string[] records) => Assert.Equal(records, Split(body));

    [Theory]
    [InlineData("")]
    [InlineData(" ")]
    [InlineData("[]")]
    [InlineData("5")]
    [InlineData("\"text\"")]
    [InlineData("null")]
    [InlineData("{")]
    [InlineData("[{}")]
    [InlineData("[{},]")]
    [InlineData("{} {}")]
    [InlineData("[{}] x")]
    [InlineData("// comment\n{}")]
    [InlineData("\uFEFF{}")]
    [InlineData("nonsense")]
    public void What_is_neither_one_event_nor_a_batch_is_refused(string body) => Assert.ThrowsAny<JsonException>(() => Split(body));

    [Fact]
    public void Five_hundred_records_are_a_batch() =>
        Assert.Equal(500, Split($"[{string.Join(',', Enumerable.Repeat("{}", 500))}]").Length);

    [Fact]
    public void One_more_is_not() =>
        Assert.Contains(
            "500",
            Assert.ThrowsAny<JsonException>(() => Split($"[{string.Join(',', Enumerable.Repeat("{}", 501))}]")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_depth_bomb_is_refused() => Assert.ThrowsAny<JsonException>(() => Split(new string('[', 100_000)));

    [Fact]
    public void Records_of_any_number_come_back_in_order()
    {
        Prop.ForAll(
                Gen.Choose(1, 500).ToArbitrary(),
                count =>
                {
                    var records = Enumerable.Range(0, count).Select(i => $"{{\"n\":{i}}}").ToArray();
                    return Split($"[{string.Join(" , ", records)}]").SequenceEqual(records);
                }
            )
            .QuickCheckThrowOnFailure();
    }
}
