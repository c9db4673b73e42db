using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Records;

namespace Stockgate.Platform.Promotions.Settlement;

/// <summary>Sales at a promotion that was rolled back.</summary>
/// <param name="Customers">Orders and tickets.</param>
/// <param name="Money">The discount given on these units.</param>
public sealed record Exposed(int Customers, Quantity Units, Money Money);

/// <summary>Reads sales between the first channel's activation and the last channel's return to prior prices.</summary>
public sealed class PromotionExposure(PromotionStore store, PromotionRows rows, SalesReader sales, TimeProvider time)
{
    /// <returns>Null if no channel was ever told to show a price.</returns>
    public async Task<Exposed?> OfAsync(PromotionRecord record, CancellationToken cancellationToken)
    {
        var steps = await rows.ListAsync(record.Id, ChannelStep.Kind, PromotionRowsJson.Default.ChannelStep, cancellationToken);
        // Only of the last launch; sales of earlier ones were regular.
        var activated = steps
            .Where(static s => s is { Step: LaunchStep.Activate, SentAt: not null })
            .GroupBy(static s => s.Revision)
            .MaxBy(static g => g.Key);
        if (activated is null)
            return null;
        var plan = await store.PlanAsync(record.Id, activated.Key, cancellationToken);
        var places = plan.Channels.SelectMany(static c => c.Regions).SelectMany(static r => r.Stores.Concat(r.Warehouses)).ToHashSet();
        // The dearest mistake of any channel: which channel a sale came by, the ledger does not say.
        var given = plan
            .Channels.SelectMany(static c => c.Prices)
            .GroupBy(static p => p.Sku)
            .ToDictionary(static g => g.Key, static g => g.Max(static p => p.Prior.Amount - p.Price.Amount));
        var sold = await sales.ReadAsync(
            given.Keys,
            places,
            activated.Min(static s => s.SentAt)!.Value,
            record.RestoredAt ?? time.GetUtcNow(),
            plan.Currency,
            cancellationToken
        );
        return new Exposed(
            sold.Customers,
            sold.Units,
            new Money(sold.Cells.Sum(cell => cell.Units.Value * given[cell.Sku]), plan.Currency)
        );
    }
}
