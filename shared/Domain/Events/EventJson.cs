using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>Source-generated JSON of the canonical model: camel case, unknown members passed over, numbers also as texts.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    MaxDepth = Limits.JsonDepth,
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull,
    RespectNullableAnnotations = true
)]
[JsonSerializable(typeof(ProductUpdated))]
[JsonSerializable(typeof(PriceChanged))]
[JsonSerializable(typeof(StockCounted))]
[JsonSerializable(typeof(StockMoved))]
[JsonSerializable(typeof(OrderPlaced))]
[JsonSerializable(typeof(OrderCancelled))]
[JsonSerializable(typeof(OrderRefunded))]
[JsonSerializable(typeof(OrderAllocated))]
[JsonSerializable(typeof(OrderShipped))]
[JsonSerializable(typeof(OrderDelivered))]
[JsonSerializable(typeof(OrderPicked))]
[JsonSerializable(typeof(OrderHeld))]
[JsonSerializable(typeof(OrderAddressChanged))]
[JsonSerializable(typeof(OrderSubstituted))]
[JsonSerializable(typeof(OrderPaid))]
[JsonSerializable(typeof(OrderPosted))]
[JsonSerializable(typeof(OrderActionAnswered))]
[JsonSerializable(typeof(CompetitorPriceObserved))]
[JsonSerializable(typeof(SupplierConfirmed))]
[JsonSerializable(typeof(SupplierShipped))]
[JsonSerializable(typeof(SupplierCost))]
[JsonSerializable(typeof(ChannelAnswered))]
[JsonSerializable(typeof(ChannelReadyReported))]
[JsonSerializable(typeof(FundingConfirmed))]
[JsonSerializable(typeof(CapacityConfirmed))]
[JsonSerializable(typeof(StoreTaskReported))]
[JsonSerializable(typeof(AllocationReported))]
[JsonSerializable(typeof(ClaimPaid))]
[JsonSerializable(typeof(PriceObserved))]
[JsonSerializable(typeof(PriceAnswered))]
public sealed partial class EventJson : JsonSerializerContext;
