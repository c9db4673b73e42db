using Stockgate.Domain;
using Stockgate.Domain.Pricing;
using Stockgate.Pages.Formats;
using Stockgate.Pages.Style;

namespace Stockgate.Pages.Pricing;

/// <summary>What the pages about prices have in common: their frame, figures and tables.</summary>
internal static class PricingPageParts
{
    public static void Begin(TextWriter to, string title, string meta, params (string Id, string Name)[] parts)
    {
        to.Write(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">
            <title>{Text(title)}</title><style>{PageStyle.Css}</style></head><body class="report"><main>
            <header><h1>{Text(title)}</h1><p class="meta">{Text(meta)}</p>

            """.ReplaceLineEndings("\n")
        );
        if (parts.Length > 0)
            to.Write(
                $"<nav aria-label=\"On this page\">{string.Concat(parts.Select(static p => $"<a href=\"#{p.Id}\">{Text(p.Name)}</a>"))}</nav>"
            );
        to.Write("</header>\n");
    }

    public static void End(TextWriter to) => to.Write("</main></body></html>\n");

    public static void Kpi(TextWriter to, string value, string label, string style = "") =>
        to.Write($"<div class=\"kpi\"><b class=\"{style}\">{Text(value)}</b><span>{Text(label)}</span></div>");

    /// <summary>A table that scrolls by itself where it is wider than the screen; the cells are texts.</summary>
    public static void Table(TextWriter to, string caption, string[] heads, IEnumerable<string[]> rows, params int[] words)
    {
        to.Write(
            $"<div class=\"scroll\" tabindex=\"0\"><table><caption>{Text(caption)}</caption><thead><tr>{string.Concat(heads.Select((h, i) => $"<th scope=\"col\"{(words.Contains(i) ? " class=\"l\"" : "")}>{Text(h)}</th>"))}</tr></thead><tbody>"
        );
        foreach (var row in rows)
            to.Write(
                $"<tr>{string.Concat(row.Select((cell, i) => words.Contains(i) ? $"<td class=\"w\">{Text(cell)}</td>" : $"<td>{Text(cell)}</td>"))}</tr>\n"
            );
        to.Write("</tbody></table></div>");
    }

    public static string Text(string? text) => Encoded.Text(text);
}
