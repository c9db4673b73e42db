using System.Text.Json;
using System.Text.Json.Serialization;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Domain.Promotions.Launch;

namespace Stockgate.Domain.Promotions;

/// <summary>
/// Source-generated JSON of promotions. A discount's <c>kind</c> may stand anywhere in it: not every sender can order its fields.
/// </summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true
)]
[JsonSerializable(typeof(PromotionRequest))]
[JsonSerializable(typeof(Promotion))]
[JsonSerializable(typeof(BudgetState))]
[JsonSerializable(typeof(PromotionMargin))]
[JsonSerializable(typeof(GateBoard))]
[JsonSerializable(typeof(LaunchPlan))]
[JsonSerializable(typeof(ChannelMessage))]
public sealed partial class PromotionsJson : JsonSerializerContext;
