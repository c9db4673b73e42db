using Stockgate.Domain.Orders.Accuracy;
using Stockgate.Domain.Orders.Actions;

namespace Stockgate.Domain.Tests.Orders.Accuracy;

public class AllocationPlanTests
{
    // On the equator a degree is 111.2 km.
    private static AllocationFacts Facts(string wanted, string stock, int places = 4, bool known = true) =>
        new()
        {
            Channel = Given.Channel,
            To = known ? new Place(0, 0) : null,
            Wanted = [.. wanted.Split(' ').Select(static w => new SkuUnits(new(w[..1]), new(decimal.Parse(w[1..]))))],
            Stock = stock
                .Split(' ', StringSplitOptions.RemoveEmptyEntries)
                .Select(static s => s.Split('@', '='))
                .ToDictionary(
                    static s => (new Sku(s[0]), new LocationId(s[1])),
                    static s => new StockSeen(new(decimal.Parse(s[2])), TimeSpan.FromMinutes(1))
                ),
            Locations = Enumerable.Range(1, places).ToDictionary(static i => new LocationId($"L{i}"), static i => new Place(0, i)),
        };

    private static string Shown(AllocationPlan plan) =>
        string.Join(
            ' ',
            plan.Lines.Select(static l => $"{l.Sku}@{l.Location}={l.Quantity}")
                .Concat(plan.Shortage.Select(static s => $"{s.Sku}!{s.Quantity}"))
        );

    public static TheoryData<string, string, string, int> Table =>
        new()
        {
            { "A2", "A@L2=2 A@L3=9", "A@L2=2", 250 },
            { "A2", "A@L3=9", "A@L3=2", 250 },
            // One parcel of 334 km beats two of 111 and 222 with their penalty of 250; without it two are as far.
            { "A2", "A@L1=1 A@L2=1 A@L3=2", "A@L3=2", 250 },
            { "A1 B1", "A@L1=1 B@L1=0 B@L2=1 A@L4=1 B@L4=1", "A@L4=1 B@L4=1", 250 },
            { "A1 B1", "A@L1=1 B@L1=0 B@L2=1 A@L4=1 B@L4=1", "A@L1=1 B@L2=1", 0 },
            { "A3", "A@L1=1 A@L2=1", "A@L1=1 A@L2=1 A!1", 250 },
            { "A1", "", "A!1", 250 },
            { "A1 A1", "A@L1=2", "A@L1=2", 250 },
            { "A1", "A@L1=-3 A@L2=1", "A@L2=1", 250 },
            { "A5", "A@L1=1 A@L2=1 A@L3=1 A@L4=1", "A@L1=1 A@L2=1 A@L3=1 A@L4=1 A!1", 250 },
            { "A1", "A@L9=5", "A!1", 250 },
        };

    [Theory, MemberData(nameof(Table))]
    public void The_nearest_with_stock_ships_and_a_split_has_its_price(string wanted, string stock, string plan, int penalty)
    {
        var made = AllocationPlan.Of(Facts(wanted, stock), new AllocationRules { SplitPenaltyKm = penalty });
        Assert.Equal(plan, Shown(made));
        Assert.NotEmpty(made.Words);
    }

    [Fact]
    public void A_channel_does_not_get_what_a_location_keeps_back()
    {
        var rules = new AllocationRules
        {
            Buffers = new Dictionary<(LocationId, ChannelId), Quantity>
            {
                [(new("L1"), Given.Channel)] = new(2),
                [(new("L2"), new("other"))] = new(9),
            },
        };
        Assert.Equal("A@L2=1", Shown(AllocationPlan.Of(Facts("A1", "A@L1=2 A@L2=1"), rules)));
        Assert.Equal("A@L1=1", Shown(AllocationPlan.Of(Facts("A1", "A@L1=3 A@L2=1"), rules)));
        Assert.Contains(
            AllocationPlan.Of(Facts("A1", "A@L1=2 A@L2=1"), rules).Words,
            w => w.Contains("reserves its 2", StringComparison.Ordinal)
        );
    }

    [Fact]
    public void A_figure_that_is_old_or_of_no_age_is_not_relied_on()
    {
        var facts = Facts("A1", "A@L3=1");
        var stock = new Dictionary<(Sku, LocationId), StockSeen>(facts.Stock)
        {
            [(new("A"), new("L1"))] = new(new(9), TimeSpan.FromHours(2)),
            [(new("A"), new("L2"))] = new(new(9), null),
        };
        Assert.Equal("A@L3=1", Shown(AllocationPlan.Of(facts with { Stock = stock }, new AllocationRules())));
    }

    [Fact]
    public void Where_the_customer_is_not_known_fewest_parcels_and_then_names_decide()
    {
        var plan = AllocationPlan.Of(Facts("A2", "A@L1=1 A@L2=2 A@L3=2", known: false), new AllocationRules());
        Assert.Equal("A@L2=2", Shown(plan));
        Assert.Contains("place is unknown", plan.Words[0], StringComparison.Ordinal);
    }

    [Fact]
    public void The_one_place_that_has_everything_is_seen_however_far() =>
        Assert.Equal(
            "A@L20=2",
            Shown(
                AllocationPlan.Of(
                    Facts("A2", string.Join(' ', Enumerable.Range(1, 19).Select(static i => $"A@L{i}=1")) + " A@L20=2", places: 20),
                    new AllocationRules { SplitPenaltyKm = 5000 }
                )
            )
        );

    [Fact]
    public void No_plan_sends_what_is_not_there_or_was_not_wanted_and_none_is_cheaper() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var stock = string.Join(
                    ' ',
                    from sku in "ABC"
                    from i in Enumerable.Range(1, 5)
                    where random.Next(2) == 0
                    select $"{sku}@L{i}={random.Next(0, 4)}"
                );
                var (facts, penalty) = (
                    Facts(string.Join(' ', "ABC".Select(s => $"{s}{random.Next(1, 4)}")), stock, places: 5),
                    random.Next(600)
                );
                var plan = AllocationPlan.Of(facts, new AllocationRules { SplitPenaltyKm = penalty });
                var balanced = facts.Wanted.All(w =>
                    plan.Lines.Where(l => l.Sku == w.Sku).Sum(static l => l.Quantity.Value)
                        + (plan.Shortage.FirstOrDefault(s => s.Sku == w.Sku)?.Quantity.Value ?? 0)
                    == w.Quantity.Value
                );
                var there = plan.Lines.All(l => l.Quantity > Quantity.Zero && l.Quantity <= facts.Stock[(l.Sku, l.Location)].Available);
                // Every set of locations, filled nearest first, held against the plan.
                var best = Enumerable
                    .Range(0, 32)
                    .Select(set => Brute(facts, [.. facts.Locations.Where((_, i) => (set & (1 << i)) != 0)], penalty))
                    .Min();
                var used = plan.Lines.Select(static l => l.Location).Distinct().Count();
                var own = (plan.Shortage.Sum(static s => s.Quantity.Value), plan.Cost);
                return (
                    balanced && there && own.Item1 == best.Short && (used > AllocationPlan.ExactParcels || own.Cost == best.Cost)
                ).Label($"{stock}: {Shown(plan)} costs {own}, best {best}");
            })
            .Check(Config.QuickThrowOnFailure.WithMaxTest(500));

    private static (decimal Short, decimal Cost) Brute(
        AllocationFacts facts,
        List<KeyValuePair<LocationId, Place>> locations,
        decimal penalty
    )
    {
        var (missing, used) = (facts.Wanted.ToDictionary(static w => w.Sku, static w => w.Quantity.Value), new List<decimal>());
        foreach (var (location, place) in locations.OrderBy(l => facts.To!.KilometresTo(l.Value)))
        {
            var gave = 0m;
            foreach (var sku in missing.Keys.ToList())
            {
                var units = Math.Min(missing[sku], facts.Stock.GetValueOrDefault((sku, location))?.Available.Value ?? 0);
                missing[sku] -= units;
                gave += units;
            }
            if (gave > 0)
                used.Add(facts.To!.KilometresTo(place));
        }
        return (missing.Values.Sum(), used.Sum() + penalty * Math.Max(0, used.Count - 1));
    }

    [Fact]
    public void The_order_of_the_facts_does_not_matter() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var facts = Facts(
                    "A3 B3",
                    string.Join(' ', from sku in "AB" from i in Enumerable.Range(1, 8) select $"{sku}@L{i}={random.Next(0, 3)}"),
                    places: 8
                );
                var shuffled = facts with
                {
                    Locations = facts.Locations.OrderBy(_ => random.Next()).ToDictionary(),
                    Stock = facts.Stock.OrderBy(_ => random.Next()).ToDictionary(),
                    Wanted = [.. facts.Wanted.Reverse()],
                };
                return Shown(AllocationPlan.Of(facts, new AllocationRules())) == Shown(AllocationPlan.Of(shuffled, new AllocationRules()));
            })
            .QuickCheckThrowOnFailure();

    [Theory]
    // London to Paris and to Sydney, the poles, the way round the date line: from the haversine formula with R = 6371.0088 km.
    [InlineData(51.5074, -0.1278, 48.8566, 2.3522, 343.6)]
    [InlineData(51.5074, -0.1278, -33.8688, 151.2093, 16994.0)]
    [InlineData(90, 0, -90, 0, 20015.1)]
    [InlineData(0, 179.5, 0, -179.5, 111.2)]
    [InlineData(10, 10, 10, 10, 0)]
    public void The_distance_is_along_the_great_circle(double north, double east, double north2, double east2, double km) =>
        Assert.Equal((decimal)km, new Place((decimal)north, (decimal)east).KilometresTo(new Place((decimal)north2, (decimal)east2)));
}
