using System.Globalization;

namespace Stockgate.Domain.Pricing;

/// <summary>How many of a category's prices moved by decisions on a day.</summary>
/// <param name="Category">Empty for the items that have none.</param>
/// <param name="Day">In UTC.</param>
/// <param name="Items">Prices that the category has: items in channels and regions.</param>
/// <param name="Raised">Of them, 0 or more.</param>
/// <param name="Lowered">Of them, 0 or more.</param>
public sealed record CategoryDay(string Category, DateOnly Day, int Items, int Raised, int Lowered)
{
    /// <summary>Changes that the category may still make on the day, 0 or more.</summary>
    public int Left(CategoryRules rules) => (int)Math.Clamp((long)rules.ChangesPerDay - Raised - Lowered, 0, int.MaxValue);

    /// <summary>Whether so many more moves would stop the category.</summary>
    /// <returns>Why, in words; null if they would not.</returns>
    public string? Trips(CategoryRules rules, int moreRaised, int moreLowered) =>
        Trips(rules, (long)Raised + moreRaised, "raised") ?? Trips(rules, (long)Lowered + moreLowered, "lowered");

    private string? Trips(CategoryRules rules, long moved, string how) =>
        moved < rules.BreakerLeast || moved <= rules.BreakerShare * Math.Max(1, Items)
            ? null
            : string.Create(
                CultureInfo.InvariantCulture,
                $"{moved} of {Items} prices of {Shown} would be {how} on {Day:yyyy-MM-dd}; more than {rules.BreakerShare:P0} of them the same way, and {rules.BreakerLeast} or more, stop the category until a person resumes it"
            );

    private string Shown => Category.Length > 0 ? Category : "items without a category";
}
