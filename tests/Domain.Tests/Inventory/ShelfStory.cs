namespace Stockgate.Domain.Tests.Inventory;

/// <summary>A random history of one shelf, and its figures by plain arithmetic: sums over the times at which things happened.</summary>
internal sealed class ShelfStory(Random random)
{
    private readonly List<(DateTimeOffset At, decimal Units)> stock = [],
        holds = [];
    private readonly List<(LevelVersion Version, decimal? Units, CountBasis Basis)> counts = [];

    public IReadOnlyList<Happening> Happenings => field ??= Tell();

    /// <summary>Available to promise and reserved.</summary>
    public (decimal Available, decimal Reserved) Figures()
    {
        _ = Happenings;
        var (newest, reserved) = (counts.OrderByDescending(static c => c.Version).FirstOrDefault(), holds.Sum(static h => h.Units));
        if (counts.Count == 0)
            return (stock.Sum(static s => s.Units) - reserved, reserved);
        var at = newest.Version.OccurredAt;
        var (moved, heldSince) = (
            stock.Where(s => s.At > at).Sum(static s => s.Units),
            holds.Where(h => h.At > at).Sum(static h => h.Units)
        );
        return newest.Units is not { } counted
            ? (0, reserved)
            : (counted + moved - (newest.Basis == CountBasis.Available ? heldSince : reserved), reserved);
    }

    private List<Happening> Tell()
    {
        var told = new List<Happening>();
        for (var i = random.Next(1, 4); i > 0; i--)
            told.AddRange(Order($"{i}"));
        for (var i = random.Next(4); i > 0; i--)
            told.Add(Count(i));
        for (var i = random.Next(3); i > 0; i--)
            told.Add(Move(i));
        return told;
    }

    // Minutes apart, often the same one, sometimes over the end of a month.
    private DateTimeOffset At() => Given.Now.AddDays(random.Next(2) * 31).AddMinutes(random.Next(12));

    private Happening Count(int number)
    {
        var (header, basis) = (Given.Header($"c{number}", At()), (CountBasis)random.Next(2));
        decimal? units = random.Next(8) == 0 ? null : random.Next(-2, 20);
        counts.Add((header.Version, units, basis));
        return new(header, Shelf.Counted(units, basis));
    }

    private Happening Move(int number)
    {
        var (at, units) = (At(), random.Next(1, 9));
        stock.Add((at, units));
        return new(Given.Header($"m{number}", at), Shelf.Moved(units));
    }

    private List<Happening> Order(string id)
    {
        var (order, ordered, placedAt) = (new OrderId(id), random.Next(1, 6), At());
        List<Happening> told =
        [
            new(Given.Header($"{id}:placed", placedAt), Given.Placed(Given.Line("A", ordered)) with { OrderId = order }),
        ];
        var (shipped, called, returned) = (
            new List<(DateTimeOffset At, decimal Units)>(),
            new List<(DateTimeOffset At, decimal Units)>(),
            new List<(DateTimeOffset At, decimal Units)>()
        );
        for (var i = random.Next(3); i > 0; i--)
        {
            var (at, units) = (At(), random.Next(1, 3));
            told.Add(new(Given.Header($"{id}:s{i}", at), Given.Shipped($"S{i}", Given.At("L1", "A", units)) with { OrderId = order }));
            shipped.Add((at, units));
        }
        for (var i = random.Next(3); i > 0; i--)
        {
            var (at, units, unshipped) = (At(), random.Next(1, 3), random.Next(2) == 0);
            told.Add(
                new(
                    Given.Header($"{id}:r{i}", at),
                    Given.Refunded($"R{i}", Given.Line("A", units)) with
                    {
                        OrderId = order,
                        Unshipped = unshipped,
                        RestockedAt = unshipped ? null : new LocationId("L1"),
                    }
                )
            );
            (unshipped ? called : returned).Add((at, units));
        }
        AddStock(shipped, returned);
        DateTimeOffset? cancelledAt = random.Next(3) == 0 ? At() : null;
        if (cancelledAt is { } off)
            told.Add(new(Given.Header($"{id}:cancelled", off), Given.Cancelled() with { OrderId = order }));
        // Of what is refunded, units beyond those that left were never away: they are let go and come back nowhere.
        decimal Less(DateTimeOffset at) => Until(shipped, at) + Until(called, at) + Math.Max(0, Until(returned, at) - Until(shipped, at));
        AddHolds(ordered, placedAt, Less, [.. shipped.Concat(called).Concat(returned).Select(static l => l.At)], cancelledAt);
        return told;
    }

    private static decimal Until(IEnumerable<(DateTimeOffset At, decimal Units)> what, DateTimeOffset at) =>
        what.Where(w => w.At <= at).Sum(static w => w.Units);

    private void AddStock(List<(DateTimeOffset At, decimal Units)> shipped, List<(DateTimeOffset At, decimal Units)> returned)
    {
        stock.AddRange(shipped.Select(static s => (s.At, -s.Units)));
        var neverLeft = Math.Max(0, returned.Sum(static r => r.Units) - shipped.Sum(static s => s.Units));
        foreach (var (at, units) in returned.AsEnumerable().Reverse())
        {
            var part = Math.Min(neverLeft, units);
            neverLeft -= part;
            stock.Add((at, units - part));
        }
    }

    private void AddHolds(
        decimal ordered,
        DateTimeOffset placedAt,
        Func<DateTimeOffset, decimal> less,
        List<DateTimeOffset> moments,
        DateTimeOffset? cancelledAt
    )
    {
        var held = 0m;
        foreach (
            var at in moments
                .Append(placedAt)
                .Concat(cancelledAt is { } called ? [called] : [])
                .Where(at => at >= placedAt)
                .Distinct()
                .Order()
        )
        {
            var now = cancelledAt <= at ? 0 : Math.Max(0, ordered - less(at));
            holds.Add((at, now - held));
            held = now;
        }
    }
}
