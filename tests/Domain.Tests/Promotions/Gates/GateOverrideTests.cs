using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class GateOverrideTests
{
    private static readonly GateOverride Word = new(
        GateNames.Stock,
        "Olga",
        "Rita",
        "The truck is at the gate.",
        Judged.Now.AddHours(-1),
        Judged.Now.AddHours(1)
    );

    private static GateVerdict Apply(GateOverride given, GateState state = GateState.Red) =>
        GateOverride.Apply(Judged.Of(given.Gate, state), given, Judged.Now);

    [Fact]
    public void A_red_gate_turns_green_and_shows_who_said_so_why_and_until_when()
    {
        var verdict = Apply(Word);
        verdict.Is(
            GateState.Green,
            "Overridden by Olga until 2026-03-01 10:30 UTC: The truck is at the gate.",
            "Without the override: It is so."
        );
        Assert.Equal(
            new Sighting("override", "green instead of red, until 2026-03-01 10:30 UTC", TimeSpan.FromHours(1), "Olga"),
            Assert.Single(verdict.Seen)
        );
    }

    [Fact]
    public void A_red_gate_can_be_lifted_to_amber_only() =>
        Apply(Word with { CountsAs = GateState.Amber }).Is(GateState.Amber, "Overridden by Olga");

    [Fact]
    public void An_override_never_makes_a_verdict_worse()
    {
        Assert.Equal(
            Judged.Of(GateNames.Stock, GateState.Green).Reason,
            Apply(Word with { CountsAs = GateState.Red }, GateState.Green).Reason
        );
        Apply(Word with { CountsAs = GateState.Red }, GateState.Amber).Is(GateState.Amber);
    }

    [Fact]
    public void It_counts_from_when_it_is_given_until_it_expires()
    {
        Apply(Word with { GivenAt = Judged.Now }).Is(GateState.Green);
        Apply(Word with { GivenAt = Judged.Now.AddTicks(1) }).Is(GateState.Red, "does not count: it begins");
        Apply(Word with { ExpiresAt = Judged.Now }).Is(GateState.Red, "does not count: it expired");
        Apply(Word with { ExpiresAt = Judged.Now.AddTicks(1) }).Is(GateState.Green);
    }

    [Fact]
    public void One_given_by_the_requester_or_by_nobody_or_without_a_reason_does_not_count()
    {
        Apply(Word with { By = " RITA" }).Is(GateState.Red, "requested the promotion themselves");
        Apply(Word with { By = " " }).Is(GateState.Red, "names no person");
        Apply(Word with { Reason = " " }).Is(GateState.Red, "no reason");
    }

    [Fact]
    public void One_for_another_gate_changes_nothing() =>
        Assert.Equal("It is so.", GateOverride.Apply(Judged.Of(GateNames.Funding, GateState.Red), Word, Judged.Now).Reason);

    [Theory]
    [InlineData(GateNames.Eligibility)]
    [InlineData(GateNames.PriceFloor)]
    public void Nobody_can_override_a_recall_or_a_legal_floor(string gate) =>
        Apply(Word with { Gate = gate }).Is(GateState.Red, "can't be overridden");
}
