using Stockgate.Domain.Approvals;
using static Stockgate.Domain.Tests.Approvals.Cases;

namespace Stockgate.Domain.Tests.Approvals;

public class DecidingTests
{
    private static ApprovalRecord Opened(ApprovalCase? asked = null) => ApprovalRecord.Open(asked ?? One(), Noon).Look(Noon);

    [Fact]
    public void One_yes_approves_a_case_of_one_stage()
    {
        var verdict = Opened().Say("anna", CaseAnswer.Approve, Noon);
        Assert.True(verdict.Accepted);
        Assert.Equal(
            (CaseState.Approved, "Approved by anna.", Noon),
            (verdict.Record.State, verdict.Record.Outcome, verdict.Record.ClosedAt)
        );
    }

    [Fact]
    public void A_second_answer_is_told_who_decided()
    {
        var decided = Opened(One(invite: 2)).Say("anna", CaseAnswer.Approve, Noon).Record;
        var second = decided.Say("ben", CaseAnswer.Reject, Noon.AddSeconds(1), "no");
        Assert.Equal((Refusal.Closed, "Approved by anna."), (second.Refusal, second.Words));
        Assert.Same(decided, second.Record);
        Assert.Equal(Refusal.Closed, decided.Say("anna", CaseAnswer.Reject, Noon.AddSeconds(1), "no").Refusal);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("  ")]
    public void A_no_needs_a_reason(string? reason)
    {
        var verdict = Opened().Say("anna", CaseAnswer.Reject, Noon, reason);
        Assert.Equal((Refusal.Incomplete, "reason"), (verdict.Refusal, verdict.Field));
        Assert.Equal(CaseState.Open, verdict.Record.State);
    }

    [Fact]
    public void A_reason_has_a_bound() =>
        Assert.Equal("reason", Opened().Say("anna", CaseAnswer.Approve, Noon, new string('x', Deciding.ReasonCharacters + 1)).Field);

    [Fact]
    public void A_no_ends_the_case_with_its_reason() =>
        Assert.Equal(
            (CaseState.Rejected, "Rejected by anna: not ours"),
            Opened().Say("anna", CaseAnswer.Reject, Noon, " not ours ").Record is var r ? (r.State, r.Outcome) : default
        );

    [Fact]
    public void At_the_second_of_expiry_it_is_too_late_and_a_tick_before_it_is_not()
    {
        Assert.Equal(Refusal.TooLate, Opened().Say("anna", CaseAnswer.Approve, Noon + Sla).Refusal);
        Assert.True(Opened().Say("anna", CaseAnswer.Approve, Noon + Sla - TimeSpan.FromTicks(1)).Accepted);
    }

    [Fact]
    public void Whoever_saw_another_revision_is_asked_again()
    {
        var revised = Opened().Revise(One("r2"), Noon);
        Assert.Equal(Refusal.Changed, revised.Say("anna", CaseAnswer.Approve, Noon).Refusal);
        Assert.True(revised.Say("anna", CaseAnswer.Approve, Noon, revision: "r2").Accepted);
    }

    [Fact]
    public void Two_stages_need_two_people_in_order()
    {
        var first = Opened(Two()).Say("anna", CaseAnswer.Approve, Noon).Record;
        Assert.Equal((CaseState.Open, 1), (first.State, first.Stage));
        var asked = first.Look(Noon.AddMinutes(1));
        Assert.Equal(["cara"], asked.Asked());
        Assert.Equal("Approved by anna and cara.", asked.Say("cara", CaseAnswer.Approve, Noon.AddMinutes(2)).Record.Outcome);
    }

    [Fact]
    public void Whoever_agreed_in_the_first_stage_is_not_asked_in_the_second()
    {
        var delegated = Opened(Two()).Say("anna", CaseAnswer.Delegate, Noon, to: "dora").Record.Look(Noon);
        var second = delegated.Say("dora", CaseAnswer.Approve, Noon).Record.Look(Noon);
        Assert.Equal(["cara"], second.Asked());
        // Not even where they get themselves a seat.
        var seated = second.WithSeatFor(Roster.First(p => p.Name == "dora"), Noon);
        Assert.Equal(Refusal.NotTheirs, seated.Say("dora", CaseAnswer.Approve, Noon).Refusal);
    }

    [Fact]
    public void A_change_between_the_stages_asks_the_first_one_again()
    {
        var second = Opened(Two()).Say("anna", CaseAnswer.Approve, Noon).Record.Look(Noon);
        var revised = second.Revise(Two("r2"), Noon.AddHours(1)).Look(Noon.AddHours(1));
        Assert.Equal((0, Noon.AddHours(1)), (revised.Stage, revised.StageSince));
        Assert.All(revised.Decisions, d => Assert.True(d.Void));
        Assert.Equal(["anna"], revised.Asked());
        var cara = revised.Invitations.First(i => i.Approver == "cara");
        Assert.Equal(
            Refusal.Revoked,
            revised.Decide(new(cara.Number, CaseAnswer.Approve, null, null, "r2", "link"), Roster, Noon.AddHours(1)).Refusal
        );
        // The earlier yes of anna does not count against her new one.
        Assert.True(revised.Say("anna", CaseAnswer.Approve, Noon.AddHours(1), revision: "r2").Accepted);
    }

    [Fact]
    public void Whoever_asked_for_it_can_not_decide_it()
    {
        var record = ApprovalRecord.Open(One(by: "ANNA"), Noon).Look(Noon);
        Assert.Equal(["ben"], record.Asked());
        var seated = record.WithSeatFor(Roster[0], Noon);
        Assert.Equal(Refusal.NotTheirs, seated.Say("anna", CaseAnswer.Approve, Noon).Refusal);
        Assert.Equal(Refusal.Incomplete, record.Say("ben", CaseAnswer.Delegate, Noon, to: "anna").Refusal);
    }

    [Fact]
    public void Whoever_lost_the_role_since_the_mail_can_not_use_it()
    {
        var record = Opened();
        IReadOnlyList<Approver> without = [.. Roster.Where(p => p.Name != "anna"), Person("anna", "finance")];
        Assert.Equal(Refusal.NotTheirs, record.Decide(new(1, CaseAnswer.Approve, null, null, "r1", "link"), without, Noon).Refusal);
    }

    [Fact]
    public void Delegation_hands_the_stage_over()
    {
        var record = Opened().Say("anna", CaseAnswer.Delegate, Noon, "on leave", "BEN").Record;
        Assert.Equal(["ben"], record.Asked());
        Assert.Equal(Refusal.Revoked, record.Say("anna", CaseAnswer.Approve, Noon).Refusal);
        Assert.True(record.Look(Noon).Say("ben", CaseAnswer.Approve, Noon).Accepted);
        Assert.Equal(("anna", "ben"), (record.Decisions[0].By, record.Decisions[0].To));
    }

    [Theory]
    [InlineData("anna")]
    [InlineData("cara")]
    [InlineData("nobody")]
    [InlineData(null)]
    public void Delegation_needs_a_colleague_with_the_role(string? to) =>
        Assert.Equal("to", Opened().Say("anna", CaseAnswer.Delegate, Noon, to: to).Field);

    [Fact]
    public void Delegates_are_those_who_may_decide_it() => Assert.Equal(["ben", "dora", "fay"], Opened().Delegates("anna", Roster));

    [Fact]
    public void An_unknown_invitation_decides_nothing() =>
        Assert.Equal(Refusal.Revoked, Opened().Decide(new(99, CaseAnswer.Approve, null, null, "r1", "link"), Roster, Noon).Refusal);
}
