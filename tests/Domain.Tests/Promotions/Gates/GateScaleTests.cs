using Stockgate.Domain.Promotions.Gates;
using Xunit.Abstractions;

namespace Stockgate.Domain.Tests.Promotions.Gates;

/// <summary>5,000 items at 200 stores in 10 regions, beside 500 other promotions.</summary>
public class GateScaleTests(ITestOutputHelper output)
{
    private const int Items = 5000,
        Stores = 200,
        Regions = 10;

    [Fact]
    public void All_gates_are_judged_in_two_hundred_megabytes_when_green() => Measure(Gates(red: false), GateState.Green);

    [Fact]
    public void All_gates_are_judged_in_two_hundred_megabytes_when_everything_is_wrong() => Measure(Gates(red: true), GateState.Red);

    private void Measure(Func<GateVerdict>[] gates, GateState state)
    {
        var before = GC.GetAllocatedBytesForCurrentThread();
        var verdicts = Array.ConvertAll(gates, static judge => judge());
        var allocated = GC.GetAllocatedBytesForCurrentThread() - before;
        output.WriteLine($"{allocated:N0} bytes");
        Assert.Equal(GateNames.All, verdicts.Select(static v => v.Gate));
        Assert.All(
            verdicts,
            v =>
                Assert.True(
                    v.Sound().State == state || (v.Gate == GateNames.Freshness && state == GateState.Red && v.State == GateState.Amber),
                    $"{v.Gate} {v.State}: {v.Reason}"
                )
        );
        Assert.All(verdicts, static v => Assert.InRange(v.Reason.Length, 1, 2000));
        Assert.True(allocated < 200_000_000, $"allocated {allocated:N0} bytes");
    }

    private static Func<GateVerdict>[] Gates(bool red)
    {
        var (now, skus) = (Judged.Now, Judged.Skus(Items));
        RegionId[] regions = [.. Enumerable.Range(0, Regions).Select(i => new RegionId($"R{i}"))];
        StockLocation[] locations =
        [
            .. Enumerable
                .Range(0, Stores)
                .Select(i => new StockLocation(new LocationId($"L{i}"), regions[i % Regions], TimeSpan.FromHours(6), "pos")),
        ];
        var figures = new StockFigure[Items * Stores];
        for (var i = 0; i < figures.Length; i++)
            figures[i] = new StockFigure(Judged.Units(5), now.AddHours(red ? -7 - (i % 13) : -1));
        var grid = new StockGrid(skus, locations, figures);
        RegionNeed[] needs = [.. regions.Select(r => new RegionNeed(r, [.. skus.Select(_ => Judged.Units(red ? 101 : 100))]))];
        Inbound[] inbound = [.. skus.Select(s => new Inbound(s, regions[0], Judged.Units(1), red ? Judged.End : Judged.Start, true, "PO"))];
        var own = new PromotionScope(
            new PromotionId("own"),
            skus,
            [],
            [],
            Judged.Start,
            Judged.End,
            red ? StackingRule.Exclusive : StackingRule.Stackable,
            1
        );
        OtherPromotion[] others =
        [
            .. Enumerable
                .Range(0, 500)
                .Select(i => new OtherPromotion(own with { Id = new PromotionId($"P{i}") }, OtherPromotionState.Approved, now)),
        ];
        ReplenishmentLine[] orders =
        [
            .. skus.SelectMany(s =>
                regions.Select(r => new ReplenishmentLine(
                    s,
                    r,
                    Judged.Units(2),
                    Judged.Units(red ? 1 : 2),
                    Judged.Units(red ? 1 : 2),
                    now,
                    "PO"
                ))
            ),
        ];
        AllocationLine[] allocations =
        [
            .. skus.SelectMany(s =>
                regions.Select(r => new AllocationLine(
                    s,
                    r,
                    Judged.Units(2),
                    Judged.Units(red ? 1 : 2),
                    Judged.Units(red ? 1 : 2),
                    now,
                    "wms"
                ))
            ),
        ];
        StoreTask[] tasks =
        [
            .. locations.SelectMany(l =>
                new[] { "signage", "labour" }.Select(t => new StoreTask(l.Location, t, now.AddHours(-1), red ? null : now))
            ),
        ];
        var eligible = new EligibilityInput(
            now,
            [.. skus.Select(s => new EligibleItem(s, red ? ItemStanding.Inactive : ItemStanding.Active))],
            now,
            "pim"
        );
        var window = new WindowInput(now, Judged.Start, Judged.End, [new ChannelLead(Judged.Web, TimeSpan.FromDays(red ? 8 : 1))], []);
        var floors = new PriceFloorInput([.. skus.Select(s => new FlooredPrice(s, Judged.Gbp(red ? 4 : 5), Judged.Gbp(5), "law"))]);
        var margin = new MarginInput(
            now,
            Given.Gbp,
            [.. skus.Select(s => new MarginItem(s, Judged.Gbp(10), Judged.Gbp(red ? 9 : 8), Judged.Gbp(0), Judged.Units(9), 20))],
            20,
            now,
            "erp"
        );
        var funding = new FundingInput(
            now,
            Judged.Start,
            [
                .. skus.Select(s => new FundingTerm(
                    Judged.Acme,
                    s,
                    Judged.Units(9),
                    Judged.Gbp(1),
                    now,
                    Judged.Units(red ? 8 : 9),
                    null,
                    "contract"
                )),
            ],
            TimeSpan.FromDays(3)
        );
        var capacity = new SupplierCapacityInput(
            now,
            [
                .. skus.Select(s => new CapacityTerm(
                    Judged.Acme,
                    s,
                    Judged.Units(9),
                    Judged.Units(red ? 8 : 9),
                    TimeSpan.FromDays(1),
                    Judged.Start,
                    null,
                    now,
                    "portal"
                )),
            ]
        );
        var channels = new ChannelsInput(
            now,
            [
                new ChannelReadiness(
                    Judged.Web,
                    "content staged",
                    red ? ChannelAnswer.Refused : ChannelAnswer.Ready,
                    now,
                    TimeSpan.FromHours(1),
                    "shop"
                ),
            ]
        );
        var approval = new ApprovalInput(
            now,
            "Rita",
            1,
            new PromotionSize(Judged.Gbp(red ? 2 : 1), 1, Judged.Gbp(1)),
            new ApprovalMatrix(Given.Gbp, [new ApprovalRow(1, 1, 1, [], DiscountAccounting.RevenueReduction)]),
            []
        );
        return
        [
            () => EligibilityGate.Judge(eligible),
            () => WindowGate.Judge(window),
            () => ConflictsGate.Judge(new ConflictsInput(now, own, others)),
            () => PriceFloorGate.Judge(floors),
            () => MarginGate.Judge(margin),
            () => FundingGate.Judge(funding),
            () => StockGate.Judge(new StockInput(now, Judged.Start, Judged.End, grid, needs, inbound)),
            () => SupplierCapacityGate.Judge(capacity),
            () => FreshnessGate.Judge(new FreshnessInput(now, grid)),
            () => ReplenishmentGate.Judge(new ReplenishmentInput(now, orders)),
            () => AllocationGate.Judge(new AllocationInput(now, allocations)),
            () => StoresGate.Judge(new StoresInput(now, tasks, now, "portal")),
            () => ChannelsGate.Judge(channels),
            () => ApprovalGate.Judge(approval),
        ];
    }
}
