using System.Text.Json;
using Stockgate.Domain.Ingest.Mapping;

namespace Stockgate.Domain.Tests.Ingest.Mapping;

/// <summary>Mappings and deliveries in short.</summary>
internal static class Mapped
{
    public const string Count = "stockgate.stock.counted.v1";

    /// <summary>A mapping of one rule that counts stock, with one field of its data written as it is tested.</summary>
    public static string Counting(string field, string value)
    {
        var fields = new Dictionary<string, string>
        {
            ["sku"] = "\"MUG\"",
            ["location"] = "\"L1\"",
            ["quantity"] = "1",
            [field] = value,
        };
        var data = string.Join(',', fields.Select(static f => $"\"{f.Key}\":{f.Value}"));
        return $$$"""{"events":[{"type":"stockgate.stock.counted.v1","id":{"@join":["c:","$.id"]},"time":"2026-02-28T10:00:00Z","data":{{{{data}}} }}]}""";
    }

    public static DeliveryMapping Mapping(string json)
    {
        using var document = JsonDocument.Parse(json);
        return DeliveryMapping.Read(document.RootElement);
    }

    public static IReadOnlyList<MappedRecord> Records(string mapping, string body)
    {
        using var document = JsonDocument.Parse(body);
        return Mapping(mapping).Translate(document.RootElement.Clone(), Given.Channel, Given.Now);
    }

    public static StockCounted Counted(string mapping, string body)
    {
        var translation = Assert.Single(Records(mapping, body)).Translation;
        Assert.Null(translation.Rejection);
        return Assert.IsType<StockCounted>(Assert.Single(translation.Events).Data);
    }

    public static Rejection Rejected(string mapping, string body) =>
        Assert.IsType<Rejection>(Assert.Single(Records(mapping, body)).Translation.Rejection);

    public static Rejection Mistake(string mapping) => Assert.Throws<MappingMistakeException>(() => Mapping(mapping)).Rejection;
}
