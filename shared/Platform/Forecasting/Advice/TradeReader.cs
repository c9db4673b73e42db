using System.Collections.Concurrent;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting.Advice;

/// <summary>Table data at the time of the nightly run, without sales.</summary>
/// <param name="Positions">Stock.</param>
/// <param name="Products">Product data.</param>
/// <param name="Prices">For every channel and region.</param>
/// <param name="Confirmations">The last word of each supplier about each line of a purchase order.</param>
/// <param name="Receipts">Goods that came on a document.</param>
internal sealed record Trade(
    IReadOnlyDictionary<SeriesKey, StockPosition> Positions,
    IReadOnlyDictionary<Sku, ProductUpdated> Products,
    IReadOnlyDictionary<Sku, Money> Prices,
    IReadOnlyList<Fact<SupplierConfirmed>> Confirmations,
    IReadOnlyList<Fact<StockMoved>> Receipts
);

/// <summary>Reads it, bucket by bucket.</summary>
internal static class TradeReader
{
    private const int BucketsAtOnce = 8;

    public static async Task<Trade> ReadAsync(StateTables tables, CancellationToken cancellationToken)
    {
        var (positions, products, prices) = (
            new ConcurrentDictionary<SeriesKey, StockPosition>(),
            new ConcurrentDictionary<Sku, ProductUpdated>(),
            new ConcurrentDictionary<Sku, Money>()
        );
        var (confirmations, receipts) = (new ConcurrentBag<Fact<SupplierConfirmed>>(), new ConcurrentBag<Fact<StockMoved>>());
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            new ParallelOptions { MaxDegreeOfParallelism = BucketsAtOnce, CancellationToken = cancellationToken },
            async (bucket, cancellation) =>
            {
                await EachAsync(
                    tables.Stock,
                    bucket,
                    "position",
                    StockForms.Position,
                    p => positions[new SeriesKey(p.Sku, p.Location)] = p,
                    cancellation
                );
                await EachAsync(tables.Catalog, bucket, "product", CatalogForms.Product, p => products[p.Said.Sku] = p.Said, cancellation);
                await EachAsync(
                    tables.Catalog,
                    bucket,
                    "price",
                    CatalogForms.Price,
                    p =>
                    {
                        if (p.Said is { SalesChannel: null, Region: null } said)
                            prices[said.Sku] = new Money(said.Price, said.Currency);
                    },
                    cancellation
                );
                await EachAsync(tables.Catalog, bucket, "inbound", CatalogForms.Confirmation, confirmations.Add, cancellation);
                await EachAsync(tables.Catalog, bucket, "receipt", CatalogForms.Receipt, receipts.Add, cancellation);
            }
        );
        return new Trade(
            positions,
            products,
            prices,
            [.. confirmations.OrderBy(static c => c.At)],
            [.. receipts.OrderBy(static r => r.At)]
        );
    }

    private static async Task EachAsync<T>(
        TableClient table,
        int bucket,
        string kind,
        RowForm<T> form,
        Action<T> use,
        CancellationToken cancellationToken
    )
        where T : class
    {
        await foreach (
            var row in table.QueryAsync<TableEntity>(RowKeys.Under(new Bucket(bucket).Key, kind), cancellationToken: cancellationToken)
        )
            use(form.Read(row));
    }
}
