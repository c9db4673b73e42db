using Stockgate.Domain;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Promotions.Requests;
using Stockgate.Platform.Suppliers;

namespace Stockgate.Platform.Promotions.Gating;

/// <summary>Orders what a promotion lacks, and sends the order to the supplier.</summary>
public sealed class PromotionSupply(PromotionStore store, PromotionDesk desk, SupplierOrders suppliers)
{
    /// <param name="promotion">That lacks it.</param>
    /// <param name="sku">What.</param>
    /// <param name="region">Where.</param>
    /// <param name="units">Null: as many as recommended.</param>
    /// <param name="by">The planner.</param>
    /// <param name="cancellationToken">Cancels the operation.</param>
    /// <exception cref="ProblemException">It is not lacking.</exception>
    public async Task<ReplenishmentOrder> OrderAsync(
        PromotionId promotion,
        Sku sku,
        RegionId region,
        decimal? units,
        string by,
        CancellationToken cancellationToken
    )
    {
        var order = await desk.OrderAsync(promotion, sku, region, units, by, cancellationToken);
        var start = (await store.GetAsync(promotion, cancellationToken)).Record.Start;
        // After the order is kept: a crash in between fails the request, and the same one again has the same number.
        await suppliers.SendAsync(order.Number, sku, region, order.Units, start, cancellationToken);
        return order;
    }
}
