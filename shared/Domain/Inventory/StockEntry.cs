using System.Text.Json.Serialization;

namespace Stockgate.Domain.Inventory;

/// <summary>Why a line stands in the stock ledger.</summary>
[JsonConverter(typeof(JsonStringEnumConverter<EntryKind>))]
public enum EntryKind
{
    /// <summary>Sold and taken along.</summary>
    Sale,

    /// <summary>Ordered, to be shipped.</summary>
    Demand,

    /// <summary>Held for an order, or held no more.</summary>
    Reservation,

    /// <summary>Called off before it left.</summary>
    Cancellation,

    /// <summary>Left in a parcel.</summary>
    Shipment,

    /// <summary>Came back, or was only paid back.</summary>
    Return,

    /// <summary>Received, transferred, adjusted.</summary>
    Movement,
}

/// <summary>
/// A line of the stock ledger of one SKU at one location: what one document did to its stock and its sales. It is absolute, not a
/// difference: the same id with a higher version takes the earlier one's place, so that posting it again, or late, can't drift the sums.
/// </summary>
public sealed record StockEntry
{
    public required Sku Sku { get; init; }

    public required LocationId Location { get; init; }

    /// <summary>Unique for this SKU and location; a document's kind and number, such as <c>sale:536365</c>.</summary>
    public required string Id { get; init; }

    public int Version { get; init; } = 1;

    public required DateTimeOffset At { get; init; }

    public required EntryKind Kind { get; init; }

    /// <summary>What it did to the stock on hand; negative where stock left.</summary>
    public Quantity Stock { get; init; }

    /// <summary>Units sold, ordered, cancelled or returned, by <see cref="Kind"/>; never negative.</summary>
    public Quantity Units { get; init; }

    /// <summary>Money of these units, in <see cref="Currency"/>.</summary>
    public decimal Net { get; init; }

    public Currency? Currency { get; init; }

    /// <summary>Units that it holds back from others; negative where an earlier hold ended.</summary>
    public Quantity Reserved { get; init; }

    /// <summary>The calendar month, UTC, whose page it stands on: 201012.</summary>
    [JsonIgnore]
    public int Month => MonthOf(At);

    /// <summary>The calendar month of a moment, UTC: 201012.</summary>
    public static int MonthOf(DateTimeOffset at) => at.UtcDateTime.Year * 100 + at.UtcDateTime.Month;

    /// <summary>True if the content equals the other's, regardless of versions.</summary>
    public bool SaysTheSameAs(StockEntry other) => this with { Version = other.Version } == other;
}
