namespace Stockgate.Domain.Events;

/// <summary>The SKUs that an event names.</summary>
public static class EventSkus
{
    /// <summary>Each once; none where the event names none.</summary>
    public static IEnumerable<Sku> Of(ChannelEvent said) =>
        said switch
        {
            SkuEvent one => [one.Sku],
            OrderPlaced placed => Of(placed.Lines),
            OrderRefunded refunded => Of(refunded.Lines),
            OrderAllocated allocated => Of(allocated.Lines),
            OrderShipped shipped => Of(shipped.Lines),
            OrderPicked picked => Of([.. picked.Lines, .. picked.Short]),
            OrderSubstituted substituted => [substituted.From, substituted.To],
            CapacityConfirmed confirmed => [confirmed.Sku],
            AllocationReported reported => [reported.Sku],
            _ => [],
        };

    private static IEnumerable<Sku> Of(IReadOnlyList<OrderLine> lines) => lines.Select(static l => l.Sku).Distinct();

    private static IEnumerable<Sku> Of(IReadOnlyList<AllocatedLine> lines) => lines.Select(static l => l.Sku).Distinct();
}
