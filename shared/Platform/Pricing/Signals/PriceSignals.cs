using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Messaging;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Signals;

/// <summary>
/// Queues evaluations of the prices affected by applied events: one message per batch, none while the policy's leash is Off.
/// </summary>
public sealed class PriceSignals(PricingPolicies policies, PriceQueue queue)
{
    /// <param name="applied">
    /// Events and ledger entries of one bucket. An order's own events are in its bucket; what they do to stock comes as entries to the
    /// bucket of each SKU.
    /// </param>
    /// <param name="cancellationToken">Cancels the sending.</param>
    public async Task TellAsync(IReadOnlyList<QueuedMessage> applied, CancellationToken cancellationToken)
    {
        var (looks, follows, causes) = (new HashSet<Sku>(), new HashSet<Sku>(), new SortedSet<string>(StringComparer.Ordinal));
        foreach (var message in applied)
        {
            if (message.Data is PriceAnswered answered)
                follows.Add(answered.Sku);
            else if (message.Data is SkuEvent said && looks.Add(said.Sku) | causes.Add(CauseOf(said)))
                continue;
            foreach (var entry in message.Entries)
            {
                looks.Add(entry.Sku);
                if (message.Data is null)
                    causes.Add("order");
            }
        }
        if (looks.Count > 0 && await MovesAsync(cancellationToken))
            await queue.LookAsync(looks, string.Join(", ", causes), cancellationToken);
        // Published prices need confirmation regardless of the current policy; an evaluation processes answers too.
        else
            looks.Clear();
        if (follows.Count > 0)
            await queue.FollowAsync(follows.Where(sku => !looks.Contains(sku)), "channel-answered", cancellationToken);
    }

    private async Task<bool> MovesAsync(CancellationToken cancellationToken)
    {
        try
        {
            return await policies.CurrentAsync(cancellationToken) is { Leash: not PricingLeash.Off, Markets.Count: > 0 };
        }
        catch (InvalidOperationException)
        {
            // A policy that can't be read moves no prices; it must not keep events from being applied.
            return false;
        }
    }

    private static string CauseOf(SkuEvent said) =>
        said switch
        {
            StockCounted => "stock-counted",
            StockMoved => "stock-moved",
            ProductUpdated => "product-updated",
            PriceChanged => "price-changed",
            PriceObserved => "price-observed",
            CompetitorPriceObserved => "competitor-price",
            SupplierConfirmed => "supplier-confirmed",
            _ => "item-changed",
        };
}
