using Stockgate.Domain;
using Stockgate.Domain.Promotions;

namespace Stockgate.Platform.Promotions.Launch;

/// <summary>A task that a store has to finish before a promotion starts.</summary>
public sealed record AnnouncedTask(LocationId Store, string Task, DateTimeOffset DueAt);

/// <summary>Units that a warehouse is asked to allocate.</summary>
public sealed record AllocationRequest(Sku Sku, RegionId Region, Quantity Units);

/// <summary>
/// The announcement that lets a channel prepare: <c>stockgate.promotion.announce.v1</c>. Prices come later, with prepare.
/// </summary>
public sealed record AnnouncementMessage
{
    public const string TypeName = "stockgate.promotion.announce.v1";

    public required string Type { get; init; }

    public required PromotionId Promotion { get; init; }

    /// <summary>Number of the terms: a later one takes an earlier one's place.</summary>
    public required int Terms { get; init; }

    public required SalesChannelId Channel { get; init; }

    public required string Name { get; init; }

    public required DateTimeOffset Start { get; init; }

    public required DateTimeOffset End { get; init; }

    public required Discount Discount { get; init; }

    public required IReadOnlyList<Sku> Items { get; init; }

    public required IReadOnlyList<PromotionRegion> Regions { get; init; }

    /// <summary>The readiness task, to be reported with <c>stockgate.promotion.channel-ready.v1</c>; null if nothing is asked.</summary>
    public string? Needs { get; init; }

    /// <summary>For the tills' system, to be reported with <c>stockgate.promotion.store-task.v1</c>.</summary>
    public IReadOnlyList<AnnouncedTask> Tasks { get; set; } = [];

    /// <summary>For the warehouses' system, to be reported with <c>stockgate.promotion.allocated.v1</c>.</summary>
    public IReadOnlyList<AllocationRequest> Allocations { get; set; } = [];
}
