namespace Stockgate.Domain.Promotions;

/// <summary>Bounds of a promotion. What is outside is refused with the bound in the answer, never cut.</summary>
public static class PromotionLimits
{
    /// <summary>Characters of a promotion's name: shelf labels and channels' campaign lists cut longer ones.</summary>
    public const int Name = 120;

    /// <summary>SKUs that are named, and as many that are excluded.</summary>
    public const int Skus = 5_000;

    public const int Categories = 200;

    public const int Regions = 50;

    /// <summary>Stores of one region, and as many warehouses.</summary>
    public const int Locations = 500;

    public const int Channels = 20;

    public const int FundingAgreements = 20;

    /// <summary>The highest priority; 0 is the lowest.</summary>
    public const int Priority = 1_000;

    /// <summary>Units of a bundle, and of either side of buy X get Y.</summary>
    public const int GroupUnits = 100;

    /// <summary>The largest expected uplift, as a factor of the baseline. Beyond it a percentage was meant: 140 for 1.4.</summary>
    public const decimal Uplift = 100;

    public static readonly TimeSpan ShortestWindow = TimeSpan.FromMinutes(1);

    /// <summary>A year with room for a leap day and a season's shift. What lasts longer is a price, not a promotion.</summary>
    public static readonly TimeSpan LongestWindow = TimeSpan.FromDays(400);

    /// <summary>Years that a window may lie in, the last one excluded: outside of them a digit was mistyped.</summary>
    public const int FirstYear = 2000,
        LastYear = 2200;
}
