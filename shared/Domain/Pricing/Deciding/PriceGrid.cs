namespace Stockgate.Domain.Pricing.Deciding;

/// <summary>
/// The prices that may be written on a label, counted from the lowest: every whole unit with each of the allowed endings, or every amount
/// that can be paid.
/// </summary>
internal readonly struct PriceGrid
{
    /// <summary>More prices are not weighed: the curve between them is smooth.</summary>
    public const int Most = 24;

    private readonly decimal[] _endings;
    private readonly decimal _coin;

    /// <param name="endings">Fractions of the main unit; those that can't be paid in the currency are left out, and where none is left
    /// anything that can be paid is allowed.</param>
    /// <param name="currency">Its decimals bound what can be paid.</param>
    public PriceGrid(IReadOnlyList<decimal> endings, Currency currency)
    {
        _coin = currency.MinorUnits switch
        {
            0 => 1m,
            3 => 0.001m,
            _ => 0.01m,
        };
        var (fits, count) = (new decimal[endings.Count], 0);
        foreach (var ending in endings)
            if (ending % _coin == 0 && Array.IndexOf(fits, ending, 0, count) < 0)
                fits[count++] = ending;
        Array.Sort(fits, 0, count);
        _endings = count == fits.Length ? fits : fits[..count];
    }

    public decimal At(long place) => _endings.Length == 0 ? place * _coin : place / _endings.Length + _endings[place % _endings.Length];

    /// <summary>The place of the lowest price that is no lower.</summary>
    public long AtOrAbove(decimal price)
    {
        if (_endings.Length == 0)
            return (long)decimal.Ceiling(price / _coin);
        var whole = decimal.Floor(price);
        for (var i = 0; i < _endings.Length; i++)
            if (whole + _endings[i] >= price)
                return (long)whole * _endings.Length + i;
        return ((long)whole + 1) * _endings.Length;
    }

    /// <summary>The place of the highest price that is no higher; below 0 where there is none.</summary>
    public long AtOrBelow(decimal price)
    {
        if (_endings.Length == 0)
            return (long)decimal.Floor(price / _coin);
        var whole = decimal.Floor(price);
        for (var i = _endings.Length - 1; i >= 0; i--)
            if (whole + _endings[i] <= price)
                return (long)whole * _endings.Length + i;
        return (long)whole * _endings.Length - 1;
    }

    /// <summary>
    /// At most <see cref="Most"/> of the prices from <paramref name="low"/> to <paramref name="high"/>, evenly picked, from the lowest:
    /// the outermost and those beside <paramref name="current"/> are among them.
    /// </summary>
    public List<decimal> Between(decimal low, decimal high, decimal current)
    {
        var (first, last) = (AtOrAbove(low), AtOrBelow(high));
        var count = last - first + 1;
        if (count <= 0)
            return [];
        var picked = new List<decimal>((int)Math.Min(count, Most));
        if (count <= Most)
        {
            for (var place = first; place <= last; place++)
                picked.Add(At(place));
            return picked;
        }
        var (below, above, evenly, before) = (AtOrBelow(current), AtOrAbove(current), Most - 2, first - 1);
        for (var i = 0; i < evenly; i++)
        {
            var place = first + (count - 1) * i / (evenly - 1);
            if (below > before && below < place)
                picked.Add(At(below));
            if (above > before && above < place && above != below)
                picked.Add(At(above));
            picked.Add(At(place));
            before = place;
        }
        return picked;
    }
}
