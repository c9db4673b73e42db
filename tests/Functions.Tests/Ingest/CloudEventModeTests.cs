using System.Text;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Http;
using Stockgate.Domain;
using Stockgate.Platform;
using Stockgate.Platform.Ingest.Reading;
using Stockgate.Platform.Ingest.Registry;
using Stockgate.TestSupport;
using YamlDotNet.Serialization;

namespace Stockgate.Functions.Tests.Ingest;

public partial class CloudEventModeTests
{
    private const string Feature = "cloudevents/conformance__features__http-protocol-binding.feature",
        Minimum = "cloudevents/conformance__yaml__v1.0__v1_minimum.yaml",
        Whole = "cloudevents/conformance__yaml__v1.yaml",
        Data = """{"sku":"A","location":"L1","quantity":5}""";

    private static readonly DateTimeOffset Now = new(2026, 3, 1, 9, 30, 0, TimeSpan.Zero);
    private static readonly Channel Web = new(new ChannelId("web"), ChannelScheme.StandardWebhooks, ChannelFormat.Canonical, [])
    {
        BinaryMode = true,
    };

    private static HttpRequest Request(string contentType, params (string Name, string Value)[] headers)
    {
        var request = new DefaultHttpContext().Request;
        request.ContentType = contentType;
        foreach (var (name, value) in headers)
            request.Headers[name] = value;
        return request;
    }

    private static HttpRequest Counted(params (string Name, string Value)[] more) =>
        Request(
            "application/json",
            [
                ("ce-specversion", "1.0"),
                ("ce-id", "e1"),
                ("ce-source", "erp"),
                ("ce-type", "stockgate.stock.counted.v1"),
                ("ce-time", "2026-03-01T09:00:00Z"),
                .. more,
            ]
        );

    private static IReadOnlyList<IncomingRecord> Read(HttpRequest request, string body, Channel? channel = null) =>
        ChannelDelivery.Read(
            channel ?? Web,
            "",
            ChannelDelivery.BodyOf(channel ?? Web, request, Encoding.UTF8.GetBytes(body)),
            null,
            null,
            64,
            Now
        );

    [Fact]
    public void A_binary_event_is_the_structured_one()
    {
        var record = Assert.Single(Read(Counted(("CE-Sequence", "7")), Data));
        Assert.Null(record.Rejection);
        Assert.Equal(("e1", 7L), (record.Id, Assert.Single(record.Events).Header.Sequence));
    }

    [Theory]
    [InlineData("erp%20north%2F%E2%82%AC", "erp north/€")]
    [InlineData("\"erp \\\"north\\\"\"", "erp \"north\"")]
    public void A_header_is_decoded(string value, string source) =>
        Assert.Equal(source, Assert.Single(Read(Counted(("ce-source", value)), Data)).Events.Single().Header.Source);

    [Theory]
    [InlineData("{ cut off")]
    [InlineData("")]
    [InlineData("{} {}")]
    public void Data_that_is_not_json_is_one_rejected_record_and_not_lost(string body)
    {
        var record = Assert.Single(Read(Counted(), body));
        Assert.Equal("data", record.Rejection!.Field);
        using var kept = JsonDocument.Parse(record.Bytes);
        Assert.Equal(body, Encoding.UTF8.GetString(kept.RootElement.GetProperty("data_base64").GetBytesFromBase64()));
    }

    [Fact]
    public void Headers_that_no_signature_covers_are_taken_only_where_the_channel_says_so()
    {
        var refused = Assert.Throws<ProblemException>(() => Read(Counted(), Data, Web with { BinaryMode = false }));
        Assert.Equal("binary-mode", refused.Slug);
        Assert.Null(Read(Counted(), Data, Web with { BinaryMode = false, Scheme = ChannelScheme.Basic })[0].Rejection);
    }

    [Fact]
    public void Headers_do_not_change_a_structured_event()
    {
        var request = Counted();
        request.ContentType = "application/cloudevents+json";
        var body =
            $$"""{"specversion":"1.0","id":"e2","source":"erp","type":"stockgate.stock.counted.v1","time":"2026-03-01T09:00:00Z","data":{{Data}}}""";
        Assert.Equal("e2", Assert.Single(Read(request, body)).Id);
    }

    [Fact]
    public void Events_in_Event_Grids_own_schema_are_read()
    {
        var one =
            $$"""{"id":"g1","topic":"/topics/erp","subject":"A","eventType":"stockgate.stock.counted.v1","eventTime":"2026-03-01T09:00:00Z","dataVersion":"1","metadataVersion":"1","data":{{Data}}}""";
        var records = Read(Request("application/json", ("aeg-event-type", "Notification")), $"[{one},5]");
        Assert.Equal(("g1", "/topics/erp"), (records[0].Id, Assert.Single(records[0].Events).Header.Source));
        Assert.NotNull(records[1].Rejection);
    }

    [SharedDataFact(Feature)]
    public void The_conformance_requests_have_their_attributes_and_data()
    {
        var text = File.ReadAllText(SharedData.Find(Feature)!);
        foreach (var scenario in text.Split("Scenario Outline:")[1..])
        foreach (var contentType in Examples().Matches(scenario[scenario.IndexOf("Examples:", StringComparison.Ordinal)..]))
            Conforms(scenario, ((Match)contentType).Groups[1].Value.Trim());
    }

    [SharedDataTheory(Minimum)]
    [InlineData(Minimum)]
    [InlineData(Whole)]
    public void The_conformance_events_keep_their_attributes_in_both_modes_and_are_ignored_since_nothing_uses_them(string file)
    {
        var documents = File.ReadAllText(SharedData.Find(file)!).Split("\n---\n");
        foreach (var document in documents)
        {
            var said = new DeserializerBuilder().Build().Deserialize<Dictionary<string, object>>(document);
            var attributes = ((Dictionary<object, object>)said["ContextAttributes"])
                .Where(static a => a.Value is string)
                .ToDictionary(static a => (string)a.Key, static a => (string)a.Value);
            var (contentType, data) = (attributes.GetValueOrDefault("datacontenttype", "application/json"), (string)said["Data"]);
            attributes.Remove("datacontenttype");
            var binary = Request(contentType, [.. attributes.Select(static a => ($"ce-{a.Key}", a.Value))]);
            var structured = JsonSerializer.Serialize(
                new Dictionary<string, string>(attributes) { ["datacontenttype"] = contentType, ["data"] = data }
            );
            foreach (var record in Read(binary, data).Concat(Read(Request("application/cloudevents+json"), structured)))
            {
                Assert.Equal((attributes["id"], attributes["type"]), (record.Id, record.Topic));
                Assert.Null(record.Rejection);
                Assert.Contains(attributes["type"], record.IgnoredBecause, StringComparison.Ordinal);
            }
        }
    }

    private static void Conforms(string scenario, string contentType)
    {
        var quoted = scenario.Split("\"\"\"");
        var lines = quoted[1].Split('\n').Select(static l => l.Trim()).ToList();
        var blank = lines.FindIndex(2, static l => l.Length == 0);
        var headers = lines[2..blank].Select(static l => l.Split(": ", 2)).Where(static h => h[0] != "Content-Type");
        var request = Request(contentType, [.. headers.Select(static h => (h[0], h[1]))]);
        var body = Encoding.UTF8.GetBytes(string.Join('\n', lines[(blank + 1)..]));
        using var read = JsonDocument.Parse(ChannelDelivery.BodyOf(Web, request, body));
        foreach (Match row in Attributes().Matches(quoted[2]))
            Assert.Equal(
                row.Groups[2].Value.Trim().Replace("<contentType>", contentType, StringComparison.Ordinal),
                read.RootElement.GetProperty(row.Groups[1].Value).GetString()
            );
        using var data = JsonDocument.Parse(quoted[3]);
        Assert.True(JsonElement.DeepEquals(data.RootElement, read.RootElement.GetProperty("data")));
    }

    [GeneratedRegex(@"\| (application[^|]+)\|")]
    private static partial Regex Examples();

    [GeneratedRegex(@"\|\s+(?!key)(\w+) \|([^|]+)\|")]
    private static partial Regex Attributes();
}
