using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class StockGateTests
{
    private static readonly StockLocation L1 = new(new LocationId("L1"), Judged.North, TimeSpan.FromHours(6), "wms"),
        L2 = new(new LocationId("L2"), Judged.North, TimeSpan.FromHours(6), "pos");

    private static StockFigure Figure(decimal available, double hours = 1) => new(Judged.Units(available), Judged.Now.AddHours(-hours));

    private static StockInput Input(decimal l1, decimal l2, decimal demand, ShortRegionPlan? plan = null, params Inbound[] inbound) =>
        new(
            Judged.Now,
            Judged.Start,
            Judged.End,
            new StockGrid([Judged.A], [L1, L2], [Figure(l1), Figure(l2, 3)]),
            [new RegionNeed(Judged.North, [Judged.Units(demand)], TimeSpan.FromDays(1), plan)],
            inbound
        );

    private static Inbound Delivery(DateTimeOffset at, bool confirmed = true) =>
        new(Judged.A, Judged.North, Judged.Units(100), at, confirmed, "PO 7");

    [Fact]
    public void Cover_to_the_unit_is_green_and_shows_the_oldest_figure()
    {
        var verdict = StockGate.Judge(Input(600, 640, 1240));
        verdict.Is(GateState.Green, "100 %");
        Assert.Contains(new Sighting("available to promise in north", "1,240 units", TimeSpan.FromHours(3), "pos"), verdict.Seen);
    }

    [Fact]
    public void One_unit_short_is_red_and_never_reads_as_all() =>
        StockGate
            .Judge(Input(600, 639, 1240))
            .Is(GateState.Red, "north covers 99.9 % of 1,240 units, 1 short", "Worst: A in north (1,239 of 1,240 units)");

    [Fact]
    public void A_lower_threshold_is_met_at_its_boundary()
    {
        StockGate.Judge(Input(90, 0, 100) with { MinimumCoverPercent = 90 }).Is(GateState.Green);
        StockGate.Judge(Input(89, 0, 100) with { MinimumCoverPercent = 90 }).Is(GateState.Red);
    }

    [Theory]
    [InlineData(ShortRegionPolicy.LimitChannels, GateState.Green, "only web will sell")]
    [InlineData(ShortRegionPolicy.HoldLocations, GateState.Green, "L2 will not take part")]
    [InlineData(ShortRegionPolicy.Stagger, GateState.Green, "start 48 h later there, at 2026-03-10 09:30 UTC")]
    [InlineData(ShortRegionPolicy.Replenish, GateState.Amber, "50 units must be ordered")]
    public void A_short_region_with_a_policy_holds_the_launch_only_until_what_is_ordered_is_confirmed(
        ShortRegionPolicy policy,
        GateState state,
        string consequence
    ) =>
        StockGate
            .Judge(Input(50, 0, 100, new ShortRegionPlan(policy, [Judged.Web], [L2.Location], TimeSpan.FromDays(2))))
            .Is(state, consequence);

    [Theory]
    [InlineData(ShortRegionPolicy.None)]
    [InlineData(ShortRegionPolicy.LimitChannels)]
    [InlineData(ShortRegionPolicy.HoldLocations)]
    [InlineData(ShortRegionPolicy.Stagger)]
    public void A_policy_that_does_not_say_how_handles_nothing(ShortRegionPolicy policy) =>
        StockGate.Judge(Input(50, 0, 100, new ShortRegionPlan(policy))).Is(GateState.Red);

    [Fact]
    public void Only_confirmed_inbound_that_is_on_the_shelf_before_the_end_counts()
    {
        GateState With(Inbound inbound) => StockGate.Judge(Input(0, 0, 100, null, inbound)).Sound().State;
        Assert.Equal(GateState.Green, With(Delivery(Judged.Now)));
        Assert.Equal(GateState.Green, With(Delivery(Judged.End.AddDays(-1).AddTicks(-1))));
        Assert.Equal(GateState.Red, With(Delivery(Judged.End.AddDays(-1))));
        Assert.Equal(GateState.Red, With(Delivery(Judged.Now.AddTicks(-1))));
        Assert.Equal(GateState.Red, With(Delivery(Judged.Start, confirmed: false)));
        Assert.Equal(GateState.Red, With(Delivery(Judged.Start) with { Region = Judged.South }));
    }

    [Fact]
    public void A_location_that_promised_too_much_takes_nothing_from_its_neighbours() =>
        StockGate.Judge(Input(100, -50, 100)).Is(GateState.Green);

    [Fact]
    public void One_items_surplus_does_not_cover_anothers_lack() =>
        StockGate
            .Judge(
                new StockInput(
                    Judged.Now,
                    Judged.Start,
                    Judged.End,
                    new StockGrid([Judged.A, Judged.B], [L1], [Figure(500), Figure(0)]),
                    [new RegionNeed(Judged.North, [Judged.Units(50), Judged.Units(50)])],
                    []
                )
            )
            .Is(GateState.Red, "north covers 50 %", "B in north (0 of 50 units)");

    [Fact]
    public void No_region_is_red() => StockGate.Judge(Input(1, 1, 1) with { Regions = [] }).Is(GateState.Red, "no region");

    [Fact]
    public void Figures_or_demand_that_do_not_fit_the_items_are_refused()
    {
        Assert.Throws<ArgumentException>(() => new StockGrid([Judged.A], [L1, L2], [Figure(1)]));
        Assert.Throws<ArgumentException>(() => StockGate.Judge(Input(1, 1, 1) with { Regions = [new RegionNeed(Judged.North, [])] }));
    }

    private static GateVerdict Fresh(params StockFigure[] figures) =>
        FreshnessGate.Judge(new FreshnessInput(Judged.Now, new StockGrid([Judged.A], [L1, L2], figures)));

    [Fact]
    public void A_figure_at_its_limit_is_fresh_and_a_tick_older_is_amber()
    {
        Fresh(Figure(1), Figure(1, 6)).Is(GateState.Green, "All 2 stock figures");
        Fresh(Figure(1), Figure(1, 6) with { AsOf = Judged.Now.AddHours(-6).AddTicks(-1) }).Is(GateState.Amber);
        var verdict = Fresh(Figure(1), Figure(1, 31.5));
        verdict.Is(GateState.Amber, "A at L2 (31.5 h old, limit 6 h)");
        Assert.Equal("pos", verdict.Waits);
    }

    [Fact]
    public void A_figure_whose_source_is_silent_is_amber_however_new_it_is()
    {
        var verdict = FreshnessGate.Judge(
            new FreshnessInput(
                Judged.Now,
                new StockGrid([Judged.A], [L1, L2], [Figure(1), Figure(1) with { Silent = true }])
                {
                    SilentSources = [new(new("wms"), Judged.Now.AddHours(-3), TimeSpan.FromHours(1))],
                }
            )
        );
        verdict.Is(GateState.Amber, "1 stock figure of 2 from a silent source: A at L2; channel wms has posted nothing since");
        Assert.Equal("channel wms", verdict.Waits);
    }

    [Fact]
    public void A_figure_that_is_not_there_is_red() => Fresh(Figure(1), Figure(1) with { AsOf = null }).Is(GateState.Red, "A at L2");

    [Fact]
    public void What_is_not_ranged_needs_no_figure_but_something_must_have_one()
    {
        Fresh(Figure(1), default).Is(GateState.Green);
        Fresh(default, default).Is(GateState.Red, "No stock figure exists");
    }
}
