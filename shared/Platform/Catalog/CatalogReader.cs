using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Catalog;

/// <summary>A level with its age and source.</summary>
public sealed record KnownView<T>(T Value, ChannelId Channel, string Source, DateTimeOffset OccurredAt, double AgeSeconds);

/// <summary>Catalog data of a SKU.</summary>
public sealed record ProductView(
    Sku Sku,
    KnownView<ProductUpdated>? Product,
    IReadOnlyList<KnownView<PriceChanged>> Prices,
    IReadOnlyList<KnownView<CompetitorPriceObserved>> CompetitorPrices,
    IReadOnlyList<KnownView<SupplierConfirmed>> Inbound,
    IReadOnlyList<KnownView<SupplierShipped>> Shipments,
    IReadOnlyList<KnownView<SupplierCost>> Costs
);

/// <summary>Reads product data, prices and confirmations for people and partners.</summary>
public sealed class CatalogReader(StateTables tables, TimeProvider time)
{
    /// <returns>Null if the SKU is unknown.</returns>
    public async Task<ProductView?> FindAsync(Sku sku, CancellationToken cancellationToken)
    {
        var product = await tables.Catalog.GetEntityIfExistsAsync<TableEntity>(
            tables.PartitionOf(sku),
            CatalogForms.ProductKey(sku),
            cancellationToken: cancellationToken
        );
        var view = new ProductView(
            sku,
            product.HasValue ? View(CatalogForms.Product.Read(product.Value!)) : null,
            await ListAsync(sku, "price", CatalogForms.Price, cancellationToken),
            await ListAsync(sku, "competitor", CatalogForms.CompetitorPrice, cancellationToken),
            await ListAsync(sku, "inbound", CatalogForms.Confirmation, cancellationToken),
            await ListAsync(sku, "shipment", CatalogForms.Shipment, cancellationToken),
            await ListAsync(sku, "cost", CatalogForms.Cost, cancellationToken)
        );
        var isUnknown = view is { Product: null, Prices.Count: 0, CompetitorPrices.Count: 0, Inbound.Count: 0 };
        return isUnknown && view is { Shipments.Count: 0, Costs.Count: 0 } ? null : view;
    }

    /// <summary>All products of some categories, unordered. Scans all products, so use it once per promotion, not per event.</summary>
    public async Task<IReadOnlyCollection<ProductUpdated>> InCategoriesAsync(
        IReadOnlySet<string> categories,
        CancellationToken cancellationToken
    )
    {
        var found = new System.Collections.Concurrent.ConcurrentBag<ProductUpdated>();
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            cancellationToken,
            async (bucket, cancellation) =>
            {
                await foreach (
                    var row in tables.Catalog.QueryAsync<TableEntity>(
                        RowKeys.Under(new Bucket(bucket).Key, "product"),
                        cancellationToken: cancellation
                    )
                )
                    if (CatalogForms.Product.Read(row).Said is { Category: { } category } product && categories.Contains(category))
                        found.Add(product);
            }
        );
        return found;
    }

    private async Task<IReadOnlyList<KnownView<T>>> ListAsync<T>(
        Sku sku,
        string kind,
        RowForm<Fact<T>> form,
        CancellationToken cancellationToken
    )
        where T : SkuEvent
    {
        var known = new List<KnownView<T>>();
        await foreach (
            var row in tables.Catalog.QueryAsync<TableEntity>(
                RowKeys.Under(tables.PartitionOf(sku), kind, sku.Value),
                cancellationToken: cancellationToken
            )
        )
            known.Add(View(form.Read(row)));
        return known;
    }

    private KnownView<T> View<T>(Fact<T> fact) =>
        new(fact.Said, fact.Channel, fact.Version.Source, fact.At, Math.Round((time.GetUtcNow() - fact.At).TotalSeconds, 1));
}
