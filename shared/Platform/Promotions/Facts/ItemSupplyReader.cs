using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Operations;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Promotions.Facts;

/// <summary>What is stored of an item: its product and prices, its stock at each location, and what suppliers confirmed.</summary>
internal sealed record ItemSupply(ItemFact Item, IReadOnlyList<PlacedStock> Positions, IReadOnlyList<SupplierConfirmed> Inbound);

/// <summary>Reads the items of a promotion and what there is of them.</summary>
public sealed class ItemSupplyReader(StateTables tables, PromotionPolicy policy, SilentSources silent)
{
    private const int ReadsAtOnce = 32;

    internal async Task<ItemSupply[]> ReadAsync(IReadOnlyList<Sku> items, CancellationToken cancellationToken)
    {
        var supplies = new ItemSupply[items.Count];
        await Parallel.ForAsync(
            0,
            supplies.Length,
            new ParallelOptions { MaxDegreeOfParallelism = ReadsAtOnce, CancellationToken = cancellationToken },
            async (i, cancellation) => supplies[i] = await ReadAsync(items[i], cancellation)
        );
        return supplies;
    }

    /// <summary>The stock of each item at each location of the promotion.</summary>
    internal async Task<StockGrid> GridAsync(PromotionTerms terms, IReadOnlyList<ItemSupply> supplies, CancellationToken cancellationToken)
    {
        var silentNow = await silent.ReadAsync(cancellationToken);
        var seen = new HashSet<SilentSource>();
        StockLocation[] places =
        [
            .. terms.Request.Regions.SelectMany(region =>
                region
                    .Stores.Concat(region.Warehouses)
                    .Distinct()
                    .Select(place => new StockLocation(place, region.Region, policy.StockMaxAge, "stock counts"))
            ),
        ];
        var byPlace = places
            .Index()
            .GroupBy(static p => p.Item.Location)
            .ToDictionary(static g => g.Key, static g => g.Select(static p => p.Index).ToArray());
        var figures = new StockFigure[supplies.Count * places.Length];
        for (var i = 0; i < supplies.Count; i++)
        {
            var row = figures.AsSpan(i * places.Length, places.Length);
            row.Fill(new StockFigure(Quantity.Zero, null, Ranged: false));
            var ranged = false;
            foreach (var position in supplies[i].Positions)
            {
                if (!byPlace.TryGetValue(position.Location, out var indexes))
                    continue;
                var source = position.Channel is { } channel ? silentNow.GetValueOrDefault(channel) : null;
                if (source is not null)
                    seen.Add(source);
                foreach (var index in indexes)
                    row[index] = new StockFigure(position.Available, position.AsOf, Silent: source is not null);
                ranged = true;
            }
            // An item without any count has unknown stock; it is not unranged.
            if (!ranged && places.Length > 0)
                row[0] = new StockFigure(Quantity.Zero, null);
        }
        return new StockGrid([.. terms.Items], places, figures) { SilentSources = [.. seen.OrderBy(static s => s.Channel.Value)] };
    }

    /// <summary>What suppliers confirmed for the locations of the promotion.</summary>
    internal static IEnumerable<Inbound> InboundOf(PromotionTerms terms, ItemSupply supply) =>
        from said in supply.Inbound
        // Goods for a warehouse of two regions arrive once: they are counted for the first that names it.
        let region = terms.Request.Regions.FirstOrDefault(r => r.Warehouses.Contains(said.Location) || r.Stores.Contains(said.Location))
        where region is not null
        select new Inbound(supply.Item.Sku, region.Region, said.Quantity, said.DueAt, Confirmed: true, said.PurchaseOrder);

    private async Task<ItemSupply> ReadAsync(Sku sku, CancellationToken cancellationToken)
    {
        var partition = tables.PartitionOf(sku);
        // Side by side: a promotion of few items would wait for four answers one after the other.
        var asked = tables.Catalog.GetEntityIfExistsAsync<TableEntity>(
            partition,
            CatalogForms.ProductKey(sku),
            cancellationToken: cancellationToken
        );
        var (priced, confirmed) = (
            ListAsync(tables.Catalog, partition, "price", sku, CatalogForms.Price, cancellationToken),
            ListAsync(tables.Catalog, partition, "inbound", sku, CatalogForms.Confirmation, cancellationToken)
        );
        var positions = await PositionsAsync(partition, sku, cancellationToken);
        var (product, prices, inbound) = (await asked, await priced, await confirmed);
        var said = product.HasValue ? CatalogForms.Product.Read(product.Value!).Said : null;
        var item = new ItemFact(
            sku,
            said is not null,
            said?.Active ?? false,
            said?.Category,
            said?.Supplier is { } supplier ? new SupplierId(supplier) : null,
            said is { UnitCost: { } cost, Currency: { } currency } ? new Money(cost, currency) : null,
            [
                .. prices.Select(static p => new RegularPrice(
                    Named(p.Said.SalesChannel, static name => new SalesChannelId(name)),
                    Named(p.Said.Region, static name => new RegionId(name)),
                    new Money(p.Said.Price, p.Said.Currency),
                    p.At
                )),
            ]
        );
        return new ItemSupply(item, positions, [.. inbound.Select(static f => f.Said)]);
    }

    // Of a thousand rows a page four columns, not thirteen: most of the time of a large promotion's look goes into their JSON.
    private async Task<List<PlacedStock>> PositionsAsync(string partition, Sku sku, CancellationToken cancellationToken)
    {
        var found = new List<PlacedStock>();
        await foreach (
            var row in tables.Stock.QueryAsync<TableEntity>(
                RowKeys.Under(partition, "position", sku.Value),
                select: PlacedStock.Columns,
                cancellationToken: cancellationToken
            )
        )
            if (PlacedStock.Read(row) is { } placed)
                found.Add(placed);
        return found;
    }

    private static T? Named<T>(string? name, Func<string, T> id)
        where T : struct => name is null ? null : id(name);

    private static async Task<List<T>> ListAsync<T>(
        TableClient table,
        string partition,
        string kind,
        Sku sku,
        RowForm<T> form,
        CancellationToken cancellationToken
    )
        where T : class
    {
        var found = new List<T>();
        await foreach (
            var row in table.QueryAsync<TableEntity>(RowKeys.Under(partition, kind, sku.Value), cancellationToken: cancellationToken)
        )
            found.Add(form.Read(row));
        return found;
    }
}
