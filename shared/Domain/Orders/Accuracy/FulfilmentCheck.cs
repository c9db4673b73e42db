using System.Text.Json.Serialization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>What is wrong with a fulfilment.</summary>
[JsonConverter(typeof(NamedEnumConverter<FulfilmentFault>))]
public enum FulfilmentFault
{
    /// <summary>A pick did not find it, and nothing has taken its place since.</summary>
    ShortPick,

    /// <summary>Fewer left than were ordered, and no more are to come.</summary>
    Short,

    /// <summary>More were picked or left than were ordered.</summary>
    Over,

    /// <summary>It was not ordered, or was to be replaced.</summary>
    WrongItem,

    /// <summary>The promised time is over, or was when the last parcel arrived.</summary>
    Late,
}

/// <summary>One finding.</summary>
/// <param name="Fault">What.</param>
/// <param name="Sku">Null if it is about the order as a whole.</param>
/// <param name="Units">Units at fault; the open ones with <see cref="FulfilmentFault.Late"/>.</param>
/// <param name="Words">For a person.</param>
public sealed record FulfilmentFinding(FulfilmentFault Fault, Sku? Sku, Quantity Units, string Words);

/// <summary>Compares the order with its picks, shipments and deliveries.</summary>
public static class FulfilmentCheck
{
    /// <summary>Everything that is wrong as of now; empty if all is well or still on its way in time.</summary>
    public static IReadOnlyList<FulfilmentFinding> Of(OrderDocument order, DateTimeOffset now)
    {
        if (order.Placed?.Said is not { Fulfilment: Fulfilment.Open, Test: false } placed)
            return [];
        var (findings, status, units) = (new List<FulfilmentFinding>(), order.Status(), Actions.OrderUnits.Of(order, []));
        var notFound = order
            .NotFound()
            .GroupBy(static n => n.Key.Sku)
            .ToDictionary(static g => g.Key, static g => g.Sum(static n => n.Value.Value));
        foreach (var (sku, article) in units.All)
        {
            // A cancelled order awaits nothing; of goods that left all the same everything is too much.
            var awaited = status == OrderStatus.Cancelled ? 0 : Math.Max(0, (article.Ordered - article.CalledOff).Value);
            var left = Math.Max(article.Picked.Value, article.Shipped.Value);
            if (left > 0 && article.Ordered == Quantity.Zero)
                findings.Add(
                    new(
                        FulfilmentFault.WrongItem,
                        sku,
                        new(left),
                        $"{left:0.###} of {sku} {(left == 1 ? "was" : "were")} {(article.Shipped > Quantity.Zero ? "shipped" : "picked")}; the order does not contain it."
                    )
                );
            else if (article.Shipped.Value > awaited)
                findings.Add(
                    new(
                        FulfilmentFault.Over,
                        sku,
                        new(article.Shipped.Value - awaited),
                        $"{article.Shipped} of {sku} were shipped, {awaited:0.###} are ordered."
                    )
                );
            else if (article.Picked.Value > awaited && awaited > 0)
                findings.Add(
                    new(
                        FulfilmentFault.Over,
                        sku,
                        new(article.Picked.Value - awaited),
                        $"{article.Picked} of {sku} were picked, {awaited:0.###} are ordered."
                    )
                );
            var missing = awaited - left;
            // Cancelled after a parcel was shipped: the rest is not awaited.
            if (missing <= 0 || order.Cancelled is not null)
                continue;
            if (Done(status))
                findings.Add(
                    new(
                        FulfilmentFault.Short,
                        sku,
                        new(awaited - article.Shipped.Value),
                        $"{article.Shipped} of {awaited:0.###} {sku} were shipped, although the total number of shipped units equals the number ordered."
                    )
                );
            else if (notFound.GetValueOrDefault(sku) is > 0 and var sought)
                findings.Add(
                    new(
                        FulfilmentFault.ShortPick,
                        sku,
                        new(Math.Min(missing, sought)),
                        $"{Math.Min(missing, sought):0.###} of {sku} were not found; {left:0.###} of {awaited:0.###} were."
                    )
                );
        }
        if (
            Late(order, placed, status, units.All.Sum(static a => Math.Max(0, (a.Value.Ordered - a.Value.CalledOff).Value)), now) is
            { } late
        )
            findings.Add(late);
        return findings;
    }

    /// <summary>When the last parcel arrived; null while one is in progress or still to come.</summary>
    public static DateTimeOffset? CompletedAt(OrderDocument order) =>
        order.Placed?.Said.Fulfilment == Fulfilment.Immediate ? order.Placed.At
        : order.Status() == OrderStatus.Delivered && order.Deliveries.Count > 0 ? order.Deliveries.Max(static d => d.At)
        : null;

    // As many units as ordered were shipped: the missing units of one article left as another.
    private static bool Done(OrderStatus status) => status is OrderStatus.Shipped or OrderStatus.Delivered;

    private static FulfilmentFinding? Late(OrderDocument order, OrderPlaced placed, OrderStatus status, decimal awaited, DateTimeOffset now)
    {
        if (placed.PromisedBy is not { } promised || status == OrderStatus.Cancelled)
            return null;
        var at = CompletedAt(order);
        if ((at ?? now) <= promised)
            return null;
        var open = Math.Max(
            0,
            awaited
                - order
                    .Parcels()
                    .Where(s => order.Deliveries.Any(d => d.Said.ShipmentId == s.Said.ShipmentId))
                    .Sum(static s => s.Said.Lines.Sum(static l => l.Quantity.Value))
        );
        return new(
            FulfilmentFault.Late,
            null,
            new(open),
            at is { } arrived
                ? $"Promised by {promised:u}, arrived {arrived:u}."
                : $"Promised by {promised:u}; {Plural.Of(open, "unit has", "units have")} not arrived."
        );
    }
}
