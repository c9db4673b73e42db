using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class GateBoardTests
{
    private static GateBoard Board(params GateVerdict[] verdicts) => new(new PromotionId("P1"), 1, Judged.Now, verdicts);

    [Fact]
    public void All_green_may_launch() =>
        Assert.Equal(["Promotion P1 may launch: all 14 gates are green as of 2026-03-01 09:30 UTC."], Board(Judged.All()).Explain());

    [Fact]
    public void One_amber_gate_holds_it_and_the_board_says_why_and_who_it_waits_for()
    {
        var verdicts = Judged.All();
        verdicts[3] = Judged.Of(verdicts[3].Gate, GateState.Amber);
        verdicts[6] = Judged.Of(verdicts[6].Gate, GateState.Red) with { Waits = "supply planning, somebody" };
        var board = Board(verdicts);
        Assert.Equal((GateState.Red, false), (board.State, board.MayLaunch));
        Assert.Equal(["supply planning", "somebody"], board.WaitsFor);
        Assert.Equal(
            [
                "Not live because stock is red, price-floor is amber.",
                "stock: It is so. To turn it green: Make it so. Waits for supply planning, somebody.",
                "price-floor: It is so. To turn it green: Make it so. Waits for somebody.",
            ],
            board.Explain()
        );
    }

    [Fact]
    public void A_gate_that_was_not_judged_holds_it()
    {
        Assert.False(Board().MayLaunch);
        var board = Board(Judged.All()[1..]);
        Assert.Equal([GateNames.Eligibility], board.Missing);
        Assert.Equal(GateState.Red, board.State);
        Assert.Equal("Not live because eligibility has not been judged.", Assert.Single(board.Explain()));
    }

    [Fact]
    public void Of_a_gate_that_was_judged_twice_both_have_to_be_green() =>
        Assert.False(Board([.. Judged.All(), Judged.Of(GateNames.Stock, GateState.Red)]).MayLaunch);

    [Fact]
    public void Every_kind_of_input_concerns_gates_that_exist_and_every_gate_some_kind_of_its_own()
    {
        var kinds = Enum.GetValues<GateInputKind>();
        Assert.All(kinds, kind => Assert.All(GateInputs.GatesOf(kind), gate => Assert.Contains(gate, GateNames.All)));
        Assert.Equal(GateNames.All.Order(), kinds.Where(k => k != GateInputKind.Request).SelectMany(GateInputs.GatesOf).Distinct().Order());
        Assert.Throws<ArgumentOutOfRangeException>(() => GateInputs.GatesOf((GateInputKind)99));
        Assert.Contains(GateNames.Freshness, GateInputs.GatesOf(GateInputKind.Stock));
    }
}
