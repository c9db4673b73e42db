using Stockgate.Domain;
using Stockgate.Domain.Approvals;
using Stockgate.Pages.Approvals;
using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Approvals.Links;

/// <summary>Mails approvers, each mail with its own link; a bounced mail is recognized.</summary>
public sealed class ApprovalLetters(ApprovalLinks links, MailIndex index, Mailer mailer, People people)
{
    /// <summary>The missing setting for mail; null if complete.</summary>
    public string? Missing =>
        !mailer.Configured ? "Mail is not set up: set Mail__From, and Mail__Host or Mail__PickupFolder."
        : !links.Configured ? "The setting PublicUrl (the app's address for links in mails) is missing."
        : null;

    /// <summary>Sends a due mail. If it is sent twice after a crash, both links are valid.</summary>
    public async Task<MailOutcome> SendAsync(ApprovalRecord record, Letter letter, CancellationToken cancellationToken)
    {
        var invitation =
            record.Find(letter.Invitation)
            ?? throw new ArgumentException($"Case {record.Case.Id} has no invitation {letter.Invitation}.", nameof(letter));
        if (Missing is { } missing)
            return new MailOutcome.Failed(missing, Permanent: false);
        if (Reachable(invitation.Approver) is not { } to)
            return Unreachable(invitation.Approver);
        var messageId = mailer.NewMessageId();
        await index.RememberAsync(messageId, new(record.Case.Id, invitation.Number), cancellationToken);
        var link = await links.IssueAsync(
            record.Case.Id,
            invitation.Number,
            invitation.Approver,
            record.Case.Revision,
            record.Deadline,
            cancellationToken
        );
        return await mailer.SendAsync(
            Mail(to, ApprovalMail.Ask(record, invitation, to, link.Url, letter.Kind), messageId),
            cancellationToken
        );
    }

    /// <summary>Mails a notification of an action or its outcome.</summary>
    public async Task<MailOutcome> TellAsync(ApprovalCase about, CaseEnding ending, string name, CancellationToken cancellationToken) =>
        Reachable(name) is { } to
            ? await mailer.SendAsync(Mail(to, ApprovalMail.Told(about, ending, to), mailer.NewMessageId()), cancellationToken)
            : Unreachable(name);

    /// <summary>Mails a one-time code to the link's addressee, never to the person who opened it.</summary>
    internal async Task<MailOutcome> SendCodeAsync(
        ApprovalLink link,
        ApprovalCase about,
        NewCode code,
        CancellationToken cancellationToken
    ) =>
        Reachable(link.Approver) is { } to
            ? await mailer.SendAsync(
                Mail(to, ApprovalMail.Code(about, Digits(code), OneTimeCodes.Lifetime), mailer.NewMessageId()),
                cancellationToken
            )
            : Unreachable(link.Approver);

    private static string Digits(NewCode code) => code.Code ?? throw new ArgumentException("There is no code to mail.", nameof(code));

    private static OutgoingMail Mail(Approver to, MailBody body, string messageId) =>
        new()
        {
            To =
                to.Email
                ?? throw new ArgumentException($"No mail reaches {to.Name}: the setting People__{to.Name}__Email is missing.", nameof(to)),
            ToName = to.Name,
            Subject = body.Subject,
            Text = body.Text,
            Html = body.Html,
            MessageId = messageId,
        };

    private Approver? Reachable(string name) => people.Roster.FirstOrDefault(p => p.Is(name) && p.Email is not null);

    private static MailOutcome.Failed Unreachable(string name) =>
        new(
            $"{SafeText.Line(name, Words.NameCharacters)} has no mail address: the setting People__NAME__Email is missing.",
            Permanent: true
        );
}
