using System.Runtime.CompilerServices;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;

namespace Stockgate.Domain.Orders;

/// <summary>
/// What an order does to the stock ledger: a function of its document. Every entry is absolute and carries the document's revision.
/// </summary>
public static class StockPostings
{
    /// <summary>
    /// What has to be posted after an event: the entries that changed, or, where the event had been applied before, all of them. In that
    /// case an earlier try may have ended between writing the document and sending the entries; posting one twice changes nothing.
    /// </summary>
    public static IReadOnlyList<StockEntry> After(OrderDocument before, OrderDocument after)
    {
        var entries = Of(after);
        if (ReferenceEquals(before, after) || before.Revision == 0)
            return entries;
        var known = Of(before).ToDictionary(PlaceOf);
        return [.. entries.Where(e => !known.TryGetValue(PlaceOf(e), out var old) || !e.SaysTheSameAs(old))];
    }

    /// <summary>Every entry of the order, those that it took back among them.</summary>
    public static IReadOnlyList<StockEntry> Of(OrderDocument order) =>
        [.. Said(order), .. order.Withdrawn.Select(e => e with { Version = order.Revision })];

    /// <summary>What the order posted before and does not say any more, at zero.</summary>
    internal static IReadOnlyList<StockEntry> Withdrawn(OrderDocument before, OrderDocument after)
    {
        var said = Said(after).Select(PlaceOf).ToHashSet();
        return
        [
            .. Of(before)
                .Where(e => !said.Contains(PlaceOf(e)))
                .Select(static e =>
                    e with
                    {
                        Version = 1,
                        Stock = Quantity.Zero,
                        Units = Quantity.Zero,
                        Net = 0,
                        Reserved = Quantity.Zero,
                    }
                ),
        ];
    }

    // A ledger page holds one month: the same id in another month is another entry.
    private static (Sku, LocationId, string, int) PlaceOf(StockEntry entry) => (entry.Sku, entry.Location, entry.Id, entry.Month);

    // What one event left is what the next one finds: of thousands of events of an order each would else work it out four times.
    private static readonly ConditionalWeakTable<OrderDocument, List<StockEntry>> WorkedOut = [];

    private static List<StockEntry> Said(OrderDocument order) => WorkedOut.GetValue(order, static o => WorkOut(o));

    private static List<StockEntry> WorkOut(OrderDocument order)
    {
        var entries = new List<StockEntry>();
        if (order.Placed?.Said.Test == true)
            return entries;
        if (order.Placed is { } placed)
            AddPlaced(entries, order, placed);
        foreach (var shipment in order.Parcels())
        foreach (var (at, units) in Sum(shipment.Said.Lines, static l => (l.Sku, l.Location), static l => l.Quantity))
            entries.Add(
                Entry(order, at, $"shipment:{Part(order)}/{shipment.Said.ShipmentId}", shipment.At, EntryKind.Shipment) with
                {
                    Stock = -units,
                }
            );
        var called = CalledOffUnits.ByRefund(order);
        foreach (var refund in order.Refunds)
            AddRefund(entries, order, refund, called);
        return entries;
    }

    private static void AddPlaced(List<StockEntry> entries, OrderDocument order, Fact<OrderPlaced> placed)
    {
        var immediate = placed.Said.Fulfilment == Fulfilment.Immediate;
        var holds = order.Cancelled is not null && order.Status() == OrderStatus.Cancelled;
        foreach (var (at, units, net) in Sold(order.Lines(), line => StockAt(placed.Said, line)))
        {
            var sold = Entry(
                order,
                at,
                $"{(immediate ? "sale" : "demand")}:{order.OrderId}",
                placed.At,
                immediate ? EntryKind.Sale : EntryKind.Demand
            );
            entries.Add(
                sold with
                {
                    Stock = immediate ? -units : Quantity.Zero,
                    Units = units,
                    Net = net,
                    Currency = placed.Said.Currency,
                }
            );
            // Zero where the goods left after all: the entry that an earlier cancellation posted is taken back by it.
            if (order.Cancelled is not { } cancelled || immediate)
                continue;
            entries.Add(
                Entry(order, at, $"cancellation:{order.OrderId}", cancelled.At, EntryKind.Cancellation) with
                {
                    Units = holds ? units : Quantity.Zero,
                    Net = holds ? net : 0,
                    Currency = placed.Said.Currency,
                }
            );
        }
        // Each change has its own time, so that a count can use the reservations at its time.
        foreach (var hold in HoldHistory.Of(order))
        {
            var id = hold.At == placed.At ? $"reservation:{Part(order)}" : $"reservation:{Part(order)}/{hold.At.UtcTicks}";
            entries.Add(Entry(order, (hold.Sku, hold.Location), id, hold.At, EntryKind.Reservation) with { Reserved = hold.Units });
        }
    }

    private static void AddRefund(
        List<StockEntry> entries,
        OrderDocument order,
        Fact<OrderRefunded> refund,
        IReadOnlyDictionary<(string RefundId, Sku Sku), Quantity> called
    )
    {
        var location = refund.Said.RestockedAt ?? order.Placed?.Said.Location ?? LocationId.Unassigned;
        foreach (var (at, units, net) in Sold(refund.Said.Lines, line => line.Location ?? location))
        {
            // Only what had left can have come back, and what had not left was no return.
            var left = Quantity.Max(Quantity.Zero, units - called.GetValueOrDefault((refund.Said.RefundId, at.Item1)));
            var kind = left == Quantity.Zero ? EntryKind.Cancellation : EntryKind.Return;
            // An order cancelled as a whole says it once: the refund that follows pays back units that are counted as cancelled already.
            // Figures of two currencies are no sum of a day.
            var foreign = refund.Said.Currency != order.Currency();
            var counted = refund.Said.Unshipped && order.Cancelled is not null && order.Status() == OrderStatus.Cancelled;
            entries.Add(
                Entry(order, at, $"refund:{Part(order)}/{refund.Said.RefundId}", refund.At, kind) with
                {
                    Stock = refund.Said.RestockedAt is null ? Quantity.Zero : left,
                    Units = counted ? Quantity.Zero : units,
                    Net = counted || foreign ? 0 : net,
                    Currency = foreign ? order.Currency() : refund.Said.Currency,
                }
            );
        }
    }

    // Shipment 1 of order A/2 is not shipment 2/1 of order A.
    private static string Part(OrderDocument order) =>
        order.OrderId.Value.Replace("%", "%25", StringComparison.Ordinal).Replace("/", "%2F", StringComparison.Ordinal);

    /// <summary>Where a line's stock is taken from before the order is allocated.</summary>
    internal static LocationId StockAt(OrderPlaced order, OrderLine line) => line.Location ?? order.Location ?? LocationId.Unassigned;

    private static StockEntry Entry(
        OrderDocument order,
        (Sku Sku, LocationId Location) at,
        string id,
        DateTimeOffset when,
        EntryKind kind
    ) =>
        new()
        {
            Sku = at.Sku,
            Location = at.Location,
            Id = id,
            Version = order.Revision,
            At = when,
            Kind = kind,
        };

    // Lines of one thing are one entry: two lines that are alike to the letter are two sales, and both are in the sum.
    private static IEnumerable<((Sku, LocationId) At, Quantity Units, decimal Net)> Sold(
        IReadOnlyList<OrderLine> lines,
        Func<OrderLine, LocationId> location
    )
    {
        var sums = new Dictionary<(Sku, LocationId), (Quantity Units, decimal Net)>(lines.Count);
        foreach (var line in lines)
        {
            var sum = sums.GetValueOrDefault((line.Sku, location(line)));
            sums[(line.Sku, location(line))] = (sum.Units + line.Quantity, sum.Net + line.Amount);
        }
        return sums.Select(s => (s.Key, s.Value.Units, s.Value.Net));
    }

    internal static Dictionary<TKey, Quantity> Sum<TLine, TKey>(
        IEnumerable<TLine> lines,
        Func<TLine, TKey> key,
        Func<TLine, Quantity> units
    )
        where TKey : notnull
    {
        var sums = new Dictionary<TKey, Quantity>();
        foreach (var line in lines)
            sums[key(line)] = sums.GetValueOrDefault(key(line)) + units(line);
        return sums;
    }
}
