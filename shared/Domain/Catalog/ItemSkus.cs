using Stockgate.Domain.Ingest;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Catalog;

/// <summary>The SKU that a channel has for an item of its own, and since when.</summary>
/// <param name="Item">The channel's id of the item, such as Shopify's inventory item.</param>
/// <param name="Sku">Our name for it.</param>
/// <param name="Version">Of the product data that said so.</param>
public sealed record ItemSku(string Item, Sku Sku, LevelVersion Version)
{
    /// <summary>The SKU that the item had before; null where it is new, has the same one, or the word is older than
    /// what is known.</summary>
    public Sku? RenamedFrom(ItemSku? known) => known is not null && IsNewerThan(known) && known.Sku != Sku ? known.Sku : null;

    /// <summary>An older word never takes a newer one's place, however late it comes.</summary>
    public bool IsNewerThan(ItemSku? known) => Version.IsNewerThan(known?.Version);
}

/// <summary>What people are told of SKUs that a channel uses twice or changes.</summary>
public static class ItemSkus
{
    public const string SharedType = "sku-shared",
        RenamedType = "sku-renamed";

    private const int ItemsNamed = 10;

    /// <summary>Several items of one channel have one SKU: their stock and prices would take each other's place.</summary>
    public static OperationException Shared(ChannelId channel, Sku sku, IReadOnlyCollection<string> items, DateTimeOffset now) =>
        new()
        {
            Type = SharedType,
            Subject = SubjectOf(sku),
            Failure = $"several items of channel {channel} have it",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Items {string.Join(", ", items.Take(ItemsNamed))} of {channel} have the SKU {sku}: "
                + "the newest level and price of any of them stand for all. Give each a SKU of its own there.",
        };

    /// <summary>An item has another SKU than before.</summary>
    public static OperationException Renamed(ChannelId channel, string item, Sku from, Sku to, DateTimeOffset now) =>
        new()
        {
            Type = RenamedType,
            Subject = SubjectOf(to),
            Failure = $"item {item} of channel {channel} was {from}",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "merchandising",
            Sla = TimeSpan.FromDays(1),
            RecommendedAction =
                $"{channel} calls {from} {to} now. Its figure was withdrawn from {from} and counts for {to}; "
                + $"open orders, prices, forecasts and promotions of {from} stay there. See that nothing sells it under the old name.",
        };

    public static string SubjectOf(Sku sku) => $"sku {sku}";
}
