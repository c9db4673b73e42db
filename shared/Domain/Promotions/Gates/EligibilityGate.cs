using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>Whether an item may be promoted at all.</summary>
[JsonConverter(typeof(NamedEnumConverter<ItemStanding>))]
public enum ItemStanding
{
    /// <summary>The catalog holds the item but does not say.</summary>
    Unknown,
    Active,
    Inactive,

    /// <summary>Named by an exclusion list.</summary>
    Excluded,
    Recalled,

    /// <summary>Of a category that a channel of this promotion must not sell or advertise.</summary>
    RestrictedCategory,

    /// <summary>Not in the catalog.</summary>
    Missing,

    /// <summary>Nobody said what it costs without the promotion, in the promotion's currency.</summary>
    Unpriced,
}

/// <summary>An item as the catalog has it.</summary>
/// <param name="Sku">The item.</param>
/// <param name="Standing">Whether it may be promoted.</param>
/// <param name="RestrictedIn">The channel that must not have it, where it is restricted.</param>
public readonly record struct EligibleItem(Sku Sku, ItemStanding Standing, SalesChannelId? RestrictedIn = null);

/// <param name="Now">The moment to judge by.</param>
/// <param name="Items">The items of the promotion as the catalog has them.</param>
/// <param name="ReadAt">When the catalog was read.</param>
/// <param name="Source">The catalog.</param>
public sealed record EligibilityInput(DateTimeOffset Now, EligibleItem[] Items, DateTimeOffset ReadAt, string Source);

/// <summary>Items exist, are active and are neither excluded nor blocked.</summary>
public static class EligibilityGate
{
    public static GateVerdict Judge(EligibilityInput input)
    {
        var items = input.Items;
        Worst barred = new(),
            unknown = new();
        for (var i = 0; i < items.Length; i++)
            if (items[i].Standing == ItemStanding.Unknown)
                unknown.Add(i, 0);
            // A recall is a matter of safety and is named before all else.
            else if (items[i].Standing != ItemStanding.Active)
                barred.Add(i, items[i].Standing == ItemStanding.Recalled ? 1 : 0);
        var findings = new Judgement(
            GateNames.Eligibility,
            "Every item is in the catalog, active, and neither excluded, recalled nor restricted in a channel of this promotion."
        );
        findings.See(
            "items that may be promoted",
            $"{Figures.Number(items.Length - barred.Count - unknown.Count)} of {Figures.Count(items.Length, "item")}",
            Figures.Age(input.Now, input.ReadAt),
            input.Source
        );
        if (items.Length == 0)
            findings.Red("The promotion has no items.", "Add at least one item.", "the merchandiser");
        if (barred.Count > 0)
            findings.Red(
                $"{Figures.Count(barred.Count, "item")} can't be promoted: {barred.Names(i => $"{items[i].Sku} ({Why(items[i])})")}.",
                "Remove these items, or have the catalog allow them.",
                "the merchandiser"
            );
        if (unknown.Count > 0)
            findings.Amber(
                $"The catalog has no status of {Figures.Count(unknown.Count, "item")}: {unknown.Names(i => items[i].Sku.Value)}.",
                "Have the catalog state whether these items are active.",
                "the catalog team"
            );
        return findings.Verdict($"All {Figures.Count(items.Length, "item")} may be promoted.");
    }

    private static string Why(EligibleItem item) =>
        item.Standing switch
        {
            ItemStanding.Inactive => "not active",
            ItemStanding.Excluded => "excluded",
            ItemStanding.Recalled => "recalled",
            ItemStanding.RestrictedCategory => item.RestrictedIn is { } channel
                ? $"restricted category in {channel}"
                : "restricted category",
            ItemStanding.Unpriced => "no regular price",
            _ => "not in the catalog",
        };
}
