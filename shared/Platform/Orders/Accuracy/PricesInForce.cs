using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Platform.Orders.Accuracy;

/// <summary>Which unit prices were in force when an order was placed.</summary>
internal static class PricesInForce
{
    /// <summary>How long before now an order may have been placed to be compared with prices.</summary>
    public static readonly TimeSpan Back = TimeSpan.FromDays(30);

    // As far as OrderTroubles takes two prices for one.
    private const decimal Tolerance = 0.01m;

    /// <returns>By article; one of which it can't be said is not there: its price changed since, it has none, or a discount that the
    /// order names explains the difference.</returns>
    public static async Task<IReadOnlyDictionary<Sku, decimal>> OfAsync(
        OrderDocument order,
        DateTimeOffset now,
        CareRun run,
        CancellationToken cancellationToken
    )
    {
        var prices = new Dictionary<Sku, decimal>();
        if (order.Placed is not { } placed || placed.At < now - Back)
            return prices;
        foreach (var lines in placed.Said.Lines.GroupBy(static l => l.Sku))
        {
            var offers = await OffersAsync(lines.Key, order, now, run, cancellationToken);
            var regular = await RegularAsync(lines.Key, order, run, cancellationToken);
            // With several regional prices and an unknown region, the price nearest to the paid one is used.
            var found = lines
                .Select(line =>
                    InForce(offers.Own ?? [.. offers.Others, .. regular], line, offers.Own is null && regular.Contains(line.UnitPrice))
                )
                .OfType<(decimal Price, bool Paid)>()
                .ToList();
            if (found.Exists(static f => !f.Paid))
                prices[lines.Key] = found.First(static f => !f.Paid).Price;
            // Two lines that are both right, one in a promotion and one not, have no price in common.
            else if (found.Count == lines.Count() && found.Select(static f => f.Price).Distinct().Count() == 1)
                prices[lines.Key] = found[0].Price;
        }
        return prices;
    }

    private static (decimal Price, bool Paid)? InForce(IReadOnlyList<decimal> candidates, OrderLine line, bool discountExplains)
    {
        if (candidates.Count == 0 || (line.Discount > 0 && discountExplains))
            return null;
        var paid = line.Amount / line.Quantity.Value;
        var nearest = candidates.MinBy(c => Math.Abs(c - paid));
        return (nearest, Math.Abs(nearest - paid) <= Tolerance);
    }

    // A promotion in the order's own channel, everywhere, is the price there; elsewhere and in regions it is one that may have been.
    private static async Task<(List<decimal>? Own, List<decimal> Others)> OffersAsync(
        Sku sku,
        OrderDocument order,
        DateTimeOffset now,
        CareRun run,
        CancellationToken cancellationToken
    )
    {
        var (placed, own, others) = (order.Placed!, (List<decimal>?)null, new List<decimal>());
        foreach (var (promotion, plan) in await run.PromotionsAsync(now - Back, cancellationToken))
        {
            if (promotion.LiveAt > placed.At || promotion.EndedAt <= placed.At)
                continue;
            foreach (var channel in plan.Channels)
            foreach (var item in channel.Prices.Where(p => p.Sku == sku && p.Price.Currency == placed.Said.Currency))
                if (
                    item.Region is null
                    && channel.Regions.Count == 0
                    && string.Equals(channel.Channel.Value, placed.Channel.Value, StringComparison.OrdinalIgnoreCase)
                )
                    (own ??= []).Add(item.Price.Amount);
                else
                    others.Add(item.Price.Amount);
        }
        return (own, others);
    }

    private static async Task<List<decimal>> RegularAsync(Sku sku, OrderDocument order, CareRun run, CancellationToken cancellationToken)
    {
        var (placed, prices) = (order.Placed!, (await run.ProductAsync(sku, cancellationToken))?.Prices ?? []);
        var ours = prices
            .Where(p =>
                p.Value.Currency == placed.Said.Currency
                && (
                    p.Value.SalesChannel is null
                    || string.Equals(p.Value.SalesChannel, placed.Channel.Value, StringComparison.OrdinalIgnoreCase)
                )
            )
            .ToList();
        // Only the newest price is stored, so after a later change the price at the time of the order is unknown.
        return ours.Exists(p => p.OccurredAt > placed.At) ? [] : [.. ours.Select(static p => p.Value.Price)];
    }
}
