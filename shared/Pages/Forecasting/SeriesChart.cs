using System.Globalization;
using System.Net;
using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Formats;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// The history and the forecast of one series as inline SVG: what was sold as a line, the band from P10 to P90, the mean; offers as bars
/// and stockouts as marks on lanes of their own below the figures, events as marks above them. A title and a description say the same in
/// words.
/// </summary>
internal static class SeriesChart
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
        Text = 212;

    public static void Write(TextWriter to, ReportModel model, int series, string id, string name)
    {
        var (history, s, f) = (model.History, model.History.Series[series], model.Result.Forecasts[series]);
        var from = Math.Max(0, history.Days - Past);
        var (days, known) = (history.Days + f.Horizon - from, history.Days - from);
        var most = Math.Max(
            1,
            Math.Max(f.P90.Concat(f.Mean).Max(), Enumerable.Range(from, known).Max(day => float.IsNaN(s.Units[day]) ? 0 : s.Units[day]))
        );
        var top = Round(most);
        var svg = new StringBuilder();
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<svg viewBox=\"0 0 {Width} {Height}\" role=\"img\" aria-labelledby=\"{id}-t {id}-d\"><title id=\"{id}-t\">{Encode(name)}: sold and forecast</title><desc id=\"{id}-d\">{Encode(Describe(model, series, from))}</desc>"
        );
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<rect x=\"{X(known):0.#}\" y=\"{Top - 8}\" width=\"{Width - Right - X(known):0.#}\" height=\"{Floor - Top + 8}\" class=\"fut\"/>"
        );
        foreach (var mark in new[] { 0, top / 2, top })
            svg.Append(
                CultureInfo.InvariantCulture,
                $"<line x1=\"{Left}\" y1=\"{Y(mark):0.#}\" x2=\"{Width - Right}\" y2=\"{Y(mark):0.#}\" class=\"ax\"/><text x=\"{Left - 6}\" y=\"{Y(mark) + 4:0.#}\" text-anchor=\"end\">{Amounts.Compact(mark)}</text>"
            );
        Spans(DayMarks.Promotion, "pro", OfferLane);
        Spans(DayMarks.Stockout, "out", StockLane);
        for (var i = 0; i < days; i++)
            if (history.Calendar[from + i].Events.Count > 0)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<line x1=\"{X(i + 0.5):0.#}\" y1=\"{Top - 8}\" x2=\"{X(i + 0.5):0.#}\" y2=\"{Floor}\" class=\"evl\"/><circle cx=\"{X(i + 0.5):0.#}\" cy=\"{Top - 10}\" r=\"3.5\" class=\"ev\"/>"
                );
        Band();
        Line(known, i => s.Units[from + i], "past", 0);
        Line(f.Horizon, i => f.Mean[i], "mean", known);
        svg.Append(
            CultureInfo.InvariantCulture,
            $"<text x=\"{Left}\" y=\"{Text}\">{Dates.Mark(history.First.AddDays(from))}</text><text x=\"{X(known):0.#}\" y=\"{Text}\" text-anchor=\"middle\" class=\"now\">{Dates.Mark(f.First)}</text><text x=\"{Width - Right}\" y=\"{Text}\" text-anchor=\"end\">{(X(known) > Width - 112 ? "" : Dates.Mark(f.First.AddDays(f.Horizon - 1)))}</text>"
        );
        to.Write(svg.Append("</svg>").ToString());

        double X(double i) => Left + (Width - Left - Right) * i / days;

        double Y(double value) => Floor - (Floor - Top) * value / top;

        void Line(int count, Func<int, float> value, string style, int offset)
        {
            // Broken where nothing is known; one known day between two unknown ones is a dot.
            for (var start = 0; start < count; start++)
            {
                if (float.IsNaN(value(start)))
                    continue;
                var end = start;
                while (end + 1 < count && !float.IsNaN(value(end + 1)))
                    end++;
                if (end == start)
                    svg.Append(
                        CultureInfo.InvariantCulture,
                        $"<circle cx=\"{X(offset + start + 0.5):0.#}\" cy=\"{Y(value(start)):0.#}\" r=\"2\" class=\"dot\"/>"
                    );
                else
                    svg.Append("<polyline class=\"")
                        .Append(style)
                        .Append("\" points=\"")
                        .Append(Points(start, end, i => value(i), offset))
                        .Append("\"/>");
                start = end;
            }
        }

        void Band()
        {
            if (f.Horizon < 2)
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<line x1=\"{X(known + 0.5):0.#}\" y1=\"{Y(f.P90[0]):0.#}\" x2=\"{X(known + 0.5):0.#}\" y2=\"{Y(f.P10[0]):0.#}\" class=\"one\"/>"
                );
            else
                svg.Append("<polygon class=\"band\" points=\"")
                    .Append(Points(0, f.Horizon - 1, i => f.P90[i], known))
                    .Append(' ')
                    .Append(string.Join(' ', Points(0, f.Horizon - 1, i => f.P10[i], known).Split(' ').Reverse()))
                    .Append("\"/>");
        }

        string Points(int start, int end, Func<int, float> value, int offset) =>
            string.Join(
                ' ',
                Enumerable
                    .Range(start, end - start + 1)
                    .Select(i => string.Create(CultureInfo.InvariantCulture, $"{X(offset + i + 0.5):0.#},{Y(value(i)):0.#}"))
            );

        void Spans(DayMarks mark, string style, int y)
        {
            for (var start = 0; start < days; start++)
            {
                if ((s.Marks[from + start] & mark) == 0)
                    continue;
                var end = start;
                while (end + 1 < days && (s.Marks[from + end + 1] & mark) != 0)
                    end++;
                svg.Append(
                    CultureInfo.InvariantCulture,
                    $"<rect x=\"{X(start):0.#}\" y=\"{y}\" width=\"{X(end + 1) - X(start):0.#}\" height=\"6\" rx=\"2\" class=\"{style}\"/>"
                );
                start = end;
            }
        }
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

    private static string Describe(ReportModel model, int series, int from)
    {
        var (s, known) = (model.History.Series[series], Enumerable.Range(from, model.History.Days - from).ToList());
        var (offers, outs) = (
            known.Count(day => (s.Marks[day] & DayMarks.Promotion) != 0),
            known.Count(day => (s.Marks[day] & DayMarks.Stockout) != 0)
        );
        var f = model.Result.Forecasts[series];
        return $"{Quantities.Units(model.Sold(series, Past).Units)} units sold in the last {Quantities.Of(known.Count, "day")}, {offers} of them with an offer and {outs} with a stockout. Expected in the next {Quantities.Of(f.Horizon, "day")}: "
            + $"{Quantities.Units(model.Expected(series, f.Horizon))} units; a day's band is {Quantities.Units(f.P10.Average())} to {Quantities.Units(f.P90.Average())} on average.";
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

    private static string Encode(string text) => WebUtility.HtmlEncode(text);
}
