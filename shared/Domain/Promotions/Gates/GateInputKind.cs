using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>A kind of thing that gates look at.</summary>
[JsonConverter(typeof(NamedEnumConverter<GateInputKind>))]
public enum GateInputKind
{
    /// <summary>The promotion's own items, channels, regions or window.</summary>
    Request,
    Catalog,
    Calendar,
    OtherPromotions,
    Prices,
    Costs,
    Funding,
    Stock,
    Demand,
    Inbound,
    SupplierCapacity,
    PurchaseOrders,
    Allocations,
    StoreTasks,
    ChannelReadiness,
    Approvals,

    /// <summary>Time passed, and nothing else.</summary>
    Clock,
}

/// <summary>Which gates have to be judged again when something changes.</summary>
public static class GateInputs
{
    public static IReadOnlyList<string> GatesOf(GateInputKind changed) =>
        changed switch
        {
            GateInputKind.Request => GateNames.All,
            GateInputKind.Catalog => [GateNames.Eligibility],
            GateInputKind.Calendar => [GateNames.Window],
            GateInputKind.OtherPromotions => [GateNames.Conflicts],
            // A price moves the discount's depth and amount, and with them who has to approve.
            GateInputKind.Prices => [GateNames.PriceFloor, GateNames.Margin, GateNames.Approval],
            GateInputKind.Costs => [GateNames.Margin, GateNames.Approval],
            GateInputKind.Funding => [GateNames.Margin, GateNames.Funding, GateNames.Approval],
            GateInputKind.Stock => [GateNames.Stock, GateNames.SupplierCapacity, GateNames.Freshness, GateNames.Replenishment],
            GateInputKind.Demand =>
            [
                GateNames.Margin,
                GateNames.Funding,
                GateNames.Stock,
                GateNames.SupplierCapacity,
                GateNames.Replenishment,
                GateNames.Allocation,
                GateNames.Approval,
            ],
            GateInputKind.Inbound => [GateNames.Stock, GateNames.SupplierCapacity, GateNames.Replenishment],
            GateInputKind.SupplierCapacity => [GateNames.SupplierCapacity],
            GateInputKind.PurchaseOrders => [GateNames.Stock, GateNames.SupplierCapacity, GateNames.Replenishment],
            GateInputKind.Allocations => [GateNames.Allocation],
            GateInputKind.StoreTasks => [GateNames.Stores],
            GateInputKind.ChannelReadiness => [GateNames.Window, GateNames.Channels],
            GateInputKind.Approvals => [GateNames.Approval],
            // Lead times shrink, figures age and deliveries fall due without anybody's doing.
            GateInputKind.Clock =>
            [
                GateNames.Window,
                GateNames.Funding,
                GateNames.Stock,
                GateNames.SupplierCapacity,
                GateNames.Freshness,
                GateNames.Stores,
                GateNames.Channels,
            ],
            _ => throw new ArgumentOutOfRangeException(nameof(changed), changed, "Unknown kind of input."),
        };
}
