using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Approvals;
using static Stockgate.Domain.Tests.Approvals.Cases;

namespace Stockgate.Domain.Tests.Approvals;

public class ApprovalProperties
{
    private sealed record Move(int Minutes, int Who, int What, int Revision);

    private static readonly string[] Names = ["anna", "ben", "cara", "dora", "ed", "fay"];

    // Mostly of the first revision, seldom with a new one: otherwise hardly a case would come to its second yes.
    private static readonly Gen<Move[]> Moves = (
        from minutes in Gen.Choose(0, 90)
        from who in Gen.Choose(0, 5)
        from what in Gen.Frequency((8, Gen.Choose(0, 4)), (1, Gen.Choose(5, 6)))
        from revision in Gen.Frequency((4, Gen.Constant(1)), (1, Gen.Choose(2, 3)))
        select new Move(minutes, who, what, revision)
    ).ArrayOf();

    [Fact]
    public void Whatever_people_do_a_case_is_approved_only_by_one_yes_per_stage_of_different_people_to_one_revision()
    {
        var approved = 0;
        Check.One(Config.QuickThrowOnFailure.WithMaxTest(2000), Prop.ForAll(Arb.From(Moves), moves => Holds(moves, ref approved)));
        // Otherwise it would say nothing about approvals.
        Assert.InRange(approved, 20, 2000);
    }

    private static bool Holds(Move[] moves, ref int approved)
    {
        var (record, now) = (ApprovalRecord.Open(Two(), Noon).Look(Noon), Noon);
        var closings = 0;
        foreach (var move in moves)
        {
            now += TimeSpan.FromMinutes(move.Minutes);
            var before = record;
            record = Apply(record, move, now);
            if (before.State != CaseState.Open && !ReferenceEquals(before, record))
                return false;
            if (before.State == CaseState.Open && record.State != CaseState.Open)
                closings++;
        }
        var yes = record.Decisions.Where(static d => d is { Answer: CaseAnswer.Approve, Void: false }).ToList();
        if (record.State == CaseState.Approved)
            approved++;
        return closings <= 1
            && (
                record.State != CaseState.Approved
                || yes.Count == 2
                    && yes[0].By != yes[1].By
                    && yes.All(d => d.Revision == record.Case.Revision)
                    && yes[0].At <= yes[1].At
                    && yes.All(static d => d.By is not "gus")
            );
    }

    private static ApprovalRecord Apply(ApprovalRecord record, Move move, DateTimeOffset now)
    {
        var name = Names[move.Who];
        if (move.What == 5)
            return record.Revise(Two($"r{move.Revision}"), now);
        if (move.What == 6)
            return record.Look(now, name);
        if (record.Invitations.LastOrDefault(i => i.Approver == name) is not { } seat)
            return record.WithSeatFor(Roster.First(p => p.Name == name), now);
        var answer = move.What switch
        {
            0 or 1 or 2 => CaseAnswer.Approve,
            3 => CaseAnswer.Delegate,
            _ => move.Minutes > 80 ? CaseAnswer.Reject : CaseAnswer.Approve,
        };
        return record
            .Decide(new(seat.Number, answer, "because", Names[(move.Who + 1) % 6], $"r{move.Revision}", "link"), Roster, now)
            .Record;
    }
}
