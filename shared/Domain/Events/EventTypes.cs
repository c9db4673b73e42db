using System.Collections.Frozen;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;

namespace Stockgate.Domain.Events;

/// <summary>The versioned event types of the canonical model, and how their data reads in JSON.</summary>
public static class EventTypes
{
    /// <summary>Every type of ours begins so.</summary>
    public const string Prefix = "stockgate.";

    /// <summary>
    /// Entries for the stock ledger that an order's projection sends to the buckets of its SKUs. Never accepted from outside.
    /// </summary>
    public const string StockPosted = "stockgate.stock.posted.v1";

    private static readonly FrozenDictionary<string, JsonTypeInfo> ByName = new Dictionary<string, JsonTypeInfo>
    {
        ["stockgate.product.updated.v1"] = EventJson.Default.ProductUpdated,
        ["stockgate.price.changed.v1"] = EventJson.Default.PriceChanged,
        ["stockgate.stock.counted.v1"] = EventJson.Default.StockCounted,
        ["stockgate.stock.moved.v1"] = EventJson.Default.StockMoved,
        ["stockgate.order.placed.v1"] = EventJson.Default.OrderPlaced,
        ["stockgate.order.cancelled.v1"] = EventJson.Default.OrderCancelled,
        ["stockgate.order.refunded.v1"] = EventJson.Default.OrderRefunded,
        ["stockgate.order.allocated.v1"] = EventJson.Default.OrderAllocated,
        ["stockgate.order.shipped.v1"] = EventJson.Default.OrderShipped,
        ["stockgate.order.delivered.v1"] = EventJson.Default.OrderDelivered,
        ["stockgate.order.picked.v1"] = EventJson.Default.OrderPicked,
        ["stockgate.order.held.v1"] = EventJson.Default.OrderHeld,
        ["stockgate.order.address-changed.v1"] = EventJson.Default.OrderAddressChanged,
        ["stockgate.order.substituted.v1"] = EventJson.Default.OrderSubstituted,
        ["stockgate.order.paid.v1"] = EventJson.Default.OrderPaid,
        ["stockgate.order.posted.v1"] = EventJson.Default.OrderPosted,
        ["stockgate.order.action-answered.v1"] = EventJson.Default.OrderActionAnswered,
        ["stockgate.competitor.price-observed.v1"] = EventJson.Default.CompetitorPriceObserved,
        ["stockgate.supplier.confirmed.v1"] = EventJson.Default.SupplierConfirmed,
        ["stockgate.supplier.shipped.v1"] = EventJson.Default.SupplierShipped,
        ["stockgate.supplier.cost.v1"] = EventJson.Default.SupplierCost,
        ["stockgate.promotion.channel-answered.v1"] = EventJson.Default.ChannelAnswered,
        ["stockgate.promotion.channel-ready.v1"] = EventJson.Default.ChannelReadyReported,
        ["stockgate.promotion.funding-confirmed.v1"] = EventJson.Default.FundingConfirmed,
        ["stockgate.promotion.capacity-confirmed.v1"] = EventJson.Default.CapacityConfirmed,
        ["stockgate.promotion.store-task.v1"] = EventJson.Default.StoreTaskReported,
        ["stockgate.promotion.allocated.v1"] = EventJson.Default.AllocationReported,
        ["stockgate.promotion.claim-paid.v1"] = EventJson.Default.ClaimPaid,
        ["stockgate.price.observed.v1"] = EventJson.Default.PriceObserved,
        ["stockgate.price.channel-answered.v1"] = EventJson.Default.PriceAnswered,
    }.ToFrozenDictionary(StringComparer.Ordinal);

    private static readonly FrozenDictionary<Type, string> ByType = ByName.ToFrozenDictionary(t => t.Value.Type, t => t.Key);

    private static readonly EventJson StrictJson = new(
        new JsonSerializerOptions(EventJson.Default.Options) { UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow }
    );

    /// <summary>The same form, which refuses a member that it does not have.</summary>
    public static JsonTypeInfo Strict(JsonTypeInfo form) => StrictJson.Options.GetTypeInfo(form.Type);

    public static IEnumerable<string> Names => ByName.Keys.Order(StringComparer.Ordinal);

    public static string NameOf(ChannelEvent data) => ByType[data.GetType()];

    /// <summary>The data as canonical JSON: two events that say the same are the same bytes.</summary>
    public static byte[] TextOf(ChannelEvent data) => JsonSerializer.SerializeToUtf8Bytes(data, ByName[NameOf(data)]);

    public static JsonTypeInfo? Find(string name) => ByName.GetValueOrDefault(name);
}
