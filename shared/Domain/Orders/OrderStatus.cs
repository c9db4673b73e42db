using System.Text.Json.Serialization;

namespace Stockgate.Domain.Orders;

/// <summary>Where an order stands.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<OrderStatus>))]
public enum OrderStatus
{
    /// <summary>Something was said about an order that was not placed yet: its first event is still on the way.</summary>
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
