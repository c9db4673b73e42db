using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders;

/// <summary>Where an order stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Events arrived before the placement, which is still in transit.</summary>
    Announced,

    /// <summary>A refund that names no order.</summary>
    CreditNote,
    Placed,
    Allocated,
    PartlyShipped,
    Shipped,
    Delivered,
    Cancelled,
}
