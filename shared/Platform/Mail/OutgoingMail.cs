namespace Stockgate.Platform.Mail;

/// <summary>A mail that is to be sent, in both forms: readers without HTML find everything in the text.</summary>
public sealed record OutgoingMail
{
    /// <summary>Characters of a subject at the most; what is longer is cut.</summary>
    public const int SubjectCharacters = 200;

    /// <summary>Characters of each body at the most; a longer one is a fault of who composed it.</summary>
    public const int BodyCharacters = 512 * 1024;

    /// <summary>One address; see <see cref="MailboxAddress"/>.</summary>
    public required string To { get; init; }

    /// <summary>The person's name, shown beside the address.</summary>
    public string? ToName { get; init; }

    public required string Subject { get; init; }

    public required string Text { get; init; }

    public required string Html { get; init; }

    /// <summary>The id that a bounce names, without angle brackets; see <see cref="Mailer.NewMessageId"/>.</summary>
    public required string MessageId { get; init; }
}

/// <summary>What became of a mail.</summary>
public abstract record MailOutcome
{
    private MailOutcome() { }

    /// <summary>The server took it, or it lies in the pickup folder. It may still bounce.</summary>
    public sealed record Sent(string MessageId) : MailOutcome;

    /// <summary>It was not taken.</summary>
    /// <param name="Words">Why, for an operator; never a password or a link.</param>
    /// <param name="Permanent">Sending it again would end the same way: ask somebody else.</param>
    public sealed record Failed(string Words, bool Permanent) : MailOutcome;
}
