using System.Text.Json;
using Json.Schema;
using Stockgate.Domain.Ingest.Mapping;
using Stockgate.TestSupport;

namespace Stockgate.Domain.Tests.Ingest.Mapping;

/// <summary>The schema that editors use and the reader that decides mean the same.</summary>
public class MappingSchemaTests
{
    private static readonly JsonSchema Schema = JsonSchema.FromText(DeliveryMapping.SchemaJson);

    private const string Whole = """
        {
          "description": "everything once",
          "records": "$$.orders[*]",
          "events": [
            {
              "type": "stockgate.order.placed.v1",
              "when": { "all": [{ "path": "$.state", "in": ["NEW", 1] }, { "not": { "path": "$.test", "is": true } }, { "any": [{ "path": "$.n", "above": 1 }, { "path": "$.n", "exists": false }] }] },
              "each": "$.parts[*]",
              "id": { "@join": ["order:", "$.no"] },
              "time": { "@path": "$.at", "@time": { "format": "unix", "zone": "Europe/London" } },
              "sequence": "$.version",
              "data": {
                "orderId": "$.no",
                "currency": { "@path": "$$.currency", "@else": "GBP" },
                "location": { "@path": "$.shop", "@lookup": { "map": { "17": "store-17" }, "else": "$" } },
                "total": { "@sum": "$.items[*].price" },
                "note": { "@const": "$5 off", "@when": { "path": "$.n", "below": 3 } },
                "lines": {
                  "@each": "$.items[*]",
                  "@when": { "path": "$.kind", "exists": true },
                  "@data": {
                    "sku": { "@first": ["$.sku", "$.article"], "@text": { "trim": "0", "case": "upper", "prefix": "A-", "length": 12 } },
                    "quantity": { "@path": "$.cases", "@number": { "times": 6, "decimal": ",", "abs": true } },
                    "unitPrice": 1.5
                  }
                }
              }
            }
          ]
        }
        """;

    private static bool Fits(string mapping)
    {
        using var document = JsonDocument.Parse(mapping);
        return Schema.Evaluate(document.RootElement).IsValid;
    }

    private static bool IsRead(string mapping)
    {
        try
        {
            Mapped.Mapping(mapping);
            return true;
        }
        catch (MappingMistakeException)
        {
            return false;
        }
    }

    [Fact]
    public void A_mapping_with_everything_fits_and_is_read()
    {
        Assert.True(IsRead(Whole));
        Assert.True(Fits(Whole));
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"events":[]}""")]
    [InlineData("""{"evnts":[]}""")]
    [InlineData("""{"records":"orders","events":[{}]}""")]
    [InlineData("""{"events":[{"type":"stockgate.stock.counted.v1","id":"$.a","data":{}}]}""")]
    public void A_mapping_of_another_shape_neither_fits_nor_is_read(string mapping)
    {
        Assert.False(IsRead(mapping));
        Assert.False(Fits(mapping));
    }

    [Theory]
    [InlineData("""{"@pth":"$.a"}""")]
    [InlineData("""{"@path":"$.a","@const":1}""")]
    [InlineData("""{"@path":"$.a","@number":{"decimal":";"}}""")]
    [InlineData("""{"@path":"$.a","@lookup":{"map":{}}}""")]
    [InlineData("""{"@path":"$.a","@text":{"case":"title"}}""")]
    [InlineData("""{"@path":"$.a","@when":{"path":"$.a"}}""")]
    [InlineData("""{"@each":"$.a"}""")]
    [InlineData("null")]
    [InlineData("[1]")]
    public void A_value_of_another_shape_neither_fits_nor_is_read(string value)
    {
        var mapping = Mapped.Counting("location", value);
        Assert.False(IsRead(mapping));
        Assert.False(Fits(mapping));
    }

    [Fact]
    public void No_editor_underlines_what_is_read()
    {
        var read = 0;
        for (var seed = 0; seed < 5_000; seed++)
            if (MutatedJson.Of(Whole, seed) is var mutated && IsJson(mutated) && IsRead(mutated))
            {
                read++;
                Assert.True(Fits(mutated), $"seed {seed}: {mutated}");
            }
        Assert.True(read > 100, $"{read} of the changed mappings are read");
    }

    private static bool IsJson(string text)
    {
        try
        {
            using var document = JsonDocument.Parse(text);
            return true;
        }
        catch (JsonException)
        {
            return false;
        }
    }
}
