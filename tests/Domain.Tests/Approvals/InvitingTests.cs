using Stockgate.Domain.Approvals;
using static Stockgate.Domain.Tests.Approvals.Cases;

namespace Stockgate.Domain.Tests.Approvals;

public class InvitingTests
{
    private static ApprovalRecord Opened(ApprovalCase? asked = null) => ApprovalRecord.Open(asked ?? One(), Noon);

    [Fact]
    public void One_of_the_role_is_mailed_at_once()
    {
        var due = Opened().At(Roster, Noon);
        Assert.Equal([new Letter(1, LetterKind.First)], due.Letters);
        Assert.Equal("anna", due.Record.Find(1)!.Approver);
        Assert.Equal(Noon + Sla / 2, due.WakeAt);
        Assert.Null(due.Unreachable);
    }

    [Fact]
    public void Looking_again_mails_nobody_twice()
    {
        var record = Opened().Look(Noon);
        Assert.Empty(record.At(Roster, Noon.AddMinutes(1)).Letters);
        Assert.Same(record, record.At(Roster, Noon.AddMinutes(1)).Record);
    }

    [Fact]
    public void A_reminder_goes_out_at_half_the_time_and_once()
    {
        var record = Opened().Look(Noon);
        Assert.Empty(record.At(Roster, Noon + Sla / 2 - TimeSpan.FromTicks(1)).Letters);
        Assert.Equal([new Letter(1, LetterKind.Reminder)], record.At(Roster, Noon + Sla / 2).Letters);
        Assert.Empty(record.Look(Noon + Sla / 2).At(Roster, Noon + Sla * 0.6).Letters);
    }

    [Fact]
    public void At_three_quarters_the_next_role_is_asked_as_well()
    {
        var record = Opened().Look(Noon).Look(Noon + Sla * 0.75);
        Assert.Equal(["anna", "ed"], record.Asked());
        Assert.Equal(InvitedBecause.Escalation, record.Find(2)!.Because);
        Assert.True(record.Say("ed", CaseAnswer.Approve, Noon + Sla * 0.8).Accepted);
        Assert.True(record.Say("anna", CaseAnswer.Approve, Noon + Sla * 0.8).Accepted);
        Assert.Equal(["anna", "ed"], record.Look(Noon + Sla * 0.9).Asked());
    }

    [Fact]
    public void At_the_end_it_expires_to_the_safe_side()
    {
        var over = Opened().Look(Noon).Look(Noon + Sla);
        Assert.Equal(CaseState.Expired, over.State);
        Assert.EndsWith("Nothing is refunded.", over.Outcome, StringComparison.Ordinal);
        Assert.Null(over.At(Roster, Noon + Sla).WakeAt);
    }

    [Fact]
    public void Whoever_no_mail_reaches_makes_room_for_the_next()
    {
        var record = Opened().Look(Noon, "anna");
        Assert.Equal(["anna", "ben"], record.Asked());
        Assert.Equal(InvitedBecause.Fallback, record.Find(2)!.Because);
        Assert.Equal("550 no such mailbox", record.Find(1)!.FailedBecause);
        // A mail may have come through all the same: the link that anna has is still good.
        Assert.True(record.Say("anna", CaseAnswer.Approve, Noon).Accepted);
    }

    [Fact]
    public void When_the_whole_role_is_out_of_reach_the_next_role_is_asked_at_once()
    {
        var record = Opened().Look(Noon, "anna", "ben", "dora");
        Assert.Contains("ed", record.Asked());
        Assert.Null(record.At(Roster, Noon).Unreachable);
    }

    [Fact]
    public void When_nobody_can_be_reached_it_says_so_and_expires_all_the_same()
    {
        var record = Opened().Look(Noon, "anna", "ben", "dora", "ed");
        var due = record.At(Roster, Noon);
        Assert.Equal("Nobody with the role lead or director can be asked by mail.", due.Unreachable);
        Assert.Equal(CaseState.Expired, record.Look(Noon + Sla).State);
    }

    [Fact]
    public void Somebody_without_an_address_is_not_mailed_and_can_answer_at_a_console()
    {
        var record = Opened().Look(Noon, "anna", "ben", "dora");
        Assert.DoesNotContain("fay", record.Asked());
        Assert.True(record.WithSeatFor(Roster.First(p => p.Name == "fay"), Noon).Say("fay", CaseAnswer.Approve, Noon).Accepted);
    }

    [Fact]
    public void A_seat_is_for_the_role_only()
    {
        var record = Opened().Look(Noon);
        Assert.Same(record, record.WithSeatFor(Roster.First(p => p.Name == "cara"), Noon));
        Assert.Same(record, record.WithSeatFor(Roster[0], Noon));
    }

    [Fact]
    public void Several_can_be_asked_at_once() => Assert.Equal(["anna", "ben"], Opened(One(invite: 2)).Look(Noon).Asked());

    [Fact]
    public void A_delegate_counts_as_asked()
    {
        var record = Opened().Look(Noon).Say("anna", CaseAnswer.Delegate, Noon, to: "dora").Record.Look(Noon.AddMinutes(1));
        Assert.Equal(["dora"], record.Asked());
        Assert.Equal(["dora"], record.Look(Noon.AddMinutes(2)).Asked());
    }
}
