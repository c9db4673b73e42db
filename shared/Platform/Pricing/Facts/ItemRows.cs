using Azure;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Pricing.Writing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>A price as it is stored.</summary>
internal sealed record StoredPrice(PriceState State, ETag ETag);

/// <summary>All stored prices of one item.</summary>
internal sealed class ItemRows(Sku sku)
{
    // So many items of a bucket are read sooner by going through the whole of it than one by one.
    private const int ItemsAtOnce = 8,
        ScannedFrom = 25;

    public Sku Sku => sku;

    public Fact<ProductUpdated>? Product { get; private set; }

    public List<Fact<PriceChanged>> Prices { get; } = [];

    public List<Fact<CompetitorPriceObserved>> Competitors { get; } = [];

    public List<Fact<SupplierConfirmed>> Inbound { get; } = [];

    public List<Fact<StockMoved>> Receipts { get; } = [];

    public List<Fact<PriceObserved>> Shown { get; } = [];

    public List<StockPosition> Positions { get; } = [];

    public Dictionary<PriceKey, StoredPrice> States { get; } = [];

    public Dictionary<PriceKey, PriceLook> Looks { get; } = [];

    /// <summary>False if only the price itself was read, to be sent, confirmed or taken back.</summary>
    public bool Whole { get; private init; } = true;

    public string Category => Product?.Said.Category ?? string.Empty;

    /// <summary>Reads items one by one, several at a time and of each everything at once.</summary>
    /// <param name="tables">From where.</param>
    /// <param name="skus">Which.</param>
    /// <param name="whole">Of which what prices are decided from has to be read too.</param>
    /// <param name="cancellationToken">Cancels the reading.</param>
    public static async Task<IReadOnlyList<ItemRows>> OfAsync(
        StateTables tables,
        IReadOnlyCollection<Sku> skus,
        Predicate<Sku> whole,
        CancellationToken cancellationToken
    )
    {
        var items = skus.Distinct().Select(s => new ItemRows(s) { Whole = whole(s) }).ToArray();
        var byBucket = items.GroupBy(i => tables.PartitionOf(i.Sku)).ToLookup(static bucket => bucket.Count() >= ScannedFrom);
        foreach (var bucket in byBucket[true])
            await ScanAsync(tables, bucket.Key, bucket.ToDictionary(static i => i.Sku), cancellationToken);
        await Parallel.ForEachAsync(
            byBucket[false].SelectMany(static bucket => bucket),
            new ParallelOptions { MaxDegreeOfParallelism = ItemsAtOnce, CancellationToken = cancellationToken },
            async (item, token) => await Task.WhenAll((item.Whole ? Kinds : PriceKinds).Select(kind => item.ReadAsync(tables, kind, token)))
        );
        return items;
    }

    /// <summary>Reads every item of a bucket by a scan for each kind of row.</summary>
    public static async Task<IReadOnlyList<ItemRows>> OfBucketAsync(StateTables tables, int bucket, CancellationToken cancellationToken)
    {
        var (items, partition) = (new Dictionary<Sku, ItemRows>(), new Bucket(bucket).Key);
        foreach (var kind in Kinds)
        await foreach (
            var row in TableOf(tables, kind).QueryAsync<TableEntity>(RowKeys.Under(partition, kind), cancellationToken: cancellationToken)
        )
            Take(row, kind, sku => items.TryGetValue(sku, out var there) ? there : items[sku] = new ItemRows(sku));
        return [.. items.Values];
    }

    private static Task ScanAsync(
        StateTables tables,
        string partition,
        Dictionary<Sku, ItemRows> items,
        CancellationToken cancellationToken
    ) =>
        Task.WhenAll(
            (items.Values.Any(static i => i.Whole) ? Kinds : PriceKinds).Select(async kind =>
            {
                await foreach (
                    var row in TableOf(tables, kind)
                        .QueryAsync<TableEntity>(RowKeys.Under(partition, kind), cancellationToken: cancellationToken)
                )
                    Take(row, kind, sku => items.TryGetValue(sku, out var asked) ? asked : new ItemRows(sku));
            })
        );

    private static readonly string[] PriceKinds = ["state", "price", "shown"],
        Kinds = [.. PriceKinds, "product", "competitor", "inbound", "receipt", "position"];

    private async Task ReadAsync(StateTables tables, string kind, CancellationToken cancellationToken)
    {
        var partition = tables.PartitionOf(sku);
        if (kind == "product")
        {
            var found = await tables.Catalog.GetEntityIfExistsAsync<TableEntity>(
                partition,
                CatalogForms.ProductKey(sku),
                cancellationToken: cancellationToken
            );
            if (found.HasValue)
                Product = CatalogForms.Product.Read(found.Value!);
            return;
        }
        await foreach (
            var row in TableOf(tables, kind)
                .QueryAsync<TableEntity>(RowKeys.Under(partition, kind, sku.Value), cancellationToken: cancellationToken)
        )
            Take(row, kind, _ => this);
    }

    private static TableClient TableOf(StateTables tables, string kind) =>
        kind switch
        {
            "state" => tables.Prices,
            "position" => tables.Stock,
            _ => tables.Catalog,
        };

    private static void Take(TableEntity row, string kind, Func<Sku, ItemRows> of)
    {
        switch (kind)
        {
            case "product":
                if (CatalogForms.Product.Read(row) is var product)
                    of(product.Said.Sku).Product = product;
                break;
            case "price":
                if (CatalogForms.Price.Read(row) is var price)
                    of(price.Said.Sku).Prices.Add(price);
                break;
            case "competitor":
                if (CatalogForms.CompetitorPrice.Read(row) is var seen)
                    of(seen.Said.Sku).Competitors.Add(seen);
                break;
            case "inbound":
                if (CatalogForms.Confirmation.Read(row) is var confirmed)
                    of(confirmed.Said.Sku).Inbound.Add(confirmed);
                break;
            case "receipt":
                if (CatalogForms.Receipt.Read(row) is var receipt)
                    of(receipt.Said.Sku).Receipts.Add(receipt);
                break;
            case "shown":
                if (CatalogForms.ObservedPrice.Read(row) is var shown)
                    of(shown.Said.Sku).Shown.Add(shown);
                break;
            case "position":
                if (StockForms.Position.Read(row) is var position)
                    of(position.Sku).Positions.Add(position);
                break;
            case "state" when PriceForms.IsLook(row.RowKey):
                if (PriceForms.Look.Read(row) is var look)
                    of(look.Key.Sku).Looks[look.Key] = look;
                break;
            case "state":
                if (PriceForms.State.Read(row) is var state)
                    of(state.Key.Sku).States[state.Key] = new StoredPrice(state, row.ETag);
                break;
        }
    }
}
