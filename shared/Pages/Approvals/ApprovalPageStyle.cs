using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Pages.Approvals;

/// <summary>
/// How approval pages look: on a phone first, light and dark, in system fonts, nothing from elsewhere. Text has a contrast of 4.5 and
/// more, targets are 44 px high (WCAG 2.2: 1.4.3, 1.4.10, 2.4.7, 2.5.8).
/// </summary>
public static class ApprovalPageStyle
{
    public const string Css = """
        :root{color-scheme:light dark;--bg:#f4f5f7;--card:#fff;--ink:#17202b;--soft:#4d5968;--line:#d5dbe3;--link:#0b57a4;--ok:#14683f;--no:#a4231b;--tint:#e9f1fb;--warn:#fff3d6;--warnink:#5c3d00;--bad:#fdeae8;--badink:#86160f;--btn:#fff;--edge:#6b7787}
        @media (prefers-color-scheme:dark){:root{--bg:#10151b;--card:#18202a;--ink:#e9eef4;--soft:#b0bcca;--line:#33404f;--link:#84bdf8;--ok:#1c8250;--no:#c23a30;--tint:#1b2b3f;--warn:#3b2e0d;--warnink:#ffdf9a;--bad:#43191a;--badink:#ffb9b2;--edge:#8a97a8}}
        *{box-sizing:border-box}
        html{-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--ink);font:1.0625rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif;overflow-wrap:anywhere}
        header,main,footer{max-width:44rem;margin:0 auto;padding:0 16px}
        header{display:flex;flex-wrap:wrap;justify-content:space-between;gap:0 16px;padding-top:14px;color:var(--soft);font-size:.9375rem}
        header p{margin:0}header b{color:var(--ink)}
        h1{font-size:1.5rem;line-height:1.25;margin:12px 0 8px}
        h2{font-size:1.0625rem;margin:0 0 6px}
        p{margin:0 0 10px}ul,ol{margin:0;padding-left:1.3em}li{margin:0 0 4px}
        a{color:var(--link)}
        .card,fieldset{background:var(--card);border:1px solid var(--line);border-radius:10px;padding:14px 16px;margin:14px 0 0}
        .card>:last-child{margin-bottom:0}
        .by{font-size:1.0625rem}.soft{color:var(--soft)}
        .go{display:inline-block;padding:10px 0;min-height:44px}
        table{border-collapse:collapse;width:100%}
        th,td{padding:7px 0;border-bottom:1px solid var(--line);vertical-align:top;text-align:left;font-weight:400}
        th{color:var(--soft);padding-right:14px;width:46%}
        td{font-weight:600;font-variant-numeric:tabular-nums}
        tr:last-child th,tr:last-child td{border-bottom:0}
        .advice{background:var(--tint)}
        .note{background:var(--warn);color:var(--warnink);border-color:currentColor}
        .mistake{background:var(--bad);color:var(--badink);border:2px solid currentColor}
        .mistake a{color:inherit;display:inline-block;padding:8px 0}
        .sent{border:2px solid var(--ok);border-radius:8px;padding:8px 12px}
        form{scroll-margin-top:8px}
        fieldset{margin-top:16px;min-width:0}
        legend{float:left;width:100%;padding:0;font-size:1.25rem;font-weight:700;margin-bottom:10px}
        legend+*{clear:both}
        label{display:block;font-weight:600;margin-bottom:4px}
        .hint{color:var(--soft);font-size:.9375rem;margin-bottom:6px}
        .wrong{color:var(--badink);font-weight:600;margin-bottom:6px}
        textarea,input,select{width:100%;font:inherit;color:var(--ink);background:var(--bg);border:1px solid var(--edge);border-radius:8px;padding:10px 12px;min-height:48px}
        textarea{min-height:6.2rem;resize:vertical}
        input.code{max-width:12rem;font-size:1.25rem;letter-spacing:.16em;font-variant-numeric:tabular-nums}
        [aria-invalid=true]{border:2px solid var(--badink)}
        .ask{margin:0 0 18px}
        button{font:inherit;font-weight:700;min-height:48px;padding:10px 18px;border-radius:8px;border:2px solid transparent;cursor:pointer;width:100%;margin:0}
        .pair{display:grid;gap:10px}
        .yes{background:var(--ok);color:var(--btn)}.no{background:var(--no);color:var(--btn)}
        .plain{background:transparent;color:var(--link);border-color:currentColor}
        .other{border-top:1px solid var(--line);margin-top:18px;padding-top:14px}
        :focus-visible,[tabindex="-1"]:focus{outline:3px solid var(--link);outline-offset:2px}
        footer{color:var(--soft);font-size:.9375rem;padding:18px 16px 40px}
        .sr{position:absolute;width:1px;height:1px;overflow:hidden;clip-path:inset(50%);white-space:nowrap}
        @media (min-width:40rem){.pair{grid-template-columns:1fr 1fr}.plain{width:auto}h1{font-size:1.75rem}.card,fieldset{padding:18px 22px}}
        @media (forced-colors:active){button{border-color:ButtonText}}
        @media print{form,.go{display:none}}
        """;

    /// <summary>What the page may do: show itself in this very style, and post its form back. Nothing else, from nowhere else.</summary>
    public static readonly string Policy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";
}
