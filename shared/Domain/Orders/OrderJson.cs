using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders;

/// <summary>JSON of an order as it is stored.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    MaxDepth = Limits.JsonDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(OrderDocument))]
public sealed partial class OrderJson : JsonSerializerContext;
