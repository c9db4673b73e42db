namespace Stockgate.Domain.Pricing;

/// <summary>The price that a reduction is announced against.</summary>
public static class PriorPrice
{
    private static readonly TimeSpan Back = TimeSpan.FromDays(30);

    /// <summary>
    /// The lowest price that held at any time in the 30 days before (Directive 98/6/EC, article 6a, as inserted by Directive 2019/2161).
    /// A price that began to hold earlier and still held then counts.
    /// </summary>
    /// <param name="moves">Of the price, in any order; those after <paramref name="at"/> and those in another currency are left
    /// out.</param>
    /// <param name="price">What holds at <paramref name="at"/>.</param>
    /// <param name="at">When the new price is announced.</param>
    public static Money LowestIn30Days(IReadOnlyList<PriceMove> moves, Money price, DateTimeOffset at)
    {
        var (lowest, from) = (price.Amount, at > DateTimeOffset.MinValue + Back ? at - Back : DateTimeOffset.MinValue);
        PriceMove? before = null;
        foreach (var move in moves)
        {
            if (move.At > at || move.To.Currency != price.Currency || move.From.Currency != price.Currency)
                continue;
            if (move.At <= from)
                before = before is null || move.At >= before.At ? move : before;
            // What it ended had held until then, so within the 30 days.
            else
                lowest = Math.Min(lowest, Math.Min(move.From.Amount, move.To.Amount));
        }
        return new Money(before is null ? lowest : Math.Min(lowest, before.To.Amount), price.Currency);
    }
}
