using System.Text.Json;
using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Settlement;

/// <summary>Units and money of a part of the promotion, or of the whole. Returns are taken off both.</summary>
/// <param name="Units">Sold less cancelled and returned.</param>
/// <param name="Returned">Came back.</param>
/// <param name="Baseline">Would have been sold without the promotion.</param>
/// <param name="Planned">Were planned.</param>
/// <param name="AtRegular">Money that the units would have brought at regular prices.</param>
/// <param name="Discount">Regular − revenue.</param>
/// <param name="Revenue">Money from customers.</param>
/// <param name="Uncosted">Revenue of items whose cost is not known; in no margin.</param>
/// <param name="Cost">Of the goods whose cost is known.</param>
/// <param name="Funding">Money billed to suppliers, in whole coins; shares of parts add up to the whole.</param>
/// <param name="Margin">Revenue − uncosted − cost + funding.</param>
public sealed record SettledFigures(
    Quantity Units,
    Quantity Returned,
    Quantity Baseline,
    Quantity Planned,
    Money AtRegular,
    Money Discount,
    Money Revenue,
    Money Uncosted,
    Money Cost,
    Money Funding,
    Money Margin
)
{
    /// <summary>Units ÷ baseline: 1.4 is 40 % more; null if nothing would have been sold.</summary>
    public decimal? Uplift => Baseline.Value > 0 ? Units.Value / Baseline.Value : null;

    /// <summary>Planned ÷ baseline.</summary>
    public decimal? PlannedUplift => Baseline.Value > 0 ? Planned.Value / Baseline.Value : null;

    /// <summary>Margin in percent of the revenue whose cost is known; null if none.</summary>
    public decimal? MarginPercent => (Revenue - Uncosted).Amount is > 0 and var known ? Margin.Amount / known * 100 : null;

    public static SettledFigures operator +(SettledFigures a, SettledFigures b) =>
        new(
            a.Units + b.Units,
            a.Returned + b.Returned,
            a.Baseline + b.Baseline,
            a.Planned + b.Planned,
            a.AtRegular + b.AtRegular,
            a.Discount + b.Discount,
            a.Revenue + b.Revenue,
            a.Uncosted + b.Uncosted,
            a.Cost + b.Cost,
            a.Funding + b.Funding,
            a.Margin + b.Margin
        );

    public static SettledFigures Nothing(Currency currency)
    {
        var none = Money.Zero(currency);
        return new(Quantity.Zero, Quantity.Zero, Quantity.Zero, Quantity.Zero, none, none, none, none, none, none, none);
    }
}

public sealed record SettledItem(Sku Sku, string? Title, SettledFigures Figures);

public sealed record SettledRegion(RegionId Region, SettledFigures Figures);

/// <summary>An agreement, settled.</summary>
/// <param name="Supplier">Who pays.</param>
/// <param name="Reference">The agreement's number at the supplier.</param>
/// <param name="Units">Units claimed under it; no unit is claimed under two.</param>
/// <param name="Accrued">What it owes for them, exact.</param>
/// <param name="Claimed">What it is billed, in whole coins: rounded once, here, and never above what it owes at most.</param>
/// <param name="Recovered">What it says that it has paid.</param>
/// <param name="Open">Claimed − recovered; below zero where it paid too much.</param>
public sealed record FundingOutcome(
    SupplierId Supplier,
    string Reference,
    Quantity Units,
    Money Accrued,
    Money Claimed,
    Money Recovered,
    Money Open
);

/// <summary>Sales of the category's other items in the same period.</summary>
/// <param name="Category">As products name it.</param>
/// <param name="Items">How many they are.</param>
/// <param name="Units">Sold.</param>
/// <param name="Baseline">Would have been sold.</param>
/// <param name="Lost">Fewer than that; 0 where they sold as many or more.</param>
/// <param name="LostMargin">Of the items whose margin is known; null if none is.</param>
public sealed record Cannibalised(string Category, int Items, Quantity Units, Quantity Baseline, Quantity Lost, Money? LostMargin);

/// <summary>The settlement report of a promotion.</summary>
public sealed record SettlementReport
{
    public required PromotionId Promotion { get; init; }

    public required string Name { get; init; }

    public required Currency Currency { get; init; }

    public required UtcWindow Planned { get; init; }

    public required UtcWindow Actual { get; init; }

    public required DateTimeOffset SettledAt { get; init; }

    /// <summary>0 for the settlement, then one more with each correction: what came after it is booked too.</summary>
    [JsonIgnore(Condition = JsonIgnoreCondition.WhenWritingDefault)]
    public int Correction { get; init; }

    /// <summary>Whether another report comes to the same figures: sold, returned, billed, paid.</summary>
    public bool ComesToTheSameAs(SettlementReport other) =>
        Whole == other.Whole && Customers == other.Customers && Funding.SequenceEqual(other.Funding) && Items.SequenceEqual(other.Items);

    /// <summary>Plain words for a planner, the most important first.</summary>
    public required IReadOnlyList<string> Summary { get; init; }

    public required SettledFigures Whole { get; init; }

    public required int Customers { get; init; }

    /// <summary>By revenue, the highest first.</summary>
    public required IReadOnlyList<SettledItem> Items { get; init; }

    /// <summary>By name.</summary>
    public required IReadOnlyList<SettledRegion> Regions { get; init; }

    public required IReadOnlyList<FundingOutcome> Funding { get; init; }

    public required IReadOnlyList<Cannibalised> Cannibalisation { get; init; }

    /// <summary>Share of looks at item-locations that found something to sell, 0 to 1; null if nobody looked.</summary>
    public required decimal? Availability { get; init; }

    public required IReadOnlyList<AvailabilitySample> Samples { get; init; }

    public required IReadOnlyList<SettledDay> Days { get; init; }

    public BudgetUse? Budget { get; init; }

    public required IReadOnlyList<PromotionTransition> Timeline { get; init; }

    public required IReadOnlyList<SettledException> Exceptions { get; init; }
}

/// <summary>Source-generated JSON of settlements, indented: people read it too.</summary>
[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    NewLine = "\n",
    DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull
)]
[JsonSerializable(typeof(SettlementReport))]
public sealed partial class SettlementJson : JsonSerializerContext;
