namespace Stockgate.Pages.Charts;

/// <summary>Columns by name, up from the line of nothing or down.</summary>
internal static class ColumnChart
{
    private const int Width = 560,
        Height = 200,
        Left = 60,
        Right = 12,
        Top = 14,
        Floor = 160;

    public static string Of(
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
        var (svg, width) = (new Svg(Width, Height), (double)(Width - Left - Right) / columns.Count);
        foreach (var mark in new[] { least, 0, most }.Distinct())
            svg.Axis(Left, Width - Right, Y(mark), shown(mark));
        for (var i = 0; i < columns.Count; i++)
        {
            var (x, (name, value)) = (Left + i * width, columns[i]);
            svg.Rect(
                x + width * 0.1,
                Math.Min(Y(0), Y(value)),
                width * 0.8,
                Math.Abs(Y(value) - Y(0)),
                value < 0 ? "pro" : "fa",
                title: $"{name}: {shown(value)}"
            );
            // Names that would run into each other are left to the rows of the table.
            if (columns.Count <= 6 || i % ((columns.Count + 5) / 6) == 0)
                svg.Text(x + width / 2, Height - 14, Short(name, columns.Count), "middle");
        }
        return svg.Titled(id, title, description);
    }

    private static string Short(string name, int columns) =>
        name.Length <= (columns <= 3 ? 20 : 11) ? name : name[..(columns <= 3 ? 19 : 10)] + "…";
}
