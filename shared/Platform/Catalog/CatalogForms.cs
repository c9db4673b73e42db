using System.Text.Json;
using System.Text.Json.Serialization.Metadata;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Catalog;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Catalog;

/// <summary>
/// Catalog data of a SKU as rows of the table <c>Catalog</c>: product data, prices, competitors' prices, and what suppliers confirmed, despatched and ask. In each
/// row the newest event wins.
/// </summary>
internal static class CatalogForms
{
    public static readonly RowForm<Fact<ProductUpdated>> Product = Level(EventJson.Default.ProductUpdated);
    public static readonly RowForm<Fact<PriceChanged>> Price = Level(EventJson.Default.PriceChanged);
    public static readonly RowForm<Fact<CompetitorPriceObserved>> CompetitorPrice = Level(EventJson.Default.CompetitorPriceObserved);
    public static readonly RowForm<Fact<PriceObserved>> ObservedPrice = Level(EventJson.Default.PriceObserved);
    public static readonly RowForm<Fact<SupplierConfirmed>> Confirmation = Level(EventJson.Default.SupplierConfirmed);

    public static readonly RowForm<Fact<SupplierShipped>> Shipment = Level(EventJson.Default.SupplierShipped);
    public static readonly RowForm<Fact<SupplierCost>> Cost = Level(EventJson.Default.SupplierCost);

    public static readonly RowForm<Fact<PriceAnswered>> PriceAnswer = Level(EventJson.Default.PriceAnswered);

    // Not a level: each delivery is a separate row keyed by its event, so repetitions have no effect.
    public static readonly RowForm<Fact<StockMoved>> Receipt = Level(EventJson.Default.StockMoved);

    public static string ReceiptKey(EventHeader header, StockMoved moved) =>
        RowKeys.Of("receipt", moved.Sku.Value, moved.Document!, header.Key);

    public static string ProductKey(Sku sku) => RowKeys.Of("product", sku.Value);

    /// <summary>
    /// The key of a channel's answer to one revision of a price. Answers of other channels or revisions never replace it.
    /// </summary>
    public static string AnswerKey(ChannelId from, PriceKey price, int revision) =>
        RowKeys.Of("answer", price.Sku.Value, price.Channel.Value, price.Region.Value, $"{revision:0000000000}", from.Value);

    public static string KeyOf(EventHeader header, SkuEvent said) =>
        said is PriceAnswered answered
            ? AnswerKey(header.Channel, new PriceKey(answered.Sku, answered.SalesChannel, answered.Region), answered.Revision)
            : KeyOf(said);

    public static string KeyOf(SkuEvent said) =>
        said switch
        {
            ProductUpdated product => ProductKey(product.Sku),
            PriceChanged price => RowKeys.Of("price", price.Sku.Value, price.SalesChannel ?? "*", price.Region ?? "*"),
            PriceObserved shown => RowKeys.Of("shown", shown.Sku.Value, shown.SalesChannel.Value, shown.Region ?? "*"),
            CompetitorPriceObserved seen => RowKeys.Of("competitor", seen.Sku.Value, seen.Competitor),
            SupplierConfirmed confirmed => RowKeys.Of(
                "inbound",
                confirmed.Sku.Value,
                confirmed.Supplier.Value,
                confirmed.PurchaseOrder,
                confirmed.Location.Value
            ),
            SupplierShipped shipped => RowKeys.Of(
                "shipment",
                shipped.Sku.Value,
                shipped.Supplier.Value,
                shipped.PurchaseOrder,
                shipped.Location.Value,
                shipped.Shipment
            ),
            // Of one supplier the price of today, and those that it announced for later days.
            SupplierCost cost => RowKeys.Of("cost", cost.Sku.Value, cost.Supplier.Value, cost.From?.UtcDateTime.ToString("O") ?? "*"),
            _ => throw new ArgumentException($"{said.GetType().Name} is not a catalog event.", nameof(said)),
        };

    private static RowForm<Fact<T>> Level<T>(JsonTypeInfo<T> json)
        where T : SkuEvent =>
        new(
            (fact, row) =>
            {
                row["Sku"] = fact.Said.Sku.Value;
                row["Channel"] = fact.Channel.Value;
                row["OccurredAt"] = fact.Version.OccurredAt;
                row["Sequence"] = fact.Version.Sequence;
                row["Source"] = fact.Version.Source;
                row["EventId"] = fact.Version.Id;
                LongText.Put(row, "Document", JsonSerializer.Serialize(fact.Said, json));
            },
            row => new Fact<T>(
                new ChannelId(row.GetString("Channel")),
                VersionOf(row),
                JsonSerializer.Deserialize(LongText.Get(row, "Document"), json)!
            )
        );

    private static LevelVersion VersionOf(TableEntity row) =>
        new(row.GetDateTimeOffset("OccurredAt")!.Value, row.GetInt64("Sequence") ?? 0, row.GetString("Source"), row.GetString("EventId"));
}
