using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>Texts for a link that can't decide (any more).</summary>
/// <param name="Heading">In a few words.</param>
/// <param name="Text">What happened.</param>
/// <param name="Next">What to do; empty if there is nothing.</param>
/// <param name="Status">Of HTTP.</param>
internal sealed record LinkStanding(string Heading, string Text, string Next, int Status = StatusCodes.Status200OK)
{
    private const string NewestMail = "If a decision is still needed, open the newest mail about it or ask the requester.";

    /// <returns>Null if the link's owner can decide.</returns>
    public static LinkStanding? Of(ApprovalLink link, CaseView view, DateTimeOffset now)
    {
        var (record, me) = (view.Record, view.Invitation.Approver);
        var mine = record.Decisions.LastOrDefault(d =>
            string.Equals(d.By, me, StringComparison.OrdinalIgnoreCase) && d.Stage == view.Invitation.Stage && !d.Void
        );
        return record.State switch
        {
            CaseState.Approved => new("It is approved", record.Outcome ?? view.Words, "No action is needed."),
            CaseState.Rejected => new("It is rejected", record.Outcome ?? view.Words, "No action is needed. The requester can ask again."),
            CaseState.Expired => TooLate(view),
            CaseState.Withdrawn => new("No decision is needed any more", record.Outcome ?? view.Words, ""),
            _ => view.Refusal switch
            {
                Refusal.TooLate => TooLate(view),
                Refusal.Closed => new(
                    mine is { Answer: CaseAnswer.Approve } ? "You approved it" : "You have answered",
                    view.Words,
                    $"The decision is due by {Dates.Due(record.Deadline)}."
                ),
                Refusal.Revoked when mine is { Answer: CaseAnswer.Delegate, To: { } to } => new(
                    $"You delegated it to {to}",
                    $"{to} was mailed and decides it by {Dates.Due(record.Deadline)}.",
                    ""
                ),
                Refusal.Revoked => new("This link is no longer valid", view.Words, NewestMail, StatusCodes.Status410Gone),
                Refusal.NotTheirs => new(
                    "You can't decide this",
                    view.Words,
                    "Another person who was asked has to decide.",
                    StatusCodes.Status403Forbidden
                ),
                _ when link.RevokedBecause is { } because => new("This link is no longer valid", because, "", StatusCodes.Status410Gone),
                _ when link.ExpiresAt <= now => new(
                    "This link has expired",
                    $"It was valid until {Dates.Due(link.ExpiresAt)}. The case is still open until {Dates.Due(record.Deadline)}.",
                    "Open the newest mail about it; its link is valid.",
                    StatusCodes.Status410Gone
                ),
                _ => null,
            },
        };
    }

    private static LinkStanding TooLate(CaseView view) =>
        new("The deadline has passed", view.Record.Outcome ?? view.Words, NewestMail, StatusCodes.Status410Gone);
}
