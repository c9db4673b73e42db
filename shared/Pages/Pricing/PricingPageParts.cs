using System.Net;
using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Deciding;
using Stockgate.Pages.Forecasting;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Pricing;

/// <summary>What the pages about prices have in common: the frame of the forecast's page, and pictures without a script.</summary>
internal static class PricingPageParts
{
    private const string Css =
        ".col{fill:var(--a)}.neg{fill:var(--pro)}.lim{stroke:var(--warn);stroke-width:1.5;stroke-dasharray:5 4}.at{fill:var(--a)}.from{fill:var(--b)}td.c{text-align:left;white-space:normal;overflow-wrap:anywhere}";

    private const int Width = 560,
        Height = 200,
        Left = 60,
        Right = 12,
        Top = 14,
        Floor = 160;

    public static void Begin(TextWriter to, string title, string meta, params (string Id, string Name)[] parts)
    {
        to.Write(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">
            <title>{Text(title)}</title><style>{ForecastPageStyle.Css}{Css}</style></head><body><main>
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

    /// <summary>Columns by name, up from the line of nothing or down.</summary>
    public static void Columns(
        TextWriter to,
        string id,
        string title,
        string description,
        IReadOnlyList<(string Name, double Value)> columns,
        Func<double, string> shown
    )
    {
        var (most, least) = (Math.Max(0, columns.Max(static c => c.Value)), Math.Min(0, columns.Min(static c => c.Value)));
        if (most - least <= 0)
            most = 1;
        double Y(double value) => Floor - (Floor - Top) * (value - least) / (most - least);
        var width = (double)(Width - Left - Right) / columns.Count;
        var svg = Svg(id, title, description);
        foreach (var mark in new[] { least, 0, most }.Distinct())
            Axis(svg, Y(mark), shown(mark));
        for (var i = 0; i < columns.Count; i++)
        {
            var (x, value) = (Left + i * width, columns[i].Value);
            svg.Append(
                Figures.Culture,
                $"<rect x=\"{x + width * 0.1:0.#}\" y=\"{Math.Min(Y(0), Y(value)):0.#}\" width=\"{width * 0.8:0.#}\" height=\"{Math.Abs(Y(value) - Y(0)):0.#}\" class=\"{(value < 0 ? "neg" : "col")}\"><title>{Text(columns[i].Name)}: {Text(shown(value))}</title></rect>"
            );
            // Names that would run into each other are left to the rows of the table.
            if (columns.Count <= 6 || i % ((columns.Count + 5) / 6) == 0)
                svg.Append(
                    Figures.Culture,
                    $"<text x=\"{x + width / 2:0.#}\" y=\"{Height - 14}\" text-anchor=\"middle\">{Text(Short(columns[i].Name, columns.Count))}</text>"
                );
        }
        to.Write(svg.Append("</svg>").ToString());
    }

    /// <summary>A line by price, with limits across it and points on it.</summary>
    public static void Line(
        TextWriter to,
        string id,
        string title,
        string description,
        IReadOnlyList<(double X, double Y)> line,
        IReadOnlyList<(double X, string Name)> limits,
        IReadOnlyList<(double X, double Y, string Style, string Name)> points,
        Func<double, string> shownX,
        Func<double, string> shownY
    )
    {
        var (all, xs) = (
            line.Concat(points.Select(static p => (p.X, p.Y))).Where(static p => double.IsFinite(p.X) && double.IsFinite(p.Y)).ToList(),
            limits.Select(static l => l.X)
        );
        var (minX, maxX, minY, maxY) = (
            all.Select(static p => p.X).Concat(xs).Min(),
            all.Select(static p => p.X).Concat(xs).Max(),
            all.Min(static p => p.Y),
            all.Max(static p => p.Y)
        );
        if (maxX <= minX)
            (minX, maxX) = (minX - 1, maxX + 1);
        if (maxY <= minY)
            (minY, maxY) = (minY - 1, maxY + 1);
        double X(double value) => Left + 10 + (Width - Left - Right - 20) * (value - minX) / (maxX - minX);
        double Y(double value) => Floor - 8 - (Floor - Top - 16) * (value - minY) / (maxY - minY);
        var svg = Svg(id, title, description);
        foreach (var mark in new[] { minY, (minY + maxY) / 2, maxY })
            Axis(svg, Y(mark), shownY(mark));
        foreach (var (x, name) in limits)
            svg.Append(
                Figures.Culture,
                $"<line x1=\"{X(x):0.#}\" y1=\"{Top}\" x2=\"{X(x):0.#}\" y2=\"{Floor}\" class=\"lim\"><title>{Text(name)}</title></line>"
            );
        svg.Append("<polyline class=\"mean\" points=\"")
            .AppendJoin(
                ' ',
                line.Where(static p => double.IsFinite(p.Y)).Select(p => string.Create(Figures.Culture, $"{X(p.X):0.#},{Y(p.Y):0.#}"))
            )
            .Append("\"/>");
        foreach (var (x, y, style, name) in points)
            svg.Append(
                Figures.Culture,
                $"<circle cx=\"{X(x):0.#}\" cy=\"{Y(y):0.#}\" r=\"6\" class=\"{style}\"><title>{Text(name)}</title></circle>"
            );
        svg.Append(
            Figures.Culture,
            $"<text x=\"{Left}\" y=\"{Height - 14}\">{Text(shownX(minX))}</text><text x=\"{Width - Right}\" y=\"{Height - 14}\" text-anchor=\"end\">{Text(shownX(maxX))}</text>"
        );
        to.Write(svg.Append("</svg>").ToString());
    }

    public static string Text(string? text) => WebUtility.HtmlEncode(text ?? string.Empty);

    private static StringBuilder Svg(string id, string title, string description) =>
        new StringBuilder().Append(
            Figures.Culture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{Text(title)}</title><desc id=\"{id}-d\">{Text(description)}</desc>"
        );

    private static void Axis(StringBuilder svg, double y, string name) =>
        svg.Append(
            Figures.Culture,
            $"<line x1=\"{Left}\" y1=\"{y:0.#}\" x2=\"{Width - Right}\" y2=\"{y:0.#}\" class=\"ax\"/><text x=\"{Left - 6}\" y=\"{y + 4:0.#}\" text-anchor=\"end\">{Text(name)}</text>"
        );

    private static string Short(string name, int columns) =>
        name.Length <= (columns <= 3 ? 20 : 11) ? name : name[..(columns <= 3 ? 19 : 10)] + "…";
}
