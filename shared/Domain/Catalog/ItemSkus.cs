using Stockgate.Domain.Events;
using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Catalog;

/// <summary>The SKU of a channel's item, and since when.</summary>
/// <param name="Item">The channel's id of the item, such as Shopify's inventory item.</param>
/// <param name="Sku">Our name for it.</param>
/// <param name="Version">Of the product data.</param>
public sealed record ItemSku(string Item, Sku Sku, LevelVersion Version)
{
    /// <summary>The item's previous SKU; null if the item is new, its SKU is unchanged, or the event is outdated.</summary>
    public Sku? RenamedFrom(ItemSku? known) => known is not null && IsNewerThan(known) && known.Sku != Sku ? known.Sku : null;

    /// <summary>An older event never replaces a newer one, in any order of arrival.</summary>
    public bool IsNewerThan(ItemSku? known) => Version.IsNewerThan(known?.Version);
}

/// <summary>Exceptions for SKUs that a channel duplicates or changes.</summary>
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
            Failure = $"several items of channel {channel} share this SKU",
            FirstSeenAt = now,
            LastSeenAt = now,
            Owner = "integration",
            Sla = TimeSpan.FromHours(4),
            RecommendedAction =
                $"Items {string.Join(", ", items.Take(ItemsNamed))} of {channel} have the SKU {sku}: "
                + "the newest level and price of any of them apply to all. Give each its own SKU there.",
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
                $"{channel} renamed {from} to {to}. Its stock figure was moved from {from} to {to}; "
                + $"open orders, prices, forecasts and promotions of {from} keep the old SKU. Check that no system sells it under the old SKU.",
        };

    public static string SubjectOf(Sku sku) => $"sku {sku}";
}
