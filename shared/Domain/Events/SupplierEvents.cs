using System.Text.Json.Serialization;

namespace Stockgate.Domain.Events;

/// <summary>What a supplier said of a line of a purchase order.</summary>
[JsonConverter(typeof(NamedEnumConverter<SupplierAnswer>))]
public enum SupplierAnswer
{
    /// <summary>It delivers what was ordered.</summary>
    Accepted,

    /// <summary>It delivers another quantity or on another day.</summary>
    Changed,

    /// <summary>It does not deliver it; the quantity is 0.</summary>
    Rejected,
}

/// <summary>A supplier's confirmation of a delivery. <c>stockgate.supplier.confirmed.v1</c></summary>
public sealed record SupplierConfirmed : SkuEvent
{
    public required SupplierId Supplier { get; init; }

    public required string PurchaseOrder { get; init; }

    public required LocationId Location { get; init; }

    public required Quantity Quantity { get; init; }

    public required DateTimeOffset DueAt { get; init; }

    /// <summary>Null where the source does not say it.</summary>
    public SupplierAnswer? Answer { get; init; }

    public override Rejection? Check() =>
        Rules.Text("purchaseOrder", PurchaseOrder) ?? Rules.NotNegative("quantity", Quantity.Value) ?? Rules.Moment("dueAt", DueAt);
}

/// <summary>Goods that a supplier despatched: a part of an order or all of it. <c>stockgate.supplier.shipped.v1</c></summary>
public sealed record SupplierShipped : SkuEvent
{
    public required SupplierId Supplier { get; init; }

    public required string PurchaseOrder { get; init; }

    public required LocationId Location { get; init; }

    /// <summary>The supplier's number of the shipment.</summary>
    public required string Shipment { get; init; }

    public required Quantity Quantity { get; init; }

    /// <summary>When it is expected.</summary>
    public required DateTimeOffset DueAt { get; init; }

    public DateTimeOffset? ShippedAt { get; init; }

    public override Rejection? Check() =>
        Rules.Text("purchaseOrder", PurchaseOrder)
        ?? Rules.Text("shipment", Shipment)
        ?? Rules.NotNegative("quantity", Quantity.Value)
        ?? Rules.Moment("dueAt", DueAt)
        ?? (ShippedAt is { } shipped ? Rules.Moment("shippedAt", shipped) : null);
}

/// <summary>What a supplier asks for a unit. <c>stockgate.supplier.cost.v1</c></summary>
public sealed record SupplierCost : SkuEvent
{
    public required SupplierId Supplier { get; init; }

    public required decimal UnitCost { get; init; }

    public required Currency Currency { get; init; }

    /// <summary>From when it holds; null: from the event's time.</summary>
    public DateTimeOffset? From { get; init; }

    public override Rejection? Check() => Rules.NotNegative("unitCost", UnitCost) ?? (From is { } from ? Rules.Moment("from", from) : null);
}
