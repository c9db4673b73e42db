namespace Stockgate.Domain.Pricing;

/// <summary>What a moved price brought, against what was expected and against items whose price was held.</summary>
public sealed record PriceEffect
{
    public required PriceKey Key { get; init; }

    public required DateOnly First { get; init; }

    public required int Days { get; init; }

    public required Money From { get; init; }

    public required Money To { get; init; }

    /// <summary>Units expected at the price before, at the new one, and sold.</summary>
    public required double ExpectedKept { get; init; }

    public required double ExpectedMoved { get; init; }

    public required double Sold { get; init; }

    /// <summary>Margin, money: the same three.</summary>
    public required double MarginKept { get; init; }

    public required double MarginMoved { get; init; }

    public required double MarginEarned { get; init; }

    /// <summary>Sold ÷ forecast of the held items together: what the days did to all of them. Null where there is nothing to compare with.</summary>
    public double? Trend { get; init; }

    /// <summary>Held items that it was learned from.</summary>
    public int Held { get; init; }

    /// <summary>What the new price did to units: sold, less what the price before would have sold on such days (difference in differences). Null with <see cref="Trend"/>.</summary>
    public double? Units { get; init; }

    /// <summary>What it did to the margin, money.</summary>
    public double? Margin { get; init; }

    /// <summary>The interval of 95 % of <see cref="Margin"/>; null where too few items were held to know how far they differ.</summary>
    public double? MarginLow { get; init; }

    public double? MarginHigh { get; init; }

    /// <summary>For a person.</summary>
    public required string Words { get; init; }

    /// <summary>Measures it. Never throws.</summary>
    public static PriceEffect Measure(PriceEffectInput input) => throw new NotImplementedException();
}
