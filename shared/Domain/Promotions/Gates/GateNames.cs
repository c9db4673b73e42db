using System.Collections.Frozen;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>The gates by name. The names are stable: they are stored, linked to and overridden by.</summary>
public static class GateNames
{
    public const string Eligibility = "eligibility",
        Window = "window",
        Conflicts = "conflicts",
        PriceFloor = "price-floor",
        Margin = "margin",
        Funding = "funding",
        Stock = "stock",
        SupplierCapacity = "supplier-capacity",
        Freshness = "freshness",
        Replenishment = "replenishment",
        Allocation = "allocation",
        Stores = "stores",
        Channels = "channels",
        Approval = "approval";

    /// <summary>Every gate, in the order in which a merchandiser meets them. A promotion launches when each of them is green.</summary>
    public static IReadOnlyList<string> All { get; } =
    [
        Eligibility,
        Window,
        Conflicts,
        PriceFloor,
        Margin,
        Funding,
        Stock,
        SupplierCapacity,
        Freshness,
        Replenishment,
        Allocation,
        Stores,
        Channels,
        Approval,
    ];

    // A recall and a legal floor are nobody's to waive.
    private static readonly FrozenSet<string> Final = FrozenSet.Create(StringComparer.Ordinal, Eligibility, PriceFloor);

    /// <summary>Whether a gate can be overridden.</summary>
    public static bool CanBeOverridden(string gate) => !Final.Contains(gate);
}
