using System.Security.Cryptography;
using System.Text;

namespace Stockgate.Pages.Style;

/// <summary>
/// How every page looks: light and dark, on paper, on a phone, in system fonts, nothing from elsewhere. Text has a contrast of 4.5 and
/// more, targets are 44 px high (WCAG 2.2: 1.4.3, 1.4.10, 2.4.7, 2.5.8); what colours tell is told by form or words as well.
/// </summary>
public static class PageStyle
{
    /// <summary>The stylesheet, whole.</summary>
    public static readonly string Css = (
        Colours + "\n" + Base + "\n" + ReportStyle.Css + "\n" + ChartStyle.Css + "\n" + FormStyle.Css
    ).ReplaceLineEndings("\n");

    /// <summary>
    /// What a page with a form may do: show itself in this very style, and post its form back. Nothing else, from nowhere else.
    /// </summary>
    public static readonly string FormPolicy =
        $"default-src 'none'; style-src 'sha256-{Convert.ToBase64String(SHA256.HashData(Encoding.UTF8.GetBytes(Css)))}'; form-action 'self'; frame-ancestors 'none'; base-uri 'none'";

    private const string Colours = """
        :root{color-scheme:light dark;--bg:#f7f8fa;--card:#fff;--ink:#1b2430;--soft:#4f5b6a;--line:#dfe4ea;--a:#1463b8;--band:#bcd7f3;--b:#5d6b7c;--up:#18794e;--down:#b3261e;--warn:#8a5a00;--tint:#eaf2fb;--pro:#7a4fc0}
        :root{--link:#0b57a4;--ok:#14683f;--no:#a4231b;--note:#fff3d6;--noteink:#5c3d00;--bad:#fdeae8;--badink:#86160f;--btn:#fff;--edge:#6b7787}
        @media (prefers-color-scheme:dark){:root{--bg:#11161d;--card:#1a212b;--ink:#e8edf3;--soft:#a8b5c4;--line:#303b48;--a:#6cb0f5;--band:#2c4a6b;--b:#b4c0ce;--up:#5fcf96;--down:#ff8a80;--warn:#f0c063;--tint:#1e2d3f;--pro:#b998f0}}
        @media (prefers-color-scheme:dark){:root{--link:#84bdf8;--ok:#1c8250;--no:#c23a30;--note:#3b2e0d;--noteink:#ffdf9a;--bad:#43191a;--badink:#ffb9b2;--edge:#8a97a8}}
        """;

    private const string Base = """
        *{box-sizing:border-box}
        html{scroll-behavior:smooth;-webkit-text-size-adjust:100%;text-size-adjust:100%}
        body{margin:0;background:var(--bg);color:var(--ink);font:1rem/1.5 system-ui,-apple-system,"Segoe UI",Roboto,"DejaVu Sans",sans-serif}
        h1,h2,h3,p,li{overflow-wrap:anywhere}
        a{color:var(--link)}
        :focus-visible,[tabindex="-1"]:focus{outline:3px solid var(--link);outline-offset:2px}
        table{border-collapse:collapse;width:100%;font-variant-numeric:tabular-nums}
        .up{color:var(--up)}.down{color:var(--down)}.warn{color:var(--warn)}.soft,.meta,.note{color:var(--soft)}
        """;
}
