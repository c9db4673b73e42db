using System.Globalization;
using System.Net;
using System.Text;

namespace Stockgate.Pages.Settlement;

/// <summary>A bar from one value to another.</summary>
internal readonly record struct Bar(decimal From, decimal To, string Class);

/// <summary>A line of a bar chart: its name, its bars one below the other, and what they amount to in words.</summary>
internal sealed record BarRow(string Label, string Value, params Bar[] Bars);

/// <summary>
/// Inline SVG, each with a title and a description for who can't see it. Names stand above their bars, so that a long one meets nothing
/// but its own line's end.
/// </summary>
internal static class Chart
{
    private const int Width = 480,
        LabelCharacters = 24,
        Line = 24,
        Thick = 11,
        Gap = 12;

    public static string Bars(string id, string title, string description, IReadOnlyList<BarRow> rows)
    {
        var (low, high) = (
            rows.SelectMany(static r => r.Bars).Select(static b => Math.Min(b.From, b.To)).Append(0).Min(),
            rows.SelectMany(static r => r.Bars).Select(static b => Math.Max(b.From, b.To)).Append(0).Max()
        );
        var span = high - low == 0 ? 1 : high - low;
        var (body, y) = (new StringBuilder(), 0);
        foreach (var row in rows)
        {
            body.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"0\" y=\"{y + 18}\">{Text(Short(row.Label))}</text><text x=\"{Width}\" y=\"{y + 18}\" text-anchor=\"end\" class=\"t\">{Text(row.Value)}</text>"
            );
            y += Line;
            foreach (var bar in row.Bars)
            {
                var (from, to) = (X(Math.Min(bar.From, bar.To)), X(Math.Max(bar.From, bar.To)));
                // Nothing is drawn as a hair, so that it is seen to be nothing and not to be missing.
                body.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{from:0.##}\" y=\"{y}\" width=\"{Math.Max(1, to - from):0.##}\" height=\"{Thick}\" rx=\"2\" class=\"{bar.Class}\"/>"
                );
                y += Thick + 2;
            }
            y += Gap;
        }
        if (low < 0)
            body.Append(CultureInfo.InvariantCulture, $"<line x1=\"{X(0):0.##}\" y1=\"0\" x2=\"{X(0):0.##}\" y2=\"{y}\" class=\"ax\"/>");
        return Svg(id, title, description, Math.Max(20, y - Gap + 4), body);

        decimal X(decimal value) => (value - low) / span * (Width - 2);
    }

    /// <param name="solid">Drawn through.</param>
    /// <param name="dashed">Drawn broken beside it; as many values, or none.</param>
    /// <param name="first">What stands under the first value.</param>
    /// <param name="last">What stands under the last one.</param>
    /// <param name="top">The highest value of the axis; null for the highest there is.</param>
    public static string Lines(
        string id,
        string title,
        string description,
        IReadOnlyList<decimal> solid,
        IReadOnlyList<decimal> dashed,
        string first,
        string last,
        Func<decimal, string> number,
        decimal? top = null
    )
    {
        const int Height = 200,
            Left = 56,
            Bottom = 26,
            Top = 12;
        var low = Math.Min(0, solid.Concat(dashed).Append(0).Min());
        var high = top ?? Math.Max(1, solid.Concat(dashed).Append(0).Max());
        var body = new StringBuilder();
        foreach (var mark in new[] { low, (low + high) / 2, high })
            body.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{Y(mark):0.##}\" x2=\"{Width}\" y2=\"{Y(mark):0.##}\" class=\"ax\"/><text x=\"{Left - 6}\" y=\"{Y(mark) + 4:0.##}\" text-anchor=\"end\" class=\"t\">{Text(number(mark))}</text>"
            );
        body.Append(CultureInfo.InvariantCulture, $"<text x=\"{Left}\" y=\"{Height - 6}\" class=\"t\">{Text(first)}</text>");
        if (solid.Count > 1)
            body.Append(
                CultureInfo.InvariantCulture,
                $"<text x=\"{Width}\" y=\"{Height - 6}\" text-anchor=\"end\" class=\"t\">{Text(last)}</text>"
            );
        Draw(dashed, "lb");
        Draw(solid, "la");
        return Svg(id, title, description, Height, body);

        void Draw(IReadOnlyList<decimal> values, string style)
        {
            if (values.Count == 0)
                return;
            if (values.Count == 1)
                body.Append(
                    CultureInfo.InvariantCulture,
                    $"<circle cx=\"{X(0, 1):0.##}\" cy=\"{Y(values[0]):0.##}\" r=\"4\" class=\"{(style == "la" ? "fa" : "fb")}\"/>"
                );
            else
                body.Append(
                    CultureInfo.InvariantCulture,
                    $"<polyline class=\"{style}\" points=\"{string.Join(' ', values.Select((v, i) => string.Create(CultureInfo.InvariantCulture, $"{X(i, values.Count):0.##},{Y(v):0.##}")))}\"/>"
                );
        }

        decimal X(int i, int count) => count == 1 ? (Left + Width) / 2m : Left + (Width - Left - 4m) * i / (count - 1);

        decimal Y(decimal value) => Top + (Height - Top - Bottom) * (1 - (value - low) / (high - low == 0 ? 1 : high - low));
    }

    /// <summary>Short enough for its line; the table beside has the whole of it.</summary>
    private static string Short(string label) => label.Length <= LabelCharacters ? label : label[..(LabelCharacters - 1)] + "…";

    private static string Svg(string id, string title, string description, int height, StringBuilder body) =>
        $"<svg viewBox=\"0 0 {Width} {height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{Text(title)}</title><desc id=\"{id}-d\">{Text(description)}</desc>{body}</svg>";

    private static string Text(string text) => WebUtility.HtmlEncode(text);
}
