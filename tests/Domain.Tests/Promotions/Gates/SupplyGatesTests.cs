using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class SupplyGatesTests
{
    private static readonly FundingTerm Term = new(
        Judged.Acme,
        Judged.A,
        Judged.Units(1000),
        Judged.Gbp(2),
        Judged.Now.AddDays(-1),
        Judged.Units(1000),
        null,
        "contract 12"
    );

    private static GateVerdict Fund(FundingTerm term, TimeSpan? left = null) =>
        FundingGate.Judge(new FundingInput(Judged.Start - (left ?? TimeSpan.FromDays(5)), Judged.Start, [term], TimeSpan.FromDays(3)));

    [Fact]
    public void Funding_for_the_expected_units_is_green_and_for_one_less_is_red()
    {
        Fund(Term).Is(GateState.Green);
        Fund(Term with { ConfirmedUnits = Judged.Units(999) })
            .Is(GateState.Red, "A by acme (999 units confirmed of 1,000 units at 2.00 GBP)");
    }

    [Fact]
    public void A_cap_in_money_covers_too()
    {
        Fund(Term with { ConfirmedUnits = null, Cap = Judged.Gbp(2000) }).Is(GateState.Green);
        Fund(Term with { ConfirmedUnits = null, Cap = Judged.Gbp(1999.99m) }).Is(GateState.Red);
        Fund(Term with { ConfirmedUnits = null, Cap = new Money(2000, Given.Eur) }).Is(GateState.Red);
    }

    [Fact]
    public void Unconfirmed_funding_is_amber_and_turns_red_near_the_start()
    {
        var open = Term with { ConfirmedAt = null };
        Fund(open, TimeSpan.FromDays(3) + TimeSpan.FromTicks(1)).Is(GateState.Amber, "unconfirmed");
        Fund(open, TimeSpan.FromDays(3)).Is(GateState.Red, "72 h are left");
        Fund(open, TimeSpan.Zero).Is(GateState.Red, "the start has passed");
    }

    private static readonly CapacityTerm Capacity = new(
        Judged.Acme,
        Judged.A,
        Judged.Units(1000),
        Judged.Units(1000),
        TimeSpan.FromDays(5),
        Judged.Now.AddDays(5),
        null,
        Judged.Now,
        "acme portal"
    );

    private static GateVerdict Supply(CapacityTerm term) => SupplierCapacityGate.Judge(new SupplierCapacityInput(Judged.Now, [term]));

    [Fact]
    public void Capacity_and_lead_time_that_just_suffice_are_green() => Supply(Capacity).Is(GateState.Green, "1,000 units");

    [Fact]
    public void Capacity_of_one_unit_too_little_is_red() =>
        Supply(Capacity with { Capacity = Judged.Units(999) }).Is(GateState.Red, "A from acme (999 of 1,000 units)");

    [Fact]
    public void A_lead_time_of_a_tick_too_long_is_red_unless_it_was_ordered_before()
    {
        var late = Capacity with { LeadTime = TimeSpan.FromDays(5) + TimeSpan.FromTicks(1) };
        Supply(late).Is(GateState.Red, "too late");
        Supply(late with { OrderedAt = Judged.Now.AddDays(-1) }).Is(GateState.Green);
    }

    [Fact]
    public void Unconfirmed_capacity_is_amber() =>
        Supply(Capacity with { Capacity = null }).Is(GateState.Amber, "without a confirmed capacity");

    [Fact]
    public void Nothing_needed_is_green() =>
        Supply(Capacity with { Needed = Quantity.Zero, Capacity = null }).Is(GateState.Green, "No further units");

    private static GateVerdict Replenish(decimal ordered, decimal confirmed) =>
        ReplenishmentGate.Judge(
            new ReplenishmentInput(
                Judged.Now,
                [
                    new ReplenishmentLine(
                        Judged.A,
                        Judged.North,
                        Judged.Units(10),
                        Judged.Units(ordered),
                        Judged.Units(confirmed),
                        Judged.Now.AddHours(-2),
                        "PO 7"
                    ),
                ]
            )
        );

    [Fact]
    public void Orders_are_green_confirmed_amber_placed_and_red_missing()
    {
        Replenish(10, 10).Is(GateState.Green, "10 units");
        Replenish(10, 9).Is(GateState.Amber, "A for north (9 of 10 units confirmed)");
        Replenish(9, 9).Is(GateState.Red, "A for north (9 of 10 units ordered)");
    }

    private static GateVerdict Allocate(decimal requested, decimal allocated) =>
        AllocationGate.Judge(
            new AllocationInput(
                Judged.Now,
                [
                    new AllocationLine(
                        Judged.A,
                        Judged.North,
                        Judged.Units(10),
                        Judged.Units(requested),
                        Judged.Units(allocated),
                        Judged.Now.AddHours(-2),
                        "wms"
                    ),
                ]
            )
        );

    [Fact]
    public void Allocations_are_green_done_amber_asked_for_and_red_missing()
    {
        Allocate(10, 10).Is(GateState.Green, "10 units");
        Allocate(10, 9).Is(GateState.Amber, "A for north (9 of 10 units)");
        Allocate(9, 9).Is(GateState.Red, "A for north (9 of 10 units)");
    }

    [Fact]
    public void Nothing_to_replenish_or_allocate_is_green()
    {
        ReplenishmentGate.Judge(new ReplenishmentInput(Judged.Now, [])).Is(GateState.Green);
        AllocationGate.Judge(new AllocationInput(Judged.Now, [])).Is(GateState.Green);
    }
}
