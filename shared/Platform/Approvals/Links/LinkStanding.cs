using Microsoft.AspNetCore.Http;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>Why a link decides nothing (any more): what the page says then.</summary>
/// <param name="Heading">In a few words.</param>
/// <param name="Text">What happened.</param>
/// <param name="Next">What to do; empty where there is nothing.</param>
/// <param name="Status">Of HTTP.</param>
internal sealed record LinkStanding(string Heading, string Text, string Next, int Status = StatusCodes.Status200OK)
{
    private const string NewestMail = "If it still matters, open the newest mail about it, or ask whoever asked for it.";

    /// <returns>Null where the link's owner can decide.</returns>
    public static LinkStanding? Of(ApprovalLink link, CaseView view, DateTimeOffset now)
    {
        var (record, me) = (view.Record, view.Invitation.Approver);
        var mine = record.Decisions.LastOrDefault(d =>
            string.Equals(d.By, me, StringComparison.OrdinalIgnoreCase) && d.Stage == view.Invitation.Stage && !d.Void
        );
        return record.State switch
        {
            CaseState.Approved => new("It is approved", record.Outcome ?? view.Words, "Nothing is left to do."),
            CaseState.Rejected => new(
                "It is rejected",
                record.Outcome ?? view.Words,
                "Nothing is left to do. Whoever asked can ask again."
            ),
            CaseState.Expired => TooLate(view),
            CaseState.Withdrawn => new("There is nothing to decide any more", record.Outcome ?? view.Words, ""),
            _ => view.Refusal switch
            {
                Refusal.TooLate => TooLate(view),
                Refusal.Closed => new(
                    mine is { Answer: CaseAnswer.Approve } ? "You approved it" : "You have answered",
                    view.Words,
                    $"The decision is due by {Dates.Due(record.Deadline)}."
                ),
                Refusal.Revoked when mine is { Answer: CaseAnswer.Delegate, To: { } to } => new(
                    $"You handed it to {to}",
                    $"{to} was mailed and decides it by {Dates.Due(record.Deadline)}.",
                    ""
                ),
                Refusal.Revoked => new("This link decides nothing any more", view.Words, NewestMail, StatusCodes.Status410Gone),
                Refusal.NotTheirs => new(
                    "You can't decide this",
                    view.Words,
                    "Somebody else who was asked has to.",
                    StatusCodes.Status403Forbidden
                ),
                _ when link.RevokedBecause is { } because => new(
                    "This link decides nothing any more",
                    because,
                    "",
                    StatusCodes.Status410Gone
                ),
                _ when link.ExpiresAt <= now => new(
                    "This link is too old",
                    $"It was good until {Dates.Due(link.ExpiresAt)}. The case is still open until {Dates.Due(record.Deadline)}.",
                    "Open the newest mail about it: its link is good.",
                    StatusCodes.Status410Gone
                ),
                _ => null,
            },
        };
    }

    private static LinkStanding TooLate(CaseView view) =>
        new("It is too late", view.Record.Outcome ?? view.Words, NewestMail, StatusCodes.Status410Gone);
}
