using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>Tries the choices of locations for one allocation.</summary>
internal sealed class AllocationSearch
{
    private readonly AllocationFacts _facts;
    private readonly AllocationRules _rules;
    private readonly List<SkuUnits> _wanted;
    private readonly List<Source> _sources;
    private readonly List<string> _passedOver = [];

    public AllocationSearch(AllocationFacts facts, AllocationRules rules)
    {
        (_facts, _rules) = (facts, rules);
        _wanted =
        [
            .. facts
                .Wanted.GroupBy(static w => w.Sku)
                .Select(static g => new SkuUnits(g.Key, new(g.Sum(static w => w.Quantity.Value))))
                .OrderBy(static w => w.Sku.Value, StringComparer.Ordinal),
        ];
        _sources =
        [
            .. facts
                .Locations.Select(SourceOf)
                .Where(static s => s.Has.Length > 0)
                .OrderBy(static s => s.Kilometres)
                .ThenBy(static s => s.Location.Value, StringComparer.Ordinal),
        ];
    }

    public AllocationPlan Best()
    {
        var near = _sources.Take(AllocationPlan.ExactLocations).ToList();
        if (_sources.Skip(AllocationPlan.ExactLocations).FirstOrDefault(HasAll) is { } whole)
            near.Add(whole);
        var best = Choice([]);
        foreach (var choice in Subsets(near, AllocationPlan.ExactParcels))
            best = Better(best, Choice(choice));
        // What three parcels can't hold is filled up one location at a time.
        while (best.Short > 0)
        {
            var further = _sources.Except(best.Used).Select(s => Choice([.. best.Used, s])).Aggregate(best, Better);
            if (further.Short == best.Short)
                break;
            best = further;
        }
        return Plan(best);
    }

    private Source SourceOf(KeyValuePair<LocationId, Place> location)
    {
        var has = new List<(Sku, decimal)>();
        var buffer = _rules.Buffers.GetValueOrDefault((location.Key, _facts.Channel));
        foreach (var wanted in _wanted)
        {
            if (!_facts.Stock.TryGetValue((wanted.Sku, location.Key), out var seen))
                continue;
            if (!(seen.Age <= _rules.StockFreshFor))
                _passedOver.Add(
                    $"{location.Key} is skipped for {wanted.Sku}: its stock figure {(seen.Age is null ? "has no known age" : "is too old")}."
                );
            else if (seen.Available > buffer)
                has.Add((wanted.Sku, (seen.Available - buffer).Value));
            else if (seen.Available > Quantity.Zero)
                _passedOver.Add($"{location.Key} reserves its {seen.Available} of {wanted.Sku} from {_facts.Channel} as a buffer.");
        }
        return new Source(location.Key, _facts.To?.KilometresTo(location.Value) ?? 0, [.. has]);
    }

    private bool HasAll(Source source) => _wanted.TrueForAll(w => source.Has.Any(h => h.Sku == w.Sku && h.Units >= w.Quantity.Value));

    private static IEnumerable<List<Source>> Subsets(List<Source> sources, int most)
    {
        for (var a = 0; a < sources.Count; a++)
        {
            yield return [sources[a]];
            if (most < 2)
                continue;
            for (var b = a + 1; b < sources.Count; b++)
            {
                yield return [sources[a], sources[b]];
                if (most < 3)
                    continue;
                for (var c = b + 1; c < sources.Count; c++)
                    yield return [sources[a], sources[b], sources[c]];
            }
        }
    }

    // Nearest first: what it can't give the next one gives. A location that gives nothing sends no parcel and costs nothing.
    private Chosen Choice(List<Source> sources)
    {
        var (lines, used, missing) = (
            new List<AllocatedLine>(),
            new List<Source>(),
            _wanted.ToDictionary(static w => w.Sku, static w => w.Quantity.Value)
        );
        foreach (var source in sources.OrderBy(static s => s.Kilometres).ThenBy(static s => s.Location.Value, StringComparer.Ordinal))
        {
            var before = lines.Count;
            foreach (var (sku, units) in source.Has)
            {
                var given = Math.Min(units, missing[sku]);
                if (given <= 0)
                    continue;
                lines.Add(
                    new AllocatedLine
                    {
                        Sku = sku,
                        Location = source.Location,
                        Quantity = new(given),
                    }
                );
                missing[sku] -= given;
            }
            if (lines.Count > before)
                used.Add(source);
        }
        var cost = used.Sum(static s => s.Kilometres) + _rules.SplitPenaltyKm * Math.Max(0, used.Count - 1);
        return new Chosen(
            lines,
            used,
            missing.Values.Sum(),
            cost,
            string.Join('\n', used.Select(static u => u.Location.Value).Order(StringComparer.Ordinal))
        );
    }

    private static Chosen Better(Chosen a, Chosen b)
    {
        var order = b.Short.CompareTo(a.Short);
        if (order == 0)
            order = b.Cost.CompareTo(a.Cost);
        if (order == 0)
            order = b.Used.Count.CompareTo(a.Used.Count);
        if (order == 0)
            order = string.CompareOrdinal(b.Names, a.Names);
        return order < 0 ? b : a;
    }

    private AllocationPlan Plan(Chosen best)
    {
        var given = best.Lines.GroupBy(static l => l.Sku).ToDictionary(static g => g.Key, static g => g.Sum(static l => l.Quantity.Value));
        var shortage = _wanted
            .Select(w => new SkuUnits(w.Sku, new(w.Quantity.Value - given.GetValueOrDefault(w.Sku))))
            .Where(static s => s.Quantity > Quantity.Zero)
            .ToList();
        List<string> words =
        [
            best.Used.Count switch
            {
                0 => "No location has any of the items.",
                1 =>
                    $"{best.Used[0].Location} ships {(shortage.Count == 0 ? "everything" : "the available units")}{Distance(best.Used[0])}.",
                _ =>
                    $"{best.Used.Count} parcels, {string.Join(" and ", best.Used.Select(u => u.Location + Distance(u)))}: {(best.Short > 0 ? "this covers the most units" : SingleWords())}.",
            },
            .. shortage.Select(static s => $"{s.Quantity} of {s.Sku} are out of stock everywhere."),
            .. _passedOver,
        ];
        if (_facts.To is null)
            words.Insert(0, "The customer's place is unknown, so distance is not considered.");
        return new AllocationPlan
        {
            Lines = best.Lines,
            Shortage = shortage,
            Cost = best.Cost,
            Words = words,
        };
    }

    private string Distance(Source source) => _facts.To is null ? "" : $" ({source.Kilometres} km)";

    private string SingleWords() =>
        _sources.FirstOrDefault(HasAll) is { } whole
            ? $"one parcel from {whole.Location}{Distance(whole)} costs more at {_rules.SplitPenaltyKm} km per additional parcel"
            : "no location has everything";

    private sealed record Source(LocationId Location, decimal Kilometres, (Sku Sku, decimal Units)[] Has);

    private sealed record Chosen(List<AllocatedLine> Lines, List<Source> Used, decimal Short, decimal Cost, string Names);
}
