using System.Globalization;

namespace Stockgate.Domain.Pricing;

/// <summary>Two rules that have to fit each other.</summary>
/// <param name="Member">That is named where they don't.</param>
/// <param name="Other">The one that it has to fit.</param>
/// <param name="Resolved">Whether one of them alone can break it, with what holds already for the other.</param>
/// <param name="Fits">Whether they fit.</param>
/// <param name="Words">What is wrong.</param>
internal sealed record RuleCheck(
    string Member,
    string Other,
    bool Resolved,
    Func<PriceRules, bool> Fits,
    Func<PriceRules, FormattableString> Words
)
{
    private static readonly RuleCheck[] All =
    [
        new(
            "marginTarget",
            "marginFloor",
            true,
            static r => r.MarginTarget >= r.MarginFloor,
            static r => $"is {r.MarginTarget}, below marginFloor, {r.MarginFloor}"
        ),
        new(
            "minStep",
            "maxStep",
            true,
            static r => r.MinStep <= r.MaxStep,
            static r => $"is {r.MinStep}, above maxStep, {r.MaxStep}: no price could change"
        ),
        new(
            "ceiling",
            "minimum",
            true,
            static r => r.Ceiling is null || r.Minimum is null || r.Ceiling >= r.Minimum,
            static r => $"is {r.Ceiling}, below minimum, {r.Minimum}"
        ),
        new(
            "overstockDays",
            "scarceDays",
            true,
            static r => r.OverstockDays > r.ScarceDays,
            static r => $"is {r.OverstockDays}, not above scarceDays, {r.ScarceDays}"
        ),
        // A category whose steps are smaller than those that are asked about is meant so.
        new(
            "askAboveStep",
            "maxStep",
            false,
            static r => r.AskAboveStep <= r.MaxStep,
            static r => $"is {r.AskAboveStep}, above maxStep, {r.MaxStep}: approval would never be needed"
        ),
    ];

    /// <summary>Writes down what does not fit among the values that <paramref name="set"/> names.</summary>
    /// <param name="members">Where they stand.</param>
    /// <param name="set">The values that stand there.</param>
    /// <param name="rules">The rules with them.</param>
    /// <param name="alone">False if what holds for the others is not known: the item's category.</param>
    public static void Of(JsonMembers members, IReadOnlyList<RuleValue> set, PriceRules rules, bool alone)
    {
        foreach (var check in All)
        {
            var (one, other) = (set.Any(v => v.Member == check.Member), set.Any(v => v.Member == check.Other));
            if ((alone && check.Resolved ? one || other : one && other) && !check.Fits(rules))
                members.Add(
                    one ? check.Member : check.Other,
                    one ? Text(check.Words(rules)) : $"does not fit {check.Member}, which {Text(check.Words(rules))}"
                );
        }
    }

    private static string Text(FormattableString words) => words.ToString(CultureInfo.InvariantCulture);
}
