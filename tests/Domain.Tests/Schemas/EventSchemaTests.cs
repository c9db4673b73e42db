using System.Text.Encodings.Web;
using System.Text.Json;
using Json.Schema;
using Stockgate.Domain.Events;
using Stockgate.Domain.Schemas;
using Stockgate.Domain.Tests.Ingest;
using Stockgate.TestSupport;

namespace Stockgate.Domain.Tests.Schemas;

/// <summary>docs/schemas is generated from the event types, and real events fit it.</summary>
public class EventSchemaTests
{
    private static readonly JsonSerializerOptions Indented = new()
    {
        WriteIndented = true,
        Encoder = JavaScriptEncoder.UnsafeRelaxedJsonEscaping,
    };

    private static readonly string Folder = Path.Combine(SharedData.RepositoryRoot, "docs", "schemas");

    private static readonly Dictionary<string, JsonSchema> Schemas = EventTypes.Names.ToDictionary(
        static type => type,
        static type => JsonSchema.FromText(EventSchemas.Find(type)!.ToJsonString())
    );

    public static TheoryData<string> Types { get; } = [.. EventTypes.Names];

    private static string TextOf(string type) => EventSchemas.Find(type)!.ToJsonString(Indented).ReplaceLineEndings("\n") + "\n";

    private static string FileOf(string type) => Path.Combine(Folder, $"{type}.schema.json");

    [Fact]
    public async Task The_schema_files_are_generated_from_the_event_types()
    {
        if (Environment.GetEnvironmentVariable("STOCKGATE_WRITE_SCHEMAS") == "1")
        {
            Directory.CreateDirectory(Folder);
            foreach (var type in EventTypes.Names)
                await File.WriteAllTextAsync(FileOf(type), TextOf(type));
        }
        Assert.Equal(
            EventTypes.Names.Select(FileOf).Order(StringComparer.Ordinal),
            Directory.EnumerateFiles(Folder).Order(StringComparer.Ordinal)
        );
        foreach (var type in EventTypes.Names)
            Assert.True(
                await File.ReadAllTextAsync(FileOf(type)) == TextOf(type),
                $"{FileOf(type)} is not what the type says. Write it with STOCKGATE_WRITE_SCHEMAS=1 dotnet test tests/Domain.Tests --filter EventSchemaTests"
            );
    }

    [Theory, MemberData(nameof(Types))]
    public void An_accepted_event_fits_its_schema(string type) => Assert.True(Fits(type, CloudEvent.Data[type]), CloudEvent.Data[type]);

    [Theory, MemberData(nameof(Types))]
    public void What_we_write_ourselves_fits_its_schema(string type)
    {
        var data = (ChannelEvent)JsonSerializer.Deserialize(CloudEvent.Data[type], EventTypes.Find(type)!)!;
        Assert.True(Fits(type, System.Text.Encoding.UTF8.GetString(EventTypes.TextOf(data))));
    }

    [Theory]
    [InlineData("stockgate.stock.counted.v1", """{"sku":"A","location":"L1"}""")]
    [InlineData("stockgate.stock.counted.v1", """{"sku":"A","location":"L1","quantity":"many"}""")]
    [InlineData("stockgate.stock.counted.v1", """{"sku":"A","location":"L1","quantity":5,"basis":"Guess"}""")]
    [InlineData("stockgate.price.changed.v1", """{"sku":"A","price":2,"currency":"pounds"}""")]
    [InlineData("stockgate.order.placed.v1", """{"orderId":"1","currency":"GBP","lines":[{"sku":"A"}]}""")]
    public void A_mistake_of_form_does_not_fit(string type, string data) => Assert.False(Fits(type, data));

    [Fact]
    public void A_schema_has_a_title_and_describes_its_fields()
    {
        var schema = EventSchemas.Find("stockgate.stock.counted.v1")!;
        Assert.Equal("stockgate.stock.counted.v1", (string?)schema["title"]);
        Assert.Contains("Sales units", (string?)schema["properties"]!["quantity"]!["description"], StringComparison.Ordinal);
    }

    private static bool Fits(string type, string data)
    {
        using var document = JsonDocument.Parse(data);
        return Schemas[type].Evaluate(document.RootElement).IsValid;
    }
}
