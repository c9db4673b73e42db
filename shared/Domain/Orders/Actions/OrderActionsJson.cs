using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Source-generated JSON of order actions.</summary>
[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(OrderActionRequest))]
[JsonSerializable(typeof(OrderActionReview))]
[JsonSerializable(typeof(OrderActionMessage))]
[JsonSerializable(typeof(EarlierAction))]
[JsonSerializable(typeof(OrderActionRecord))]
public sealed partial class OrderActionsJson : JsonSerializerContext;
