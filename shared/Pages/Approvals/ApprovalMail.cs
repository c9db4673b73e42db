using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Approvals;

/// <summary>
/// What approvers are mailed. Both forms say everything: what is asked, why, the figures, the recommendation, and what happens if nobody
/// answers. The HTML is plain elements with a few inline styles, which is what mail readers agree on; nothing is fetched from anywhere.
/// </summary>
public static class ApprovalMail
{
    private const string Body =
        "margin:0;padding:16px;font:16px/1.5 -apple-system,'Segoe UI',Roboto,Helvetica,Arial,sans-serif;color:#17202b;background:#ffffff;max-width:640px;overflow-wrap:anywhere";
    private const string Button =
        "display:inline-block;background:#0b57a4;color:#ffffff;font-weight:bold;text-decoration:none;padding:14px 22px;border-radius:8px";
    private const string Heading = "font-size:16px;margin:20px 0 4px",
        Soft = "color:#4d5968";
    private const string Safety =
        "Opening the link decides nothing; you decide by pressing a button on its page. The link is yours alone: don't forward this mail. Where a colleague may decide instead, the page lets you hand it over.";

    /// <summary>Asks somebody, or reminds them. Who was handed the case, or has it because time runs out, reads that first.</summary>
    /// <param name="record">The case, as it stands.</param>
    /// <param name="invitation">Whose mail it is.</param>
    /// <param name="to">The same person, with an address.</param>
    /// <param name="link">Made for this mail.</param>
    /// <param name="kind">First or a reminder.</param>
    public static MailBody Ask(ApprovalRecord record, Invitation invitation, Approver to, Uri link, LetterKind kind)
    {
        var (asked, handed) = (record.Case, record.Decisions.LastOrDefault(d => d.Answer == CaseAnswer.Delegate && to.Is(d.To ?? "")));
        var (label, why) = (kind, invitation.Because) switch
        {
            (LetterKind.Reminder, _) => ("Reminder: ", "Nobody has decided this yet, and half of the time is over."),
            (_, InvitedBecause.Escalation) => ("Escalated to you: ", "Nobody has decided this in time, so you are asked as well."),
            (_, InvitedBecause.Delegation) when handed is not null => (
                "Handed to you: ",
                $"{SafeText.Line(handed.By, Words.NameCharacters)} handed this to you{(handed.Reason is null ? "." : $": {SafeText.Line(handed.Reason, Words.TextCharacters)}")}"
            ),
            (_, InvitedBecause.Fallback) => (
                "",
                $"You are asked because somebody else with the role {record.Waiting.Role} could not be reached."
            ),
            _ => ("", $"You are asked because you have the role {record.Waiting.Role}."),
        };
        var earlier = record
            .Decisions.Where(static d => d.Answer != CaseAnswer.Delegate && !d.Void)
            .Select(static d => $"{d.By} {Words.Answer(d)}{(d.Reason is null ? "" : $": {d.Reason}")}")
            .ToList();
        var (deadline, code) = (
            Dates.Due(record.Deadline),
            asked.CodeNeeded ? "You will also be asked for a one-time code, which the page mails you." : ""
        );
        var text = Text(
            $"{to.Name}, your decision is needed by {deadline}.",
            why,
            SafeText.Line(asked.Title, Words.TitleCharacters),
            SafeText.Lines(asked.Asked, Words.TextCharacters),
            $"Look at it and decide:\n{link.AbsoluteUri}",
            code,
            Facts(asked),
            Block("So far", earlier),
            Safety
        );
        var html = Page(
            asked.Title,
            $"""
            <p style="margin:0 0 12px"><b>{to.Name}</b>, your decision is needed by <b>{deadline}</b>. {why}</p>
            <h1 dir="auto" style="font-size:22px;line-height:1.25;margin:0 0 8px">{asked.Title}</h1>
            <p dir="auto" style="margin:0 0 16px">{asked.Asked:lines}</p>
            <p style="margin:0 0 8px"><a href="{link.AbsoluteUri:value}" style="{Button:raw}">Look at it and decide</a></p>
            {(code.Length == 0 ? Html.Empty : Html.Of($"<p style=\"{Soft:raw};margin:0\">{code}</p>"))}
            {FactsIn(asked)}
            {(earlier.Count == 0 ? Html.Empty : Html.Of($"<h2 style=\"{Heading:raw}\">So far</h2>{List(earlier)}"))}
            <p style="{Soft:raw};font-size:14px;margin:24px 0 0;border-top:1px solid #d5dbe3;padding-top:12px">{Safety} If the button does not work, copy this address: <span style="word-break:break-all">{link.AbsoluteUri}</span></p>
            """
        );
        return new MailBody($"{label}{WithAmount(asked)} – decide by {Dates.Short(record.Deadline)}", text, html);
    }

    /// <summary>Tells somebody what was done without asking, or how it ended. Nothing is to be decided, and there is no link.</summary>
    /// <param name="about">What it was about.</param>
    /// <param name="ending">How it ended.</param>
    /// <param name="to">Whom.</param>
    public static MailBody Told(ApprovalCase about, CaseEnding ending, Approver to) =>
        new(
            $"{ending.Label}: {WithAmount(about)}",
            Text(
                $"{to.Name}, you are told and need not do anything.",
                SafeText.Line(about.Title, Words.TitleCharacters),
                SafeText.Lines(ending.Outcome, Words.TextCharacters),
                Block("Decided", ending.Decisions),
                Facts(about, open: false)
            ),
            Page(
                about.Title,
                $"""
                <p style="margin:0 0 12px"><b>{to.Name}</b>, you are told and need not do anything.</p>
                <h1 dir="auto" style="font-size:22px;line-height:1.25;margin:0 0 8px">{about.Title}</h1>
                <p dir="auto" style="margin:0">{ending.Outcome:lines}</p>
                {(ending.Decisions.Count == 0 ? Html.Empty : Html.Of($"<h2 style=\"{Heading:raw}\">Decided</h2>{List(ending.Decisions)}"))}
                {FactsIn(about, open: false)}
                """
            )
        );

    /// <summary>A one-time code. It names the case, so that nobody gives it for another one, and carries no link.</summary>
    public static MailBody Code(ApprovalCase about, string digits, TimeSpan lifetime)
    {
        var minutes = $"It is good for {Durations.Of(lifetime)}, for this one case: ";
        const string warning =
            "Enter it only on the page that you opened from the mail about this case. Nobody will ever ask you for it in another way. If you did not ask for a code, somebody else has opened your link: reject the case, or tell your operator.";
        return new MailBody(
            $"Your code for: {SafeText.Line(about.Title, Words.TitleCharacters)}",
            Text($"Your code is {digits}", minutes + SafeText.Line(about.Title, Words.TitleCharacters), warning),
            Page(
                "Your code",
                $"""
                <p style="margin:0 0 4px">Your code is</p><p style="font-size:32px;font-weight:bold;letter-spacing:4px;margin:0 0 12px">{digits}</p>
                <p dir="auto" style="margin:0 0 12px">{minutes}<b>{about.Title}</b></p><p style="{Soft:raw};margin:0">{warning}</p>
                """
            )
        );
    }

    // Room for the deadline, which matters more than the end of a long title.
    private static string WithAmount(ApprovalCase asked)
    {
        var title = SafeText.Line(asked.Title, 110);
        return asked.Amount is { } amount && !title.Contains(Amounts.Of(amount), StringComparison.Ordinal)
            ? $"{title}, {Amounts.Of(amount)}"
            : title;
    }

    private static string Text(params string[] blocks) =>
        string.Join(
            "\n\n",
            blocks.Where(static block => block.Length > 0).Select(static block => SafeText.Lines(block, MailBody.Characters))
        ) + "\n";

    private static string Facts(ApprovalCase asked, bool open = true) =>
        Text(
                Block("Why", asked.Reasons),
                Block("Figures", Words.Figures(asked).Select(static f => $"{f.Name}: {f.Value}")),
                Block(open ? "Recommendation" : "What was recommended", [asked.Recommendation], bullets: false),
                open ? Block("If nobody answers", [asked.IfSilent], bullets: false) : ""
            )
            .TrimEnd('\n');

    private static string Block(string heading, IEnumerable<string> lines, bool bullets = true)
    {
        var block = new StringBuilder(heading);
        foreach (var line in lines)
            block.Append('\n').Append(bullets ? "- " : "").Append(SafeText.Line(line, Words.TextCharacters));
        return block.Length > heading.Length ? block.ToString() : "";
    }

    private static string Page(string title, Html content) =>
        Html.Of(
                $"""<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width, initial-scale=1"><title>{title}</title></head><body style="{Body:raw}">{content}</body></html>"""
            )
            .ToString();

    private static Html FactsIn(ApprovalCase asked, bool open = true) =>
        $"""
            {(asked.Reasons.Count == 0 ? Html.Empty : Html.Of($"<h2 style=\"{Heading:raw}\">Why</h2>{List(asked.Reasons)}"))}
            {Figures(asked)}
            <h2 style="{Heading:raw}">{(
                open ? "Recommendation" : "What was recommended"
            )}</h2><p dir="auto" style="margin:0">{asked.Recommendation:lines}</p>
            {(
                open
                    ? Html.Of(
                        $"<h2 style=\"{Heading:raw}\">If nobody answers</h2><p dir=\"auto\" style=\"margin:0\">{asked.IfSilent:lines}</p>"
                    )
                    : Html.Empty
            )}
            """;

    private static Html List(IEnumerable<string> lines) =>
        $"<ul style=\"margin:0;padding-left:20px\">{Html.Join(lines.Select(static line => Html.Of($"<li dir=\"auto\">{line:lines}</li>")))}</ul>";

    private static Html Figures(ApprovalCase asked)
    {
        var figures = Words.Figures(asked).ToList();
        if (figures.Count == 0)
            return Html.Empty;
        return $"""
            <h2 style="{Heading:raw}">Figures</h2><table style="border-collapse:collapse;width:100%">{Html.Join(
                figures.Select(static f =>
                    Html.Of(
                        $"<tr><th scope=\"row\" dir=\"auto\" style=\"text-align:left;font-weight:normal;color:#4d5968;padding:5px 12px 5px 0;border-bottom:1px solid #d5dbe3;vertical-align:top;width:46%\">{f.Name}</th><td dir=\"auto\" style=\"font-weight:bold;padding:5px 0;border-bottom:1px solid #d5dbe3;vertical-align:top\">{f.Value}</td></tr>"
                    )
                )
            )}</table>
            """;
    }
}
