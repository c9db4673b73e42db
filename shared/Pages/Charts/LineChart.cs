namespace Stockgate.Pages.Charts;

/// <summary>Values one after the other, drawn through, with another row of them broken beside it.</summary>
internal sealed record LineChart(string Id, string Title, string Description)
{
    private const int Width = 480,
        Height = 200,
        Left = 64,
        Bottom = 26,
        Top = 12;

    /// <summary>Drawn through.</summary>
    public required IReadOnlyList<decimal> Solid { get; init; }

    /// <summary>Drawn broken beside it; as many values, or none.</summary>
    public IReadOnlyList<decimal> Dashed { get; init; } = [];

    /// <summary>What stands under the first value.</summary>
    public required string First { get; init; }

    /// <summary>What stands under the last one.</summary>
    public required string Last { get; init; }

    public required Func<decimal, string> Number { get; init; }

    /// <summary>The highest value of the axis; null for the highest there is.</summary>
    public decimal? Highest { get; init; }

    public string Draw()
    {
        var all = Solid.Concat(Dashed).Append(0).ToList();
        var (low, high) = (Math.Min(0, all.Min()), Highest ?? Math.Max(1, all.Max()));
        var svg = new Svg(Width, Height);
        foreach (var mark in new[] { low, (low + high) / 2, high })
            svg.Axis(Left, Width, Y(mark), Number(mark));
        svg.Text(Left, Height - 6, First);
        if (Solid.Count > 1)
            svg.Text(Width, Height - 6, Last, "end");
        Line(Dashed, "usual", "fb");
        Line(Solid, "mean", "fa");
        return svg.Titled(Id, Title, Description);

        void Line(IReadOnlyList<decimal> values, string style, string dot)
        {
            if (values.Count == 1)
                svg.Circle((Left + Width) / 2.0, Y(values[0]), 4, dot);
            else if (values.Count > 1)
                svg.Polyline(style, values.Select((v, i) => (Left + (Width - Left - 4.0) * i / (values.Count - 1), Y(v))));
        }

        double Y(decimal value) => Top + (Height - Top - Bottom) * (1 - (double)((value - low) / (high - low == 0 ? 1 : high - low)));
    }
}
