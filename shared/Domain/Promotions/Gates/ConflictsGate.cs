using System.Text.Json.Serialization;

namespace Stockgate.Domain.Promotions.Gates;

/// <summary>What happens where a promotion meets another on the same item.</summary>
[JsonConverter(typeof(NamedEnumConverter<StackingRule>))]
public enum StackingRule
{
    /// <summary>Suffers no other: only the one of higher priority can apply.</summary>
    Exclusive,

    /// <summary>The customer gets the better of the two.</summary>
    BestOf,

    /// <summary>Adds up with others that stack.</summary>
    Stackable,
}

/// <summary>The state of another promotion. All states are compared, because an unapproved promotion may launch tomorrow.</summary>
[JsonConverter(typeof(NamedEnumConverter<OtherPromotionState>))]
public enum OtherPromotionState
{
    Draft,
    Submitted,
    Approved,
    Live,
}

/// <summary>Where, when and how a promotion applies.</summary>
/// <param name="Id">Which promotion it is.</param>
/// <param name="Items">The items of the promotion, each once.</param>
/// <param name="Channels">Empty: all.</param>
/// <param name="Regions">Empty: all.</param>
/// <param name="Start">Its first moment.</param>
/// <param name="End">The first moment after it.</param>
/// <param name="Stacking">How it meets others.</param>
/// <param name="Priority">The higher one wins.</param>
public sealed record PromotionScope(
    PromotionId Id,
    Sku[] Items,
    SalesChannelId[] Channels,
    RegionId[] Regions,
    DateTimeOffset Start,
    DateTimeOffset End,
    StackingRule Stacking,
    int Priority
);

/// <param name="Scope">What it applies to.</param>
/// <param name="State">Its state.</param>
/// <param name="ReadAt">When its state was read.</param>
public sealed record OtherPromotion(PromotionScope Scope, OtherPromotionState State, DateTimeOffset ReadAt);

public sealed record ConflictsInput(DateTimeOffset Now, PromotionScope Own, OtherPromotion[] Others);

/// <summary>
/// No other promotion overlaps in item × channel × region × time in a way that the two stacking rules and priorities leave open or decide
/// against this one.
/// </summary>
public static class ConflictsGate
{
    private enum Outcome
    {
        Fine,
        Tie,
        WeWin,
        Open,
        TheyWin,
    }

    public static GateVerdict Judge(ConflictsInput input)
    {
        var own = input.Own;
        var items = new HashSet<Sku>(own.Items);
        var findings = new Judgement(
            GateNames.Conflicts,
            "No other promotion, approved or not, overlaps this one on an item, channel, region and time unless both stack, or the better price applies and priority breaks ties."
        );
        Worst red = new(),
            amber = new();
        var shared = new int[input.Others.Length];
        var met = 0;
        for (var i = 0; i < input.Others.Length; i++)
        {
            var other = input.Others[i].Scope;
            if (
                other.Id == own.Id
                || other.Start >= own.End
                || other.End <= own.Start
                || !Meet(own.Channels, other.Channels)
                || !Meet(own.Regions, other.Regions)
            )
                continue;
            foreach (var sku in other.Items)
                if (items.Contains(sku))
                    shared[i]++;
            if (shared[i] == 0)
                continue;
            met++;
            var outcome = Between(own, other);
            if (outcome >= Outcome.Open)
                red.Add(i, shared[i]);
            else if (outcome != Outcome.Fine)
                amber.Add(i, shared[i]);
        }
        findings.See(
            "other promotions",
            $"{Figures.Number(input.Others.Length)} checked, {Figures.Number(met)} on the same items, channels, regions and time",
            null,
            "the promotion register"
        );
        See(red);
        See(amber);
        if (red.Count > 0)
            findings.Red(
                $"{Figures.Count(red.Count, "promotion")} in conflict: {red.Names(Describe)}.",
                "Move the window, remove the shared items, or agree on a priority or on stacking with the other promotion's owner.",
                "the merchandisers of both promotions"
            );
        if (amber.Count > 0)
            findings.Amber(
                $"{Figures.Count(amber.Count, "promotion")} affected: {amber.Names(Describe)}.",
                "Have the other promotion's owner move it or let both stack, or give the two different priorities under best-of.",
                "the merchandisers of both promotions"
            );
        return findings.Verdict(
            met == 0
                ? "No other promotion overlaps this one."
                : $"{Figures.Count(met, "promotion")} on the same items can run alongside this one."
        );

        void See(Worst worst)
        {
            foreach (var i in worst.Indexes)
                findings.See(
                    $"promotion {input.Others[i].Scope.Id}",
                    $"{input.Others[i].State}, {input.Others[i].Scope.Stacking}, priority {input.Others[i].Scope.Priority}",
                    Figures.Age(input.Now, input.Others[i].ReadAt),
                    "the promotion register"
                );
        }

        string Describe(int i)
        {
            var other = input.Others[i].Scope;
            return $"{other.Id} ({input.Others[i].State.ToString().ToLowerInvariant()}; {Why(Between(own, other))}) on {SharedNames(items, other.Items, shared[i])}";
        }
    }

    private static Outcome Between(PromotionScope own, PromotionScope other)
    {
        if (own.Stacking == StackingRule.Stackable && other.Stacking == StackingRule.Stackable)
            return Outcome.Fine;
        if (own.Stacking != StackingRule.Exclusive && other.Stacking != StackingRule.Exclusive)
            return own.Priority == other.Priority ? Outcome.Tie : Outcome.Fine;
        return own.Priority.CompareTo(other.Priority) switch
        {
            0 => Outcome.Open,
            > 0 => Outcome.WeWin,
            _ => Outcome.TheyWin,
        };
    }

    private static string Why(Outcome outcome) =>
        outcome switch
        {
            Outcome.Open => "one of the two is exclusive and they have the same priority",
            Outcome.TheyWin => "one of the two is exclusive and the other has the higher priority",
            Outcome.WeWin => "one of the two is exclusive and this one would displace the other",
            _ => "the better price applies, and both have the same priority",
        };

    private static bool Meet<T>(T[] own, T[] others)
        where T : IEquatable<T> => own.Length == 0 || others.Length == 0 || own.AsSpan().ContainsAny(others);

    private static string SharedNames(HashSet<Sku> own, Sku[] others, int count)
    {
        var shown = new List<string>(Worst.Shown);
        foreach (var sku in others)
        {
            if (shown.Count == Worst.Shown)
                break;
            if (own.Contains(sku))
                shown.Add(sku.Value);
        }
        return string.Join(", ", shown) + (count > shown.Count ? $" and {Figures.Number(count - shown.Count)} more" : "");
    }
}
