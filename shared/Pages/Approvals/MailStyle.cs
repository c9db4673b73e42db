namespace Stockgate.Pages.Approvals;

/// <summary>How mails look: a few inline styles on plain elements, which is what mail readers agree on.</summary>
internal static class MailStyle
{
    public const string Body =
        "margin:0;padding:16px;font:16px/1.5 -apple-system,Roboto,Helvetica,Arial,sans-serif;color:#17202b;background:#ffffff;max-width:640px;overflow-wrap:anywhere";
    public const string Button =
        "display:inline-block;background:#0b57a4;color:#ffffff;font-weight:bold;text-decoration:none;padding:14px 22px;border-radius:8px";
    public const string Title = "font-size:22px;line-height:1.25;margin:0 0 8px",
        Heading = "font-size:16px;margin:20px 0 4px",
        Soft = "color:#4d5968;margin:0",
        Foot = "color:#4d5968;font-size:14px;margin:24px 0 0;border-top:1px solid #d5dbe3;padding-top:12px",
        Name =
            "text-align:left;font-weight:normal;color:#4d5968;padding:5px 12px 5px 0;border-bottom:1px solid #d5dbe3;vertical-align:top;width:46%",
        Value = "font-weight:bold;padding:5px 0;border-bottom:1px solid #d5dbe3;vertical-align:top";
}
