namespace Stockgate.Domain.Promotions;

/// <summary>Collects all mistakes of a request, so that its author can correct them together.</summary>
internal sealed class Findings
{
    private readonly List<Rejection> _all = [];

    public IReadOnlyList<Rejection> All => _all;

    public void Add(string field, string reason) => _all.Add(new Rejection(field, reason));

    public void Add(Rejection? rejection)
    {
        if (rejection is not null)
            _all.Add(rejection);
    }

    public void Within(string field, decimal value, decimal lowest, decimal highest)
    {
        if (value < lowest || value > highest)
            Add(field, $"is {value}; give {lowest} to {highest}");
    }

    public void Positive(string field, Money money)
    {
        if (money.Amount <= 0)
            Add(field, $"is {money}; it must be above zero");
        else
            Add(Rules.Bounded(field, money.Amount));
    }

    /// <summary>Above zero, and no more decimals than the currency has: nobody can pay half a yen.</summary>
    public void Payable(string field, Money money)
    {
        Positive(field, money);
        if (!money.Payable)
            Add(field, $"is {money}; {money.Currency} has {money.Currency.MinorUnits} decimals");
    }

    /// <summary>Holds a list to its size, each id to <see cref="Identifier"/>'s rule, and finds what stands in it twice.</summary>
    public void Ids(string field, IReadOnlyList<string> ids, int most) => Ids(field, ids, most, Identifier.Mistake);

    private void Ids(string field, IReadOnlyList<string> ids, int most, Func<string?, string?> rule)
    {
        Count(field, ids.Count, most);
        var seen = new Dictionary<string, int>(StringComparer.Ordinal);
        // Beyond the bound nothing is looked at: the list has to be cut anyway, and its findings could be as long as itself.
        for (var i = 0; i < Math.Min(ids.Count, most); i++)
            if (rule(ids[i]) is { } mistake)
                Add($"{field}[{i}]", mistake);
            else if (!seen.TryAdd(ids[i], i))
                Add($"{field}[{i}]", $"duplicates {field}[{seen[ids[i]]}]; list it once");
    }

    public void Ids<T>(string field, IReadOnlyList<T>? ids, int most)
        where T : struct, ITextId<T> =>
        Ids(
            field,
            [.. (ids ?? []).Select(static id => id.Value)],
            most,
            static id => T.Mistake(id, out var clean) ?? (clean.Value == id ? null : $"must be written '{clean}'")
        );

    public void Count(string field, int count, int most)
    {
        if (count > most)
            Add(field, $"has {count}; at most {most} are allowed");
    }
}
