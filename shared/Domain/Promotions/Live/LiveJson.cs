using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Live;

/// <summary>Source-generated JSON of what is seen and decided while a promotion is live.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    AllowOutOfOrderMetadataProperties = true
)]
[JsonSerializable(typeof(Anomaly))]
[JsonSerializable(typeof(SellThrough))]
[JsonSerializable(typeof(RecommendedAction))]
[JsonSerializable(typeof(ActionDecision))]
[JsonSerializable(typeof(ActionPolicy))]
[JsonSerializable(typeof(MonitorLimits))]
[JsonSerializable(typeof(BudgetAccount))]
[JsonSerializable(typeof(ClaimAnswer))]
public sealed partial class LiveJson : JsonSerializerContext;
