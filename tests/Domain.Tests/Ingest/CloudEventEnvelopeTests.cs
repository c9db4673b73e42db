using System.Text;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Tests.Ingest;

public class CloudEventEnvelopeTests
{
    private const string Counted = "stockgate.stock.counted.v1";

    public static TheoryData<string, string?, string, string> Attributes =>
        new()
        {
            { "specversion", null, "specversion", "1.0" },
            { "specversion", "\"0.3\"", "specversion", "1.0" },
            { "specversion", "1.0", "specversion", "1.0" },
            { "id", null, "id", "1 to 256" },
            { "id", "\"\"", "id", "1 to 256" },
            { "id", "5", "id", "1 to 256" },
            { "id", "null", "id", "1 to 256" },
            { "id", "{\"a\":[1]}", "id", "1 to 256" },
            { "source", null, "source", "1 to 256" },
            { "source", "\"\"", "source", "1 to 256" },
            { "source", "[]", "source", "1 to 256" },
            { "type", null, "type", "missing" },
            { "type", "7", "type", "missing" },
            { "type", "\"stockgate.stock.counted.v9\"", "type", "the types are" },
            { "type", "\"stockgate.stock.posted.v1\"", "type", "not known" },
            { "type", "\"STOCKGATE.STOCK.COUNTED.V1\"", "type", "not known" },
            { "time", null, "time", "RFC 3339" },
            { "time", "\"\"", "time", "RFC 3339" },
            { "time", "\"yesterday\"", "time", "RFC 3339" },
            { "time", "1772357400", "time", "RFC 3339" },
            { "time", "\"10:00\"", "time", "RFC 3339" },
            { "time", "\"2026-03-01\"", "time", "RFC 3339" },
            { "time", "\"March 1, 2026 10:00\"", "time", "RFC 3339" },
            { "time", "\"2026-02-30T09:00:00Z\"", "time", "RFC 3339" },
            { "time", "\"01/03/2026 09:30:00\"", "time", "RFC 3339" },
            { "time", "\"0001-01-01T00:00:00Z\"", "time", "1970" },
            { "time", "\"1969-12-31T23:59:59Z\"", "time", "1970" },
            { "time", "\"1970-01-01T00:00:00Z\"", "time", "25 years" },
            { "time", "\"2001-02-28T09:30:00Z\"", "time", "25 years" },
            { "time", "\"2026-03-02T09:30:01Z\"", "time", "24 hours" },
            { "time", "\"9999-12-31T23:59:59Z\"", "time", "24 hours" },
            { "sequence", "\"x\"", "sequence", "whole number" },
            { "sequence", "1.5", "sequence", "whole number" },
            { "sequence", "null", "sequence", "whole number" },
            { "sequence", "\"\"", "sequence", "whole number" },
            { "sequence", "[1]", "sequence", "whole number" },
            { "sequence", "9223372036854775808", "sequence", "whole number" },
            { "datacontenttype", "\"application/xml\"", "datacontenttype", "application/json" },
            { "data", null, "data", "missing" },
            { "data", "null", "data", "null" },
            { "data", "5", "data", "wrong form" },
            { "data", "[]", "data", "wrong form" },
            { "data", "\"{}\"", "data", "wrong form" },
        };

    [Theory, MemberData(nameof(Attributes))]
    public void A_wrong_attribute_is_named(string attribute, string? json, string field, string reason)
    {
        var record = CloudEvent.Of(Counted);
        record.Remove(attribute);
        if (json is not null)
            record[attribute] = JsonNode.Parse(json);
        var read = CloudEvent.Read(record);
        Assert.Equal(field, read.Rejection?.Field);
        Assert.Contains(reason, read.Rejection!.Reason, StringComparison.Ordinal);
        Assert.Null(read.Data);
        Assert.Null(read.Header);
        if (attribute != "id")
            Assert.Equal("e1", read.Id);
    }

    [Theory]
    [InlineData("2026-03-01T09:00:00Z", 0)]
    [InlineData("2026-03-01t09:00:00z", 0)]
    [InlineData("2026-03-01 09:00:00Z", 0)]
    [InlineData("2026-03-01T10:00:00+01:00", 0)]
    [InlineData("2026-03-01T09:00:00", 0)]
    [InlineData("2026-03-01T09:00:00.0000005Z", 5)]
    [InlineData("2026-03-01T09:00:00.000000512Z", 5)]
    public void Times_of_rfc_3339_are_read_to_the_tick(string time, int ticks)
    {
        var record = CloudEvent.Of(Counted);
        record["time"] = time;
        Assert.Equal(new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero).AddTicks(ticks), CloudEvent.Read(record).Header!.OccurredAt);
    }

    [Fact]
    public void An_event_exactly_a_day_ahead_is_taken()
    {
        var record = CloudEvent.Of(Counted);
        record["time"] = "2026-03-02T09:30:00Z";
        Assert.Null(CloudEvent.Read(record).Rejection);
    }

    [Theory]
    [InlineData(null, 0)]
    [InlineData("7", 7)]
    [InlineData("\"7\"", 7)]
    [InlineData("-7", -7)]
    [InlineData("\"-7\"", -7)]
    [InlineData("\"9223372036854775807\"", long.MaxValue)]
    public void A_sequence_is_a_number_or_a_text_of_one(string? json, long sequence)
    {
        var record = CloudEvent.Of(Counted);
        if (json is not null)
            record["sequence"] = JsonNode.Parse(json);
        Assert.Equal(sequence, CloudEvent.Read(record).Header?.Sequence);
    }

    [Theory]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Id_and_source_have_up_to_256_characters(int length, bool taken)
    {
        foreach (var attribute in new[] { "id", "source" })
        {
            var record = CloudEvent.Of(Counted);
            record[attribute] = new string('x', length);
            Assert.Equal(taken ? null : attribute, CloudEvent.Read(record).Rejection?.Field);
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("null")]
    [InlineData("5")]
    [InlineData("[]")]
    [InlineData("{")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{\"id\":\"e1\"")]
    [InlineData("{\"id\":\"e1\"}}")]
    [InlineData("{'id':'e1'}")]
    [InlineData("{\"id\":\"e1\",}")]
    [InlineData("{/* comment */}")]
    [InlineData("\uFEFF{}")]
    public void What_is_not_one_object_is_not_read(string record)
    {
        var read = CloudEvent.Read(record);
        Assert.Equal("", read.Rejection?.Field);
        Assert.StartsWith("is not JSON", read.Rejection!.Reason, StringComparison.Ordinal);
        Assert.Null(read.Id);
    }

    [Theory]
    [InlineData("id")]
    [InlineData("source")]
    [InlineData("type")]
    [InlineData("time")]
    [InlineData("specversion")]
    [InlineData("sequence")]
    public void Half_a_surrogate_pair_is_a_rejection_and_not_a_fault(string attribute)
    {
        var record = CloudEvent
            .Of(Counted)
            .ToJsonString()
            .Replace("{\"spec", $"{{\"{attribute}\":\"\\ud800\",\"spec", StringComparison.Ordinal);
        Assert.NotNull(CloudEvent.Read(record).Rejection);
    }

    [Theory]
    [InlineData("sku")]
    [InlineData("location")]
    [InlineData("quantity")]
    [InlineData("basis")]
    public void Half_a_surrogate_pair_in_the_data_is_one_too(string member)
    {
        var record = CloudEvent
            .Of(Counted)
            .ToJsonString()
            .Replace("\"data\":{", $"\"data\":{{\"{member}\":\"\\udc00x\",", StringComparison.Ordinal);
        record = record.Replace($",\"{member}\":", ",\"other\":", StringComparison.Ordinal);
        Assert.NotNull(CloudEvent.Read(record).Rejection);
    }

    [Theory]
    [InlineData("\"id\":\"e1\"", "\"id\":\"e#\"")]
    [InlineData("\"source\":\"erp\"", "\"source\":\"e#\"")]
    [InlineData("\"sku\":\"A\"", "\"sku\":\"#\"")]
    public void Bytes_that_are_not_utf_8_are_a_rejection_and_not_a_fault(string there, string broken)
    {
        var bytes = Encoding.Latin1.GetBytes(
            CloudEvent.Of(Counted).ToJsonString().Replace(there, broken, StringComparison.Ordinal).Replace('#', '\u00ff')
        );
        Assert.NotNull(CloudEventReader.Read(bytes, Given.Channel, Given.Now).Rejection);
    }

    [Fact]
    public void Escaped_names_are_the_same_names()
    {
        var record = CloudEvent
            .Of(Counted)
            .ToJsonString()
            .Replace("\"data\"", "\"d\\u0061ta\"", StringComparison.Ordinal)
            .Replace("\"id\"", "\"\\u0069d\"", StringComparison.Ordinal);
        Assert.Equal(new Sku("A"), Assert.IsType<StockCounted>(CloudEvent.Read(record).Data).Sku);
    }

    [Fact]
    public void Unknown_attributes_are_passed_over()
    {
        var record = CloudEvent.Of(Counted);
        record["traceparent"] = "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01";
        record["dataschema"] = JsonNode.Parse("""{"deep":[{"id":"other"}]}""");
        record["Id"] = "not this one";
        Assert.Equal("e1", CloudEvent.Read(record).Header!.Id);
    }

    [Theory]
    [InlineData("application/json")]
    [InlineData("application/json; charset=utf-8")]
    [InlineData("APPLICATION/JSON")]
    public void Data_is_json(string type)
    {
        var record = CloudEvent.Of(Counted);
        record["datacontenttype"] = type;
        Assert.Null(CloudEvent.Read(record).Rejection);
    }

    [Fact]
    public void Of_two_datas_the_last_one_is_read()
    {
        var record = CloudEvent
            .Of(Counted)
            .ToJsonString()
            .Replace("{\"spec", """{"data":{"sku":"first","location":"L1","quantity":1},"spec""", StringComparison.Ordinal);
        Assert.Equal(new Sku("A"), Assert.IsType<StockCounted>(CloudEvent.Read(record).Data).Sku);
    }

    [Theory]
    [InlineData(31, true)]
    [InlineData(32, false)]
    [InlineData(100_000, false)]
    public void A_depth_bomb_is_refused(int depth, bool taken)
    {
        var bomb = new string('[', depth) + new string(']', depth);
        var record = CloudEvent.Of(Counted).ToJsonString().Replace("{\"spec", $"{{\"extra\":{bomb},\"spec", StringComparison.Ordinal);
        Assert.Equal(taken, CloudEvent.Read(record).Rejection is null);
    }

    [Theory]
    [InlineData(0, true)]
    [InlineData(1, false)]
    public void A_record_has_at_most_8_MiB(int over, bool taken)
    {
        var record = CloudEvent.Of(Counted).ToJsonString();
        record = record.Replace(
            "{\"spec",
            $"{{\"extra\":\"{new string('x', 8 * 1024 * 1024 + over - record.Length - 11)}\",\"spec",
            StringComparison.Ordinal
        );
        Assert.Equal(8 * 1024 * 1024 + over, Encoding.UTF8.GetByteCount(record));
        var read = CloudEvent.Read(record);
        Assert.Equal(taken, read.Rejection is null);
        Assert.Equal("e1", read.Id);
        if (!taken)
            Assert.Contains("8388609 bytes", read.Rejection!.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_long_unknown_type_is_not_repeated_whole()
    {
        var record = CloudEvent.Of(Counted);
        record["type"] = "stockgate." + new string('x', 5000);
        Assert.True(CloudEvent.Read(record).Rejection!.Reason.Length < 1500);
    }

    [Theory]
    [InlineData("com.example.someevent")]
    [InlineData("Microsoft.Storage.BlobCreated")]
    public void An_event_of_another_system_is_ignored_and_not_wrong(string type)
    {
        var record = CloudEvent.Of(Counted);
        record["type"] = type;
        var read = CloudEvent.Read(record);
        Assert.Equal((null, null), (read.Rejection, read.Data));
        Assert.Contains(type, read.IgnoredBecause, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("stockgat.stock.counted.v1")]
    [InlineData("stockgate.stock.counted")]
    [InlineData("tockgate.stock.counted.v1")]
    public void One_of_ours_that_is_mistyped_is_no_other_systems(string type)
    {
        var record = CloudEvent.Of(Counted);
        record["type"] = type;
        Assert.Equal("type", CloudEvent.Read(record).Rejection!.Field);
    }

    [Fact]
    public void The_header_says_who_and_when()
    {
        var header = CloudEvent.Read(CloudEvent.Of(Counted)).Header!;
        Assert.Equal(new EventHeader(Given.Channel, "erp", "e1", new DateTimeOffset(2026, 3, 1, 9, 0, 0, TimeSpan.Zero), 0), header);
    }

    [Fact]
    public void Garbage_never_throws()
    {
        var good = CloudEvent.Of("stockgate.order.placed.v1").ToJsonString();
        var changes = Gen.Choose(0, good.Length - 1)
            .SelectMany(at => Gen.Choose(0, 255).Select(value => (At: at, Value: (byte)value)))
            .NonEmptyListOf();
        Prop.ForAll(
                changes.ToArbitrary(),
                list =>
                {
                    var bytes = Encoding.UTF8.GetBytes(good);
                    foreach (var (at, value) in list)
                        bytes[at] = value;
                    var read = CloudEventReader.Read(bytes, Given.Channel, Given.Now);
                    return new object?[] { read.Rejection, read.Data, read.IgnoredBecause }.Count(static r => r is not null) == 1;
                }
            )
            .Check(Config.QuickThrowOnFailure.WithMaxTest(2000));
    }
}
