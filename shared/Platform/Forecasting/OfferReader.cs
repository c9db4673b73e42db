using System.Collections.Concurrent;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Forecasting;

/// <summary>Reads past, current and planned promotions and the catalog data for a forecast.</summary>
public sealed class OfferReader(StateTables tables, PromotionStore promotions, ForecastSettings settings)
{
    /// <summary>All products and all SKUs with a price.</summary>
    public async Task<IReadOnlyDictionary<Sku, ProductLine>> ProductsAsync(CancellationToken cancellationToken)
    {
        var products = new ConcurrentDictionary<Sku, ProductLine>();
        await Parallel.ForAsync(
            0,
            tables.Buckets,
            new ParallelOptions { MaxDegreeOfParallelism = 8, CancellationToken = cancellationToken },
            async (bucket, cancellation) =>
            {
                await foreach (
                    var row in tables.Catalog.QueryAsync<TableEntity>(
                        RowKeys.Under(new Bucket(bucket).Key, "product"),
                        cancellationToken: cancellation
                    )
                )
                    if (CatalogForms.Product.Read(row).Said is var said)
                        products.AddOrUpdate(
                            said.Sku,
                            static (sku, p) => new ProductLine(sku, p.Title, p.Category ?? "", null, null),
                            static (_, known, p) => known with { Title = p.Title, Category = p.Category ?? "" },
                            said
                        );
                await foreach (
                    var row in tables.Catalog.QueryAsync<TableEntity>(
                        RowKeys.Under(new Bucket(bucket).Key, "price"),
                        cancellationToken: cancellation
                    )
                )
                    // The general price; prices of single channels or regions are not representative.
                    if (CatalogForms.Price.Read(row).Said is { SalesChannel: null, Region: null } price)
                        products.AddOrUpdate(
                            price.Sku,
                            static (sku, p) => new ProductLine(sku, "", "", p.Currency, p.Price),
                            static (_, known, p) => known with { Currency = p.Currency, Price = p.Price },
                            price
                        );
            }
        );
        return products;
    }

    /// <summary>Promotions that were live, and those with green gates that wait for their start.</summary>
    public async Task<IReadOnlyList<OfferLine>> ReadAsync(
        IReadOnlyDictionary<Sku, ProductLine> products,
        CancellationToken cancellationToken
    )
    {
        var lines = new List<OfferLine>();
        foreach (var record in await promotions.ListAsync(onlyOpen: false, cancellationToken))
        {
            var planned = record.LiveAt is null;
            if (planned && record.State is not (PromotionState.Scheduled or PromotionState.Preparing))
                continue;
            var terms = await promotions.TermsAsync(record.Id, record.Terms, cancellationToken);
            var (first, last) = (Day(record.LiveAt ?? record.Start), Day((record.EndedAt ?? record.End).AddTicks(-1)));
            foreach (var location in terms.Request.Regions.SelectMany(static r => r.Stores.Concat(r.Warehouses)).Distinct())
                lines.AddRange(
                    terms.Items.Select(sku => new OfferLine(
                        record.Id,
                        sku,
                        location,
                        first,
                        last,
                        PriceOf(terms, products.GetValueOrDefault(sku)),
                        planned
                    ))
                );
        }
        return lines;
    }

    /// <summary>The region of each location, from the settings or the newest promotion.</summary>
    public async Task<IReadOnlyDictionary<LocationId, string>> RegionsAsync(CancellationToken cancellationToken)
    {
        var regions = new Dictionary<LocationId, string>();
        foreach (var record in (await promotions.ListAsync(onlyOpen: false, cancellationToken)).OrderBy(static r => r.CreatedAt))
        foreach (var region in (await promotions.TermsAsync(record.Id, record.Terms, cancellationToken)).Request.Regions)
        // A warehouse may serve several regions, so it has none.
        foreach (var store in region.Stores)
            regions[store] = region.Region.Value;
        foreach (var (location, region) in settings.Regions)
            regions[location] = region;
        return regions;
    }

    private static decimal? PriceOf(PromotionTerms terms, ProductLine? product) =>
        product is { Price: { } price, Currency: { } currency } && currency == terms.Request.Currency
            ? decimal.Round(terms.Request.Discount.EffectiveUnitPrice(new Money(price, currency)).Amount, 4)
            : null;

    private static DateOnly Day(DateTimeOffset at) => DateOnly.FromDateTime(at.UtcDateTime);
}
