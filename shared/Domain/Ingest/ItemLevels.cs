using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest;

/// <summary>The ids of stock levels of shops whose items have ids of their own: by them it is known which item a figure is of.</summary>
public static class ItemLevels
{
    private const string Said = "inventory",
        Moved = "renamed";

    /// <summary>True if the level is of this item, or was moved to its SKU by a renaming.</summary>
    public static bool IsOf(LevelVersion level, string item) =>
        level.Id.StartsWith($"{Said}:{item}:", StringComparison.Ordinal)
        || level.Id.StartsWith($"{Moved}:{item}:", StringComparison.Ordinal);

    /// <summary>The id of a figure that moves from one SKU of an item to another; the same for the same product update.</summary>
    public static string MovedId(string item, LocationId place, LevelVersion update, bool away) =>
        $"{Moved}:{item}:{DeliveryHeaders.Digest($"{place}\n{update.Id}")}{(away ? ":away" : string.Empty)}";

    internal static string IdOf(string item, string place, string mark) => $"{Said}:{item}:{place}:{mark}";
}
