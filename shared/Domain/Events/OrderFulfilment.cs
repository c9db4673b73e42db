using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>The order was allocated to locations. Replaces an earlier allocation. <c>stockgate.order.allocated.v1</c></summary>
public sealed record OrderAllocated : OrderEvent
{
    public required IReadOnlyList<AllocatedLine> Lines { get; init; }

    public override Rejection? Check() => Rules.Lines(Lines, static (line, field) => Rules.Positive($"{field}.quantity", line.Quantity));
}

/// <summary>Units of a SKU that a location is to ship, or has shipped.</summary>
public sealed record AllocatedLine
{
    public required Sku Sku { get; init; }

    public required LocationId Location { get; init; }

    public required Quantity Quantity { get; init; }
}

/// <summary>A parcel left a location. <c>stockgate.order.shipped.v1</c></summary>
public sealed record OrderShipped : OrderEvent
{
    /// <summary>The shipment's number at its source; unique within the order.</summary>
    public required string ShipmentId { get; init; }

    public required IReadOnlyList<AllocatedLine> Lines { get; init; }

    /// <summary>The shipment was cancelled; the newer event wins.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public bool Cancelled { get; init; }

    public override Rejection? Check() =>
        Rules.Text("shipmentId", ShipmentId)
        ?? Rules.Lines(Lines, static (line, field) => Rules.Positive($"{field}.quantity", line.Quantity));
}

/// <summary>A parcel reached the customer. <c>stockgate.order.delivered.v1</c></summary>
public sealed record OrderDelivered : OrderEvent
{
    public required string ShipmentId { get; init; }

    public override Rejection? Check() => Rules.Text("shipmentId", ShipmentId);
}
