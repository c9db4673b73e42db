using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions;

/// <summary>Source-generated JSON of promotions. A discount's <c>kind</c> may stand anywhere in it: not every sender can order its fields.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull, AllowOutOfOrderMetadataProperties = true)]
[JsonSerializable(typeof(PromotionRequest))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(PromotionMargin))]
public sealed partial class PromotionsJson : JsonSerializerContext;
