namespace Stockgate.Pages.Charts;

/// <summary>A bar from one value to another.</summary>
internal readonly record struct Bar(decimal From, decimal To, string Style);

/// <summary>A line of a bar chart: its name, its bars one below the other, and what they amount to in words.</summary>
internal sealed record BarRow(string Label, string Value, params Bar[] Bars);

/// <summary>Bars that lie. Names stand above their bars, so that a long one meets nothing but its own line's end.</summary>
internal static class BarChart
{
    private const int Width = 480,
        LabelCharacters = 24,
        Line = 24,
        Thick = 11,
        Gap = 12;

    public static string Of(string id, string title, string description, IReadOnlyList<BarRow> rows)
    {
        var ends = rows.SelectMany(static r => r.Bars).SelectMany(static b => new[] { b.From, b.To }).Append(0).ToList();
        var (low, high) = (ends.Min(), ends.Max());
        var span = high - low == 0 ? 1 : high - low;
        var tall = rows.Sum(static r => Line + r.Bars.Length * (Thick + 2) + Gap);
        var (svg, y) = (new Svg(Width, Math.Max(20, tall - Gap + 4)), 0);
        foreach (var row in rows)
        {
            svg.Text(0, y + 18, Short(row.Label), style: "n").Text(Width, y + 18, row.Value, "end");
            y += Line;
            foreach (var bar in row.Bars)
            {
                var (from, to) = (X(Math.Min(bar.From, bar.To)), X(Math.Max(bar.From, bar.To)));
                // Nothing is drawn as a hair, so that it is seen to be nothing and not to be missing.
                svg.Rect(from, y, Math.Max(1, to - from), Thick, bar.Style, round: 2);
                y += Thick + 2;
            }
            y += Gap;
        }
        if (low < 0)
            svg.Line(X(0), 0, X(0), y, "ax");
        return svg.Titled(id, title, description);

        double X(decimal value) => (double)((value - low) / span) * (Width - 2);
    }

    /// <summary>A bar of its own beside a figure in a table.</summary>
    public static string Beside(double value, double widest) =>
        !double.IsFinite(value) || widest <= 0
            ? ""
            : new Svg(80, 8).Rect(0, 0, Math.Clamp(value / widest, 0, 1) * 80, 8, "fa", round: 2).Hidden("bar", stretched: true);

    /// <summary>Short enough for its line; the table beside has the whole of it.</summary>
    private static string Short(string label) => label.Length <= LabelCharacters ? label : label[..(LabelCharacters - 1)] + "…";
}
