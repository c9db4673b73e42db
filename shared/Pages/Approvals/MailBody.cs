namespace Stockgate.Pages.Approvals;

/// <summary>What a mail says, in both forms: readers without HTML find everything in the text.</summary>
/// <param name="Subject">One line.</param>
/// <param name="Text">Plain.</param>
/// <param name="Html">A page.</param>
public sealed record MailBody(string Subject, string Text, string Html)
{
    /// <summary>Characters of one block of the text at the most.</summary>
    internal const int Characters = 512 * 1024;
}
