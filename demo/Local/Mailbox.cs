using System.Text.RegularExpressions;
using MimeKit;

namespace Stockgate.Demo.Local;

/// <summary>A mail that the app put into its pickup folder.</summary>
/// <param name="File">Where it is; a mail program opens it.</param>
/// <param name="Link">The address that it asks to open; null where it has none.</param>
public sealed record ReceivedMail(string File, string To, string Subject, string Text, string Html, Uri? Link)
{
    /// <summary>The six digits of a one-time code; null where it has none.</summary>
    public string? Code => Regex.Match(Text, @"\b\d{6}\b") is { Success: true } found ? found.Value : null;
}

/// <summary>Everybody's mail: the pickup folder of the app.</summary>
public sealed partial class Mailbox(string folder)
{
    private readonly Dictionary<string, ReceivedMail> read = new(StringComparer.Ordinal);

    /// <summary>Every mail, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> All()
    {
        // A file appears when it is whole, under a name that begins with its time.
        foreach (var file in Directory.Exists(folder) ? Directory.GetFiles(folder, "*.eml") : [])
            if (!read.ContainsKey(file))
                read[file] = Read(file);
        return [.. read.Values.OrderBy(static m => m.File, StringComparer.Ordinal)];
    }

    /// <summary>The mails to somebody, the oldest first.</summary>
    public IReadOnlyList<ReceivedMail> To(string name) =>
        [.. All().Where(m => m.To.StartsWith($"{name}@", StringComparison.OrdinalIgnoreCase))];

    private static ReceivedMail Read(string file)
    {
        using var message = MimeMessage.Load(file);
        var (text, html) = (message.TextBody ?? "", message.HtmlBody ?? "");
        var link = Address().Match(text);
        return new ReceivedMail(
            file,
            message.To.Mailboxes.Single().Address,
            message.Subject ?? "",
            text,
            html,
            link.Success ? new Uri(link.Value) : null
        );
    }

    [GeneratedRegex(@"https?://\S+/api/v1/approvals/\S+")]
    private static partial Regex Address();
}
