using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Approvals;

/// <summary>
/// What approvers are mailed. Both forms say everything: what is asked, why, the figures, the recommendation, and what happens if nobody
/// answers.
/// </summary>
public static class ApprovalMail
{
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
        var html = PageRenderer.Render<AskMail>(
            new()
            {
                [nameof(AskMail.Asked)] = asked,
                [nameof(AskMail.Name)] = to.Name,
                [nameof(AskMail.Deadline)] = deadline,
                [nameof(AskMail.Why)] = why,
                [nameof(AskMail.Link)] = link,
                [nameof(AskMail.CodeNote)] = code,
                [nameof(AskMail.Safety)] = Safety,
                [nameof(AskMail.Earlier)] = earlier,
            }
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
            PageRenderer.Render<ToldMail>(
                new()
                {
                    [nameof(ToldMail.About)] = about,
                    [nameof(ToldMail.Ending)] = ending,
                    [nameof(ToldMail.Name)] = to.Name,
                }
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
            PageRenderer.Render<CodeMail>(
                new()
                {
                    [nameof(CodeMail.About)] = about,
                    [nameof(CodeMail.Digits)] = digits,
                    [nameof(CodeMail.Good)] = minutes,
                    [nameof(CodeMail.Warning)] = warning,
                }
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
}
