namespace Stockgate.Pages.Charts;

/// <summary>A curve over a scale, with limits across it and points on it.</summary>
internal sealed record CurveChart(string Id, string Title, string Description)
{
    private const int Width = 560,
        Height = 200,
        Left = 60,
        Right = 12,
        Top = 14,
        Floor = 160;

    public required IReadOnlyList<(double X, double Y)> Curve { get; init; }

    public IReadOnlyList<(double X, string Name)> Limits { get; init; } = [];

    public IReadOnlyList<(double X, double Y, string Style, string Name)> Points { get; init; } = [];

    public required Func<double, string> ShownX { get; init; }

    public required Func<double, string> ShownY { get; init; }

    public string Draw()
    {
        var all = Curve
            .Concat(Points.Select(static p => (p.X, p.Y)))
            .Where(static p => double.IsFinite(p.X) && double.IsFinite(p.Y))
            .ToList();
        var xs = all.Select(static p => p.X).Concat(Limits.Select(static l => l.X)).ToList();
        var ((minX, maxX), (minY, maxY)) = (Range(xs), Range([.. all.Select(static p => p.Y)]));
        double X(double value) => Left + 10 + (Width - Left - Right - 20) * (value - minX) / (maxX - minX);
        double Y(double value) => Floor - 8 - (Floor - Top - 16) * (value - minY) / (maxY - minY);
        var svg = new Svg(Width, Height);
        foreach (var mark in new[] { minY, (minY + maxY) / 2, maxY })
            svg.Axis(Left, Width - Right, Y(mark), ShownY(mark));
        foreach (var (x, name) in Limits)
            svg.Line(X(x), Top, X(x), Floor, "lim", name);
        svg.Polyline("mean", Curve.Where(static p => double.IsFinite(p.Y)).Select(p => (X(p.X), Y(p.Y))));
        foreach (var (x, y, style, name) in Points)
            svg.Circle(X(x), Y(y), 6, style, name);
        return svg.Text(Left, Height - 14, ShownX(minX))
            .Text(Width - Right, Height - 14, ShownX(maxX), "end")
            .Titled(Id, Title, Description);
    }

    private static (double Low, double High) Range(List<double> values) =>
        (values.Min(), values.Max()) is var (low, high) && high > low ? (low, high) : (values.Min() - 1, values.Max() + 1);
}
