using System.Globalization;
using System.Text.Json;
using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Inventory;

/// <summary>
/// Positions and ledger pages as rows of the table <c>Stock</c>. Quantities and amounts are texts, which keep every digit; Table Storage
/// has no decimal type.
/// </summary>
internal static class StockForms
{
    public static readonly RowForm<StockPosition> Position = new(
        static (position, row) =>
        {
            row["Sku"] = position.Sku.Value;
            row["Location"] = position.Location.Value;
            // Empty if the figure was withdrawn: rows are merged, and a property that is left out would keep the old figure.
            row["AvailableToPromise"] = position.IsTracked ? position.AvailableToPromise.ToString() : string.Empty;
            row["Moved"] = position.Moved.ToString();
            row["Reserved"] = position.Reserved.ToString();
            row["ReservedSince"] = position.ReservedSince.ToString();
            row["LastMonth"] = position.LastMonth;
            if (position.LastMovedAt is { } moved)
                row["LastMovedAt"] = moved;
            if (position.Level is not { } level)
                return;
            row["Level"] = level.Quantity?.ToString() ?? string.Empty;
            row["LevelBasis"] = level.Basis.ToString();
            row["LevelAt"] = level.Version.OccurredAt;
            row["LevelSequence"] = level.Version.Sequence;
            row["LevelSource"] = level.Version.Source;
            row["LevelEventId"] = level.Version.Id;
            row["LevelChannel"] = level.Channel?.Value ?? string.Empty;
        },
        static row => new StockPosition
        {
            Sku = new Sku(row.GetString("Sku")),
            Location = new LocationId(row.GetString("Location")),
            Moved = Number(row, "Moved"),
            Reserved = Number(row, "Reserved"),
            // Rows written before it was kept have only counts of what was on hand, which don't need it.
            ReservedSince = row.ContainsKey("ReservedSince") ? Number(row, "ReservedSince") : Quantity.Zero,
            LastMonth = row.GetInt32("LastMonth")!.Value,
            LastMovedAt = row.GetDateTimeOffset("LastMovedAt"),
            Level = row.ContainsKey("Level") ? Level(row) : null,
        }
    );

    public static readonly RowForm<LedgerPage> Page = new(
        static (page, row) =>
        {
            row["Sku"] = page.Key.Sku.Value;
            row["Location"] = page.Key.Location.Value;
            row["Month"] = page.Key.Month;
            row["Part"] = page.Key.Part;
            row["Count"] = page.Entries.Count;
            row["Sales"] = JsonSerializer.Serialize(DailySales.Of(page.Entries), SalesJson.Default.IReadOnlyListDailySales);
            LongText.Put(row, "Entries", page.ToText());
        },
        static row =>
            LedgerPage.Parse(
                new LedgerPageKey(
                    new Sku(row.GetString("Sku")),
                    new LocationId(row.GetString("Location")),
                    row.GetInt32("Month")!.Value,
                    row.GetInt32("Part")!.Value
                ),
                LongText.Get(row, "Entries")
            )
    );

    private static StockLevel Level(TableEntity row) =>
        new(
            row.GetString("Level") is { Length: > 0 } ? Number(row, "Level") : null,
            new LevelVersion(
                row.GetDateTimeOffset("LevelAt")!.Value,
                row.GetInt64("LevelSequence") ?? 0,
                row.GetString("LevelSource"),
                row.GetString("LevelEventId")
            ),
            row.GetString("LevelBasis") == nameof(CountBasis.Available) ? CountBasis.Available : CountBasis.OnHand,
            Channel(row)
        );

    internal static ChannelId? Channel(TableEntity row) =>
        row.GetString("LevelChannel") is { Length: > 0 } channel ? new ChannelId(channel) : null;

    internal static Quantity Number(TableEntity row, string name) =>
        new(decimal.Parse(row.GetString(name), NumberStyles.Number, CultureInfo.InvariantCulture));
}

/// <summary>The columns of a position that a promotion needs.</summary>
internal readonly record struct PlacedStock(LocationId Location, Quantity Available, DateTimeOffset? AsOf, ChannelId? Channel)
{
    public static readonly string[] Columns = ["Location", "AvailableToPromise", "LevelAt", "LastMovedAt", "LevelChannel"];

    // As StockPosition.AsOf says.
    /// <returns>Null if the figure was withdrawn: of that place nothing is known.</returns>
    public static PlacedStock? Read(TableEntity row)
    {
        if (row.GetString("AvailableToPromise").Length == 0)
            return null;
        var (counted, moved) = (row.GetDateTimeOffset("LevelAt"), row.GetDateTimeOffset("LastMovedAt"));
        return new PlacedStock(
            new LocationId(row.GetString("Location")),
            StockForms.Number(row, "AvailableToPromise"),
            counted is { } at && (moved is not { } last || at >= last) ? at : moved,
            StockForms.Channel(row)
        );
    }
}

/// <summary>Daily sales as a row shows them: what is zero is left out.</summary>
[System.Text.Json.Serialization.JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    DefaultIgnoreCondition = System.Text.Json.Serialization.JsonIgnoreCondition.WhenWritingDefault
)]
[System.Text.Json.Serialization.JsonSerializable(typeof(IReadOnlyList<DailySales>))]
internal sealed partial class SalesJson : System.Text.Json.Serialization.JsonSerializerContext;
