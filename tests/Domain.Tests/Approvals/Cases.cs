using Stockgate.Domain.Approvals;

namespace Stockgate.Domain.Tests.Approvals;

/// <summary>Cases and people for the tests.</summary>
internal static class Cases
{
    public static readonly DateTimeOffset Noon = new(2026, 11, 2, 12, 0, 0, TimeSpan.Zero);

    public static readonly TimeSpan Sla = TimeSpan.FromHours(4);

    public static readonly IReadOnlyList<Approver> Roster =
    [
        Person("anna", "lead"),
        Person("ben", "lead"),
        Person("cara", "finance"),
        Person("dora", "finance,lead"),
        Person("ed", "director"),
        new("fay", null, new HashSet<string> { "lead" }),
    ];

    public static Approver Person(string name, string roles) => new(name, $"{name}@example.com", roles.Split(',').ToHashSet());

    public static ApprovalCase One(string revision = "r1", string by = "gus", int invite = 1, string? escalateTo = "director") =>
        Of(revision, by, new ApprovalStage("lead", Sla, escalateTo, invite));

    public static ApprovalCase Two(string revision = "r1") =>
        Of(revision, "gus", new ApprovalStage("lead", Sla), new ApprovalStage("finance", Sla));

    public static ApprovalCase Of(string revision, string by, params ApprovalStage[] stages) =>
        new()
        {
            Id = new("case-1"),
            Kind = CaseKind.OrderAction,
            Subject = "order 1001",
            Reference = "a-1",
            Title = "Refund 120.00 EUR of order 1001",
            Asked = "120.00 EUR go back to the customer.",
            Recommendation = "Approve: nothing speaks against it.",
            IfSilent = "Nothing is refunded.",
            Revision = revision,
            RequestedBy = by,
            Stages = stages,
        };

    /// <summary>The record after what is due at a moment, every mail handed over.</summary>
    public static ApprovalRecord Look(this ApprovalRecord record, DateTimeOffset at, params string[] unreachable)
    {
        while (true)
        {
            var due = record.At(Roster, at);
            record = due.Record;
            if (due.Letters.Count == 0)
                return record;
            foreach (var letter in due.Letters)
                record = record.Mailed(
                    letter,
                    unreachable.Contains(record.Find(letter.Invitation)!.Approver) ? "550 no such mailbox" : null,
                    at
                );
        }
    }

    public static AnswerVerdict Say(
        this ApprovalRecord record,
        string by,
        CaseAnswer answer,
        DateTimeOffset at,
        string? reason = null,
        string? to = null,
        string revision = "r1"
    ) => record.Decide(new(record.Invitations.Last(i => i.Approver == by).Number, answer, reason, to, revision, "link"), Roster, at);

    public static IEnumerable<string> Asked(this ApprovalRecord record) =>
        record.Invitations.Where(i => i.Stands && i.Stage == record.Stage).Select(static i => i.Approver);
}
