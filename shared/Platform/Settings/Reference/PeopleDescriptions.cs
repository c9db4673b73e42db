using Stockgate.Platform.Mail;
using Stockgate.Platform.Operations;

namespace Stockgate.Platform.Settings.Reference;

/// <summary>People, roles and mail.</summary>
internal static class PeopleDescriptions
{
    private static readonly MailSettings Usual = MailSettings.Read(
        SettingsExamples.Of(("Mail:PickupFolder", "/tmp/mail"), ("Mail:From", "stockgate@retailer.example"))
    );

    public static SettingGroup People { get; } =
        new(
            "People",
            "Who is asked by mail. What a caller of the API may do is said by its key (Access), not here.",
            [
                new("People__NAME__Roles", "roles", "", "what they are asked to decide, by a link in a mail", "merchandiser,finance"),
                new(
                    "People__NAME__Email",
                    "mail address",
                    "",
                    "where mail reaches them; without it they are never asked",
                    "mia@retailer.example"
                ),
            ]
        );

    public static SettingGroup Mail { get; } =
        new(
            "Mail and links",
            "Without any `Mail__` setting the app runs, and asks nobody by mail. Set `Mail__Host` or `Mail__PickupFolder`, not both.",
            [
                new(
                    "PublicUrl",
                    "https address",
                    "",
                    "the app's address that mailed links lead to; http on one machine only; without it nobody is asked",
                    "https://stock.example.com"
                ),
                new("Mail__From", "mail address", "", "who mail is from; required with the others", "stockgate@retailer.example"),
                new("Mail__FromName", "text", Usual.FromName, "the name beside it", "Stockgate"),
                new(
                    "Mail__Host",
                    "host name",
                    "",
                    "an SMTP server (`smtp.azurecomm.net` for Azure Communication Services); STARTTLS is required except to this machine",
                    ""
                ),
                new("Mail__Port", "1 to 65535", SettingDescription.Text(Usual.Port), "the server's port", "587"),
                new("Mail__ImplicitTls", "true, false", "true for port 465", "encrypted from the first byte, not by STARTTLS", "true"),
                new("Mail__User", "text", "", "with `Mail__Password`, where the server asks for them", "gate"),
                new("Mail__Password", "text", "", "see `Mail__User`", "hush"),
                new(
                    "Mail__Timeout",
                    "up to 5 minutes",
                    SettingDescription.Text(Usual.Timeout),
                    "for one mail, from the connection to the server's answer",
                    "00:00:20"
                ),
                new("Mail__PickupFolder", "folder", "", "instead of a server: mails are written there as `.eml` files", "/tmp/mail"),
                new(
                    "Approvals__ClientAddressHeader",
                    "name of a header",
                    "",
                    "`X-Forwarded-For` on Azure or behind a proxy: only the address that guesses links is slowed down",
                    "X-Forwarded-For"
                ),
            ]
        );
}
