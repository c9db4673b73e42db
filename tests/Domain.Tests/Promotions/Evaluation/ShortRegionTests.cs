using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Evaluation;
using Stockgate.Domain.Promotions.Gates;
using static Stockgate.Domain.Tests.Promotions.Evaluation.Ready;

namespace Stockgate.Domain.Tests.Promotions.Evaluation;

/// <summary>Regions that lack stock: what policy does about them, what has to be ordered, set aside and confirmed.</summary>
public class ShortRegionTests
{
    // The south's store has 100 of A and needs 111; everything else is there.
    private static PromotionFacts Short(ShortRegionPlan plan, decimal warehouse = 0)
    {
        var facts = Facts() with { Stock = Grid(200, warehouse), Policy = Policy with { ShortRegion = plan } };
        facts.Stock.Figures[2] = facts.Stock.Figures[2] with { Available = new(100) };
        return facts;
    }

    private static Dictionary<string, GateVerdict> Open(PromotionFacts facts) =>
        GateEvaluation.Judge(facts).Board.Open.ToDictionary(static v => v.Gate);

    private static readonly ShortRegionPlan Replenish = new(ShortRegionPolicy.Replenish);

    private static PromotionFacts Ordered(decimal units, decimal arrives, decimal capacity = 50, DateTimeOffset? approved = null) =>
        (
            Short(Replenish) with
            {
                Orders = [new ReplenishmentOrder("PO-1", A, South, new(units), "paul", approved ?? Now.AddHours(-1))],
                Inbound = arrives > 0 ? [new Inbound(A, South, new(arrives), Now.AddDays(4), true, "PO-1")] : [],
            }
        ).With(
            new CapacityConfirmed
            {
                Promotion = Id,
                Supplier = new("acme"),
                Sku = A,
                Capacity = new(capacity),
            }
        );

    [Fact]
    public void What_is_short_is_counted_item_by_item_and_region_by_region()
    {
        var item = Assert.Single(GateEvaluation.Judge(Short(Replenish)).Short);
        Assert.Equal((1, 0, 111m, 100m, 11m), (item.Region, item.Item, item.Needed.Value, item.InStores.Value, item.Short.Value));
    }

    [Fact]
    public void Without_a_policy_the_region_is_red_and_has_to_be_ordered_for()
    {
        var open = Open(Short(new(ShortRegionPolicy.None)));
        Assert.Equal([GateNames.Replenishment, GateNames.Stock], open.Keys.Order());
        Assert.Equal((GateState.Red, GateState.Red), (open[GateNames.Stock].State, open[GateNames.Replenishment].State));
        Assert.Contains("Bring in 11 units", open[GateNames.Stock].TurnsGreen, StringComparison.Ordinal);
        Assert.Contains("A for south (0 of 11 units ordered)", open[GateNames.Replenishment].Reason, StringComparison.Ordinal);
    }

    [Theory]
    [
        InlineData(ShortRegionPolicy.LimitChannels, "only web will sell"),
        InlineData(ShortRegionPolicy.HoldLocations, "S2 will not take part"),
        InlineData(ShortRegionPolicy.Stagger, "will start 24 h later")
    ]
    public void A_policy_that_narrows_the_launch_lets_it_through_says_what_customers_meet_and_orders_nothing(
        ShortRegionPolicy policy,
        string consequence
    )
    {
        var judged = GateEvaluation.Judge(Short(new(policy, [Web], [new LocationId("S2")], TimeSpan.FromDays(1))));
        Assert.True(judged.Board.MayLaunch, string.Join("\n", judged.Board.Explain()));
        Assert.Contains(consequence, judged.Board.Verdicts.Single(static v => v.Gate == GateNames.Stock).Reason, StringComparison.Ordinal);
        Assert.Equal("south", Assert.Single(judged.ShortRegions).Value);
    }

    [Fact]
    public void A_policy_that_does_not_say_how_handles_nothing() =>
        Assert.Equal(GateState.Red, Open(Short(new(ShortRegionPolicy.Stagger)))[GateNames.Stock].State);

    [Fact]
    public void Replenishing_goes_from_ordered_to_confirmed_and_then_everything_is_green()
    {
        var nothing = Open(Short(Replenish));
        Assert.Equal([GateNames.Replenishment, GateNames.Stock, GateNames.SupplierCapacity], nothing.Keys.Order());
        Assert.Contains("A from acme (11 units)", nothing[GateNames.SupplierCapacity].Reason, StringComparison.Ordinal);
        var ordered = Open(Ordered(11, 0));
        Assert.Equal([GateNames.Replenishment, GateNames.Stock], ordered.Keys.Order());
        Assert.Equal(GateState.Amber, ordered[GateNames.Replenishment].State);
        Assert.Contains("Have the suppliers confirm these orders", ordered[GateNames.Replenishment].TurnsGreen, StringComparison.Ordinal);
        Assert.Empty(Open(Ordered(11, 11)));
    }

    [Fact]
    public void What_a_supplier_confirms_of_an_order_is_not_ordered_twice()
    {
        // 6 ordered, 6 confirmed, 11 needed: 5 are still to be ordered.
        var replenishment = Open(Ordered(6, 6))[GateNames.Replenishment];
        Assert.Equal(GateState.Red, replenishment.State);
        Assert.Contains("A for south (6 of 11 units ordered)", replenishment.Reason, StringComparison.Ordinal);
        // With 5 that come under another order everything is there.
        var both = Ordered(6, 6);
        Assert.Empty(Open(both with { Inbound = [.. both.Inbound, new Inbound(A, South, new(5), Now.AddDays(4), true, "PO-of-the-erp")] }));
    }

    [Fact]
    public void A_supplier_that_can_not_deliver_enough_or_in_time_holds_it()
    {
        Assert.Contains(
            "A from acme (10 of 11 units)",
            Open(Ordered(11, 0, capacity: 10))[GateNames.SupplierCapacity].Reason,
            StringComparison.Ordinal
        );
        // Seven days from the order to the door, one to the shelf, ten to the end: three hours too late.
        var late = Ordered(11, 0);
        Assert.Contains(
            "would arrive too late",
            Open(late with { Policy = late.Policy with { SupplierLeadTime = TimeSpan.FromDays(9.2) } })[GateNames.SupplierCapacity].Reason,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void A_delivery_counts_if_it_is_confirmed_still_to_come_and_on_the_shelf_before_the_end()
    {
        bool Covered(Func<Inbound, Inbound> change)
        {
            var facts = Ordered(11, 11);
            return GateEvaluation.Judge(facts with { Inbound = [change(facts.Inbound[0])] }).Board.MayLaunch;
        }
        Assert.True(Covered(static i => i));
        Assert.False(Covered(static i => i with { Confirmed = false }));
        Assert.False(Covered(static i => i with { ArrivesAt = Now.AddMinutes(-1) }));
        Assert.False(Covered(static i => i with { ArrivesAt = End.AddHours(-24) }));
        Assert.True(Covered(static i => i with { ArrivesAt = End.AddHours(-24).AddTicks(-1) }));
        Assert.False(Covered(static i => i with { Region = North }));
    }

    [Fact]
    public void What_stores_lack_and_a_warehouse_has_is_to_be_set_aside()
    {
        var facts = Short(Replenish, warehouse: 500);
        var open = Assert.Single(Open(facts)).Value;
        Assert.Equal((GateNames.Allocation, GateState.Amber), (open.Gate, open.State));
        Assert.Contains("A for south (0 of 11 units)", open.Reason, StringComparison.Ordinal);
        Assert.Equal(
            GateState.Red,
            Open(facts with { Channels = [.. facts.Channels.Select(static c => c with { AnnouncedAt = null })] })[
                GateNames.Allocation
            ].State
        );
        var set = (decimal units) =>
            facts.With(
                new AllocationReported
                {
                    Promotion = Id,
                    Sku = A,
                    Region = South,
                    Allocated = new(units),
                }
            );
        Assert.Equal([GateNames.Allocation], Open(set(10)).Keys);
        Assert.Empty(Open(set(11)));
    }

    [Fact]
    public void A_warehouse_that_two_regions_share_counts_in_each_and_negative_stock_takes_nothing_from_its_neighbours()
    {
        var facts = Facts() with { Stock = Grid(-50, 300) };
        var all = RegionStock.Of(facts, new ExpectedItems(facts)).ToList();
        Assert.Equal(4, all.Count);
        Assert.All(
            all,
            static item =>
                Assert.Equal(
                    (0m, 300m, Needed, 0m),
                    (item.InStores.Value, item.InWarehouses.Value, item.FromWarehouses.Value, item.ToOrder.Value)
                )
        );
    }
}
