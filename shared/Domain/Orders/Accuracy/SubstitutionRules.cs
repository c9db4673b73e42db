using Stockgate.Domain.Operations;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>A substitution rule. The first rule for the category and channel decides.</summary>
public sealed record SubstitutionRule
{
    public required string Name { get; init; }

    /// <summary>Of the article that is missing; null: any.</summary>
    public string? Category { get; init; }

    /// <summary>Where the order came from; null: anywhere.</summary>
    public ChannelId? Channel { get; init; }

    /// <summary>False: no substitute is allowed.</summary>
    public bool Allowed { get; init; } = true;

    /// <summary>Categories that a substitute may be of; none: the article's own.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>How much more a substitute may cost, in percent of the price paid; the customer does not pay it.</summary>
    public decimal MaxDearerPercent { get; init; } = 20;

    /// <summary>How much less, in percent.</summary>
    public decimal MaxCheaperPercent { get; init; } = 30;

    public bool NeedsConsent { get; init; } = true;
}

/// <summary>A candidate substitute.</summary>
/// <param name="Sku">The article.</param>
/// <param name="Category">Null if it has none.</param>
/// <param name="Price">What it costs now, in the order's currency.</param>
/// <param name="Available">Units where the order ships from.</param>
public sealed record SubstituteOffer(Sku Sku, string? Category, decimal Price, Quantity Available);

/// <summary>A missing quantity of an order.</summary>
/// <param name="Sku">The article.</param>
/// <param name="Category">Null if it has none.</param>
/// <param name="UnitPrice">What the customer paid for a unit.</param>
/// <param name="Quantity">Units to be replaced.</param>
/// <param name="Channel">Where the order came from.</param>
/// <param name="Consent">Whether the customer takes substitutes.</param>
public sealed record MissingArticle(Sku Sku, string? Category, decimal UnitPrice, Quantity Quantity, ChannelId Channel, bool Consent);

/// <summary>The result of a search for substitutes.</summary>
/// <param name="Rule">The rule that decided; null if none fits, and nothing may.</param>
/// <param name="Substitutes">Best first: the nearest in price, the cheaper of two as near.</param>
/// <param name="Checks">Why, for the article as a whole and for each offer that was skipped.</param>
public sealed record SubstitutionChoice(string? Rule, IReadOnlyList<SubstituteOffer> Substitutes, IReadOnlyList<RuleVerdict> Checks);

/// <summary>Rules of substitution, in the order in which they are tried.</summary>
public sealed record SubstitutionRules(IReadOnlyList<SubstitutionRule> Rules)
{
    /// <summary>Chooses among the offers; an article is never its own substitute.</summary>
    public SubstitutionChoice Choose(MissingArticle missing, IEnumerable<SubstituteOffer> offers)
    {
        if (
            Rules.FirstOrDefault(r =>
                (r.Category is null || r.Category == missing.Category) && (r.Channel is null || r.Channel == missing.Channel)
            )
            is not { } rule
        )
            return new(null, [], [new("rule", false, $"No rule allows a substitute for {missing.Sku} in {missing.Channel}.")]);
        if (!rule.Allowed)
            return new(rule.Name, [], [new("rule", false, $"Rule {rule.Name} allows no substitute.")]);
        if (rule.NeedsConsent && !missing.Consent)
            return new(rule.Name, [], [new("consent", false, $"Rule {rule.Name} requires the customer's consent, which is missing.")]);
        var (taken, checks) = (new List<SubstituteOffer>(), new List<RuleVerdict> { new("rule", true, $"Rule {rule.Name} holds.") });
        foreach (
            var offer in offers
                .Where(o => o.Sku != missing.Sku)
                .OrderBy(o => Math.Abs(o.Price - missing.UnitPrice))
                .ThenBy(static o => o.Price)
                .ThenBy(static o => o.Sku.Value, StringComparer.Ordinal)
        )
            if (Mistake(rule, missing, offer) is { } verdict)
                checks.Add(verdict);
            else
                taken.Add(offer);
        return new(rule.Name, taken, checks);
    }

    private static RuleVerdict? Mistake(SubstitutionRule rule, MissingArticle missing, SubstituteOffer offer)
    {
        var (lowest, highest) = (
            missing.UnitPrice * (1 - rule.MaxCheaperPercent / 100),
            missing.UnitPrice * (1 + rule.MaxDearerPercent / 100)
        );
        // Two articles without a category have none in common.
        var alike =
            rule.With.Count == 0
                ? offer.Category is not null && offer.Category == missing.Category
                : rule.With.Contains(offer.Category, StringComparer.Ordinal);
        return !alike
                ? new(
                    "category",
                    false,
                    $"{offer.Sku} is in {offer.Category ?? "no category"}; {(rule.With.Count == 0 ? missing.Category ?? "a category" : string.Join(" or ", rule.With))} is required."
                )
            : offer.Price < lowest || offer.Price > highest
                ? new(
                    "price",
                    false,
                    $"{offer.Sku} costs {offer.Price}; allowed is {lowest:0.##} to {highest:0.##} for {missing.UnitPrice}."
                )
            : offer.Available < missing.Quantity
                ? new("stock", false, $"{offer.Available} of {offer.Sku} are available; {missing.Quantity} are needed.")
            : null;
    }
}
