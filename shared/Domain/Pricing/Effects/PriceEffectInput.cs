namespace Stockgate.Domain.Pricing.Effects;

/// <summary>The input of the measurement of a price change.</summary>
public sealed record PriceEffectInput
{
    public required PriceKey Key { get; init; }

    /// <summary>The first whole day that the new price held.</summary>
    public required DateOnly First { get; init; }

    /// <summary>Days that are compared, 1 or more.</summary>
    public required int Days { get; init; }

    public required Money From { get; init; }

    public required Money To { get; init; }

    /// <summary>Of a unit, in the price's currency.</summary>
    public required Money Cost { get; init; }

    /// <summary>Units over <see cref="Days"/> that were expected at the price before, 0 or more.</summary>
    public required double ExpectedKept { get; init; }

    /// <summary>Units over <see cref="Days"/> that were expected at the new price, 0 or more.</summary>
    public required double ExpectedMoved { get; init; }

    /// <summary>Units that were sold on those days.</summary>
    public required double Sold { get; init; }

    /// <summary>Days of them with nothing left to sell.</summary>
    public int DaysOut { get; set; }

    /// <summary>Items of the category and region whose price was held over the same days.</summary>
    public IReadOnlyList<HeldItem> Held { get; set; } = [];

    /// <summary>Of a decision that carries what was expected; its horizon is scaled to the days.</summary>
    /// <returns>Null if it had no outlook.</returns>
    public static PriceEffectInput? Of(
        PriceDecision decision,
        Money cost,
        DateOnly first,
        int days,
        double sold,
        int daysOut,
        IReadOnlyList<HeldItem> held
    ) =>
        decision is not { Kept: { } kept, Moved: { } moved, Days: > 0 }
            ? null
            : new PriceEffectInput
            {
                Key = decision.Key,
                First = first,
                Days = days,
                From = decision.From,
                To = decision.To,
                Cost = cost,
                Sold = sold,
                DaysOut = daysOut,
                Held = held,
                ExpectedKept = kept.Units * days / decision.Days,
                ExpectedMoved = moved.Units * days / decision.Days,
            };
}

/// <summary>An item whose price was held, over the days that a moved one is judged by.</summary>
/// <param name="Key">Of the same category and region.</param>
/// <param name="Expected">Units that were forecast, above 0.</param>
/// <param name="Sold">Units that were sold.</param>
public sealed record HeldItem(PriceKey Key, double Expected, double Sold);
