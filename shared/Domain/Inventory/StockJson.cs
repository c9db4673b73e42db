using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Inventory;

/// <summary>JSON of ledger entries on their way from an order to its SKUs.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    MaxDepth = Limits.JsonDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(StockEntry[]))]
public sealed partial class StockJson : JsonSerializerContext;
