using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class GatePropertyTests
{
    private static readonly Config Thorough = Config.QuickThrowOnFailure.WithMaxTest(500);

    private static StockInput Stock(Random random)
    {
        RegionId[] regions = [Judged.North, Judged.South];
        var items = Judged.Skus(random.Next(1, 4));
        StockLocation[] locations =
        [
            .. Enumerable
                .Range(0, random.Next(1, 4))
                .Select(i => new StockLocation(
                    new LocationId($"L{i}"),
                    regions[random.Next(2)],
                    TimeSpan.FromHours(random.Next(5)),
                    "wms"
                )),
        ];
        StockFigure[] figures =
        [
            .. Enumerable
                .Range(0, items.Length * locations.Length)
                .Select(_ => new StockFigure(
                    Judged.Units(random.Next(-5, 50)),
                    random.Next(8) == 0 ? null : Judged.Now.AddHours(-random.Next(7)),
                    random.Next(8) != 0
                )),
        ];
        var plans = Enum.GetValues<ShortRegionPolicy>();
        RegionNeed[] needs =
        [
            .. regions[..random.Next(3)]
                .Select(region => new RegionNeed(
                    region,
                    [.. items.Select(_ => Judged.Units(random.Next(60)))],
                    TimeSpan.Zero,
                    random.Next(2) == 0
                        ? null
                        : new ShortRegionPlan(plans[random.Next(plans.Length)], [Judged.Web], [new LocationId("L0")], TimeSpan.FromHours(1))
                )),
        ];
        Inbound[] inbound =
        [
            .. Enumerable
                .Range(0, random.Next(3))
                .Select(_ => new Inbound(
                    items[random.Next(items.Length)],
                    regions[random.Next(2)],
                    Judged.Units(random.Next(30)),
                    Judged.Now.AddDays(random.Next(-2, 20)),
                    random.Next(2) == 0,
                    "PO"
                )),
        ];
        return new StockInput(
            Judged.Now,
            Judged.Start,
            Judged.End,
            new StockGrid(items, locations, figures),
            needs,
            inbound,
            random.Next(1, 101)
        );
    }

    private static StockGrid Changed(StockGrid grid, Random random, Func<StockFigure, StockFigure> change) =>
        new(grid.Items, grid.Locations, [.. grid.Figures.Select(f => random.Next(2) == 0 ? f : change(f))]);

    [Fact]
    public void More_stock_never_makes_the_stock_gate_worse() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var less = Stock(random);
                var more = less with
                {
                    Grid = Changed(less.Grid, random, f => f with { Available = f.Available + Judged.Units(random.Next(40)) }),
                };
                return StockGate.Judge(more).Sound().State <= StockGate.Judge(less).Sound().State;
            })
            .Check(Thorough);

    [Fact]
    public void Fresher_figures_never_make_the_freshness_gate_worse() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var older = Stock(random).Grid;
                var newer = Changed(
                    older,
                    random,
                    f => f with { AsOf = f.AsOf?.AddHours(random.Next(9)) ?? Judged.Now.AddHours(-random.Next(9)) }
                );
                return FreshnessGate.Judge(new FreshnessInput(Judged.Now, newer)).Sound().State
                    <= FreshnessGate.Judge(new FreshnessInput(Judged.Now, older)).Sound().State;
            })
            .Check(Thorough);

    [Fact]
    public void No_override_turns_a_gate_green_that_nobody_can_override_and_none_breaks_a_verdict() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var gate = GateNames.All[random.Next(GateNames.All.Count)];
                var before = Judged.Of(gate, (GateState)random.Next(3));
                string[] people = ["Olga", "Rita", ""];
                var given = new GateOverride(
                    gate,
                    people[random.Next(3)],
                    "Rita",
                    random.Next(4) == 0 ? "" : "It is late.",
                    Judged.Now.AddHours(random.Next(-3, 2)),
                    Judged.Now.AddHours(random.Next(-1, 4)),
                    (GateState)random.Next(3)
                );
                var after = GateOverride.Apply(before, given, Judged.Now).Sound();
                return after.State <= before.State
                    && (GateNames.CanBeOverridden(gate) || after.State == before.State)
                    && (given.By == "Olga" || after.State == before.State);
            })
            .Check(Thorough);

    [Fact]
    public void The_board_may_launch_if_and_only_if_every_gate_is_judged_and_green() =>
        Prop.ForAll<int>(seed =>
            {
                var random = new Random(seed);
                var verdicts = Judged
                    .All()
                    .Where(_ => random.Next(40) != 0)
                    .Select(v => random.Next(20) == 0 ? Judged.Of(v.Gate, (GateState)random.Next(3)) : v)
                    .ToArray();
                var board = new GateBoard(new PromotionId("P"), 1, Judged.Now, verdicts);
                var explained = board.Explain();
                return board.MayLaunch
                        == GateNames.All.All(gate =>
                            verdicts.Any(v => v.Gate == gate) && verdicts.All(v => v.Gate != gate || v.State == GateState.Green)
                        )
                    && explained.Count > 0
                    && board.MayLaunch != explained[0].StartsWith("Not live because", StringComparison.Ordinal);
            })
            .Check(Thorough);

    [Fact]
    public void The_worst_few_are_those_that_sorting_would_find() =>
        Prop.ForAll<int[]>(badness =>
            {
                var worst = new Worst();
                for (var i = 0; i < badness.Length; i++)
                    worst.Add(i, badness[i]);
                var sorted = Enumerable.Range(0, badness.Length).OrderByDescending(i => badness[i]).Take(Worst.Shown);
                return worst.Count == badness.Length && worst.Indexes.ToArray().SequenceEqual(sorted);
            })
            .Check(Thorough);
}
