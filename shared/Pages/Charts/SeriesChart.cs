using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Charts;

/// <summary>
/// The history and the forecast of one series: what was sold as a line, the band from P10 to P90, the mean; offers as bars and stockouts
/// as marks on lanes of their own below the figures, events as marks above them.
/// </summary>
internal sealed class SeriesChart
{
    /// <summary>Days of history that are drawn.</summary>
    public const int Past = 90;

    private const int Width = 560,
        Height = 220,
        Left = 40,
        Right = 8,
        Top = 20,
        Floor = 172,
        OfferLane = 178,
        StockLane = 187,
        Names = 212;

    private readonly Svg svg = new(Width, Height);
    private readonly SalesHistory history;
    private readonly int series,
        from,
        days,
        known;
    private readonly SeriesForecast forecast;
    private readonly double top;

    private SeriesChart(ReportModel model, int series)
    {
        (history, this.series, forecast) = (model.History, series, model.Result.Forecasts[series]);
        from = Math.Max(0, history.Days - Past);
        (days, known) = (history.Days + forecast.Horizon - from, history.Days - from);
        var sold = Enumerable.Range(from, known).Max(day => float.IsNaN(Units(day)) ? 0 : Units(day));
        top = Round(Math.Max(1, Math.Max(forecast.P90.Concat(forecast.Mean).Max(), sold)));
    }

    public static string Of(ReportModel model, int series, string id, string name)
    {
        var chart = new SeriesChart(model, series);
        chart.Draw();
        return chart.svg.Titled(id, $"{name}: sold and forecast", chart.Describe(model));
    }

    /// <summary>Events within the chart, each with its day; empty where there is none.</summary>
    public static IReadOnlyList<string> Events(ReportModel model) =>
        [
            .. model
                .History.Calendar.Skip(Math.Max(0, model.History.Days - Past))
                .Take(Past + model.History.Horizon)
                .Where(d => d.Date < model.Day.AddDays(model.History.Horizon))
                .SelectMany(static d => d.Events.Select(e => $"{e} {Dates.Mark(d.Date)}")),
        ];

    private void Draw()
    {
        svg.Rect(X(known), Top - 8, Width - Right - X(known), Floor - Top + 8, "fut");
        foreach (var mark in new[] { 0, top / 2, top })
            svg.Axis(Left, Width - Right, Y(mark), Amounts.Compact(mark));
        Spans(DayMarks.Promotion, "pro", OfferLane);
        Spans(DayMarks.Stockout, "out", StockLane);
        for (var i = 0; i < days; i++)
            if (history.Calendar[from + i].Events.Count > 0)
                svg.Line(X(i + 0.5), Top - 8, X(i + 0.5), Floor, "evl").Circle(X(i + 0.5), Top - 10, 3.5, "ev");
        if (forecast.Horizon < 2)
            svg.Line(X(known + 0.5), Y(forecast.P90[0]), X(known + 0.5), Y(forecast.P10[0]), "one");
        else
            svg.Polygon("band", Points(forecast.P90, known).Concat(Points(forecast.P10, known).Reverse()));
        Line([.. Enumerable.Range(from, known).Select(Units)], "past", 0);
        Line(forecast.Mean, "mean", known);
        svg.Text(Left, Names, Dates.Mark(history.First.AddDays(from))).Text(X(known), Names, Dates.Mark(forecast.First), "middle");
        if (X(known) <= Width - 112)
            svg.Text(Width - Right, Names, Dates.Mark(forecast.First.AddDays(forecast.Horizon - 1)), "end");
    }

    // Broken where nothing is known; one known day between two unknown ones is a dot.
    private void Line(IReadOnlyList<float> values, string style, int offset)
    {
        for (var start = 0; start < values.Count; start++)
        {
            if (float.IsNaN(values[start]))
                continue;
            var end = start;
            while (end + 1 < values.Count && !float.IsNaN(values[end + 1]))
                end++;
            if (end == start)
                svg.Circle(X(offset + start + 0.5), Y(values[start]), 2, "dot");
            else
                svg.Polyline(style, Points(values.Skip(start).Take(end - start + 1), offset + start));
            start = end;
        }
    }

    private void Spans(DayMarks mark, string style, int y)
    {
        var marks = history.Series[series].Marks;
        for (var start = 0; start < days; start++)
        {
            if ((marks[from + start] & mark) == 0)
                continue;
            var end = start;
            while (end + 1 < days && (marks[from + end + 1] & mark) != 0)
                end++;
            svg.Rect(X(start), y, X(end + 1) - X(start), 6, style, round: 2);
            start = end;
        }
    }

    private IEnumerable<(double, double)> Points(IEnumerable<float> values, int offset) =>
        values.Select((v, i) => (X(offset + i + 0.5), Y(v)));

    private float Units(int day) => history.Series[series].Units[day];

    private double X(double i) => Left + (Width - Left - Right) * i / days;

    private double Y(double value) => Floor - (Floor - Top) * value / top;

    private string Describe(ReportModel model)
    {
        int Marked(DayMarks mark) => Enumerable.Range(from, known).Count(day => (history.Series[series].Marks[day] & mark) != 0);
        return $"{Quantities.Units(model.Sold(series, Past).Units)} units sold in the last {Quantities.Of(known, "day")}, {Marked(DayMarks.Promotion)} of them with an offer and {Marked(DayMarks.Stockout)} with a stockout. "
            + $"Expected in the next {Quantities.Of(forecast.Horizon, "day")}: {Quantities.Units(model.Expected(series, forecast.Horizon))} units; "
            + $"a day's band is {Quantities.Units(forecast.P10.Average())} to {Quantities.Units(forecast.P90.Average())} on average.";
    }

    // 1, 2 or 5 times a power of ten, and twice that: half of it is a figure too.
    private static double Round(double most)
    {
        var power = Math.Pow(10, Math.Floor(Math.Log10(most)));
        foreach (var step in new[] { 1.0, 1.2, 1.6, 2, 3, 4, 5, 6, 8, 10 })
            if (most <= step * power)
                return Math.Max(2, step * power);
        return most;
    }
}
