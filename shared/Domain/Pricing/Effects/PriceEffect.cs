using MathNet.Numerics.Distributions;

namespace Stockgate.Domain.Pricing.Effects;

/// <summary>The measured effect of a price change against the forecast and against items with an unchanged price.</summary>
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

    /// <summary>
    /// Sold ÷ forecast of the held items together: what the days did to all of them. Null if there is nothing to compare with.
    /// </summary>
    public double? Trend { get; init; }

    /// <summary>Held items that it was learned from.</summary>
    public int Held { get; init; }

    /// <summary>
    /// What the new price did to units: sold, less what the price before would have sold on such days (difference in differences). Null
    /// with <see cref="Trend"/>.
    /// </summary>
    public double? Units { get; init; }

    /// <summary>What it did to the margin, money.</summary>
    public double? Margin { get; init; }

    /// <summary>The interval of 95 % of <see cref="Margin"/>; null if too few items were held to know how far they differ.</summary>
    public double? MarginLow { get; init; }

    public double? MarginHigh { get; init; }

    /// <summary>For a person.</summary>
    public required string Words { get; init; }

    /// <summary>Fewer held items don't tell how far items differ from each other.</summary>
    public const int LeastHeld = 5;

    /// <summary>Measures it. Figures that are no numbers count as none.</summary>
    public static PriceEffect Measure(PriceEffectInput input)
    {
        var (kept, moved, sold) = (Finite(input.ExpectedKept), Finite(input.ExpectedMoved), Finite(input.Sold));
        var (unitKept, unitMoved) = (
            (double)input.From.Amount - (double)input.Cost.Amount,
            (double)input.To.Amount - (double)input.Cost.Amount
        );
        var held = input.Held.Where(static h => h.Expected is > 0 and < double.PositiveInfinity && double.IsFinite(h.Sold)).ToList();
        var effect = new PriceEffect
        {
            Key = input.Key,
            First = input.First,
            Days = input.Days,
            From = input.From,
            To = input.To,
            ExpectedKept = kept,
            ExpectedMoved = moved,
            Sold = sold,
            MarginKept = kept * unitKept,
            MarginMoved = moved * unitMoved,
            MarginEarned = sold * unitMoved,
            Held = held.Count,
            Words = string.Empty,
        };
        if (held.Count > 0)
        {
            var trend = held.Sum(static h => h.Sold) / held.Sum(static h => h.Expected);
            var margin = effect.MarginEarned - trend * effect.MarginKept;
            var half = held.Count < LeastHeld ? (double?)null : Half(held, trend, kept) * Math.Abs(unitKept);
            effect = effect with
            {
                Trend = trend,
                Units = sold - trend * kept,
                Margin = margin,
                MarginLow = margin - half,
                MarginHigh = margin + half,
            };
        }
        return effect with { Words = PriceEffectWords.Of(effect, input) };
    }

    private static double Finite(double value) => double.IsFinite(value) ? value : 0;

    // Half of the interval of the units that the price before would have sold: of the ratio (Cochran 1977, Sampling Techniques, 6.3), and
    // of the item itself, whose variance grows with what is expected of it.
    private static double Half(List<HeldItem> held, double trend, double kept)
    {
        var (squares, scaled, expected) = (0.0, 0.0, held.Sum(static h => h.Expected));
        foreach (var item in held)
        {
            var off = item.Sold - trend * item.Expected;
            (squares, scaled) = (squares + off * off, scaled + off * off / item.Expected);
        }
        var (freedom, ratio) = (held.Count - 1, kept / expected);
        var variance = ratio * ratio * squares * held.Count / freedom + kept * scaled / freedom;
        return StudentT.InvCDF(0, 1, freedom, 0.975) * Math.Sqrt(variance);
    }
}
