using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class ConflictsGateTests
{
    private static readonly PromotionScope Own = new(
        new PromotionId("P1"),
        [Judged.A, Judged.B],
        [Judged.Web],
        [Judged.North],
        Judged.Start,
        Judged.End,
        StackingRule.Exclusive,
        5
    );

    private static readonly PromotionScope Other = Own with { Id = new PromotionId("P2"), Items = [Judged.B] };

    private static GateVerdict Judge(
        PromotionScope other,
        PromotionScope? own = null,
        OtherPromotionState state = OtherPromotionState.Approved
    ) => ConflictsGate.Judge(new ConflictsInput(Judged.Now, own ?? Own, [new OtherPromotion(other, state, Judged.Now.AddHours(-1))]));

    [Theory]
    [InlineData(OtherPromotionState.Draft)]
    [InlineData(OtherPromotionState.Submitted)]
    [InlineData(OtherPromotionState.Approved)]
    [InlineData(OtherPromotionState.Live)]
    public void An_exclusive_one_of_the_same_priority_is_red_however_far_it_has_come(OtherPromotionState state) =>
        Judge(Other, state: state).Is(GateState.Red, $"P2 ({state.ToString().ToLowerInvariant()}", "same priority", "on B");

    [Fact]
    public void An_exclusive_one_of_higher_priority_is_red() =>
        Judge(Other with { Priority = 6 }).Is(GateState.Red, "the other has the higher priority");

    [Fact]
    public void Displacing_another_is_amber() => Judge(Other with { Priority = 4 }).Is(GateState.Amber, "displace");

    [Theory]
    [InlineData(StackingRule.Stackable, StackingRule.Stackable, 5, GateState.Green)]
    [InlineData(StackingRule.BestOf, StackingRule.Stackable, 5, GateState.Amber)]
    [InlineData(StackingRule.BestOf, StackingRule.BestOf, 5, GateState.Amber)]
    [InlineData(StackingRule.BestOf, StackingRule.BestOf, 6, GateState.Green)]
    [InlineData(StackingRule.Stackable, StackingRule.Exclusive, 5, GateState.Red)]
    public void Stacking_and_priority_decide(StackingRule own, StackingRule other, int priority, GateState state) =>
        Judge(Other with { Stacking = other, Priority = priority }, Own with { Stacking = own }).Is(state);

    [Fact]
    public void Apart_in_items_channels_regions_or_time_is_green()
    {
        Judge(Other with { Items = [new Sku("C")] }).Is(GateState.Green, "No other promotion overlaps");
        Judge(Other with { Channels = [Judged.Till] }).Is(GateState.Green);
        Judge(Other with { Regions = [Judged.South] }).Is(GateState.Green);
        Judge(Other with { Start = Judged.End, End = Judged.End.AddDays(1) }).Is(GateState.Green);
        Judge(Other with { Start = Judged.Start.AddDays(-1), End = Judged.Start }).Is(GateState.Green);
        Judge(Other with { Start = Judged.End.AddTicks(-1), End = Judged.End.AddDays(1) }).Is(GateState.Red);
    }

    [Fact]
    public void One_for_all_channels_and_regions_meets_any() => Judge(Other with { Channels = [], Regions = [] }).Is(GateState.Red);

    [Fact]
    public void It_is_no_conflict_of_its_own() => Judge(Own).Is(GateState.Green);

    [Fact]
    public void Shared_items_are_named_five_and_counted()
    {
        var skus = Judged.Skus(1200);
        Judge(Other with { Items = skus }, Own with { Items = skus }).Is(GateState.Red, "on S0, S1, S2, S3, S4 and 1,195 more");
    }
}
