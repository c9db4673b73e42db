using System.Globalization;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;
using Stockgate.Pages.Charts;
using Stockgate.Pages.Formats;
using Stockgate.Pages.Style;
using static Stockgate.Domain.Forecasting.Reports.TopRisks;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// A forecast as one page for planners that needs nothing else: no script, no font, no picture from elsewhere. It shows what needs
/// somebody first, then at most <see cref="MostCharts"/> series, so that a report of ten thousand is as light as one of fifty; the files
/// beside it have all of them. Every value is encoded, whatever a merchandiser or supplier wrote.
/// </summary>
public static class ForecastPage
{
    /// <summary>Series that are drawn.</summary>
    public const int MostCharts = 40;

    private const int MostRisks = 12,
        MostRecommendations = 25,
        MostCategories = 60,
        MostTableDays = 28,
        MostRemarks = 20,
        MostFeatures = 12,
        MostEvents = 12;

    private const string NoticePlace = "<!--notice-->";

    public static void Write(TextWriter to, ReportModel model)
    {
        var risks = TopRisks.Of(model);
        var shown = Shown(model, risks);
        to.Write(
            $"""
            <!doctype html>
            <html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
            <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'unsafe-inline'"><meta name="referrer" content="no-referrer">
            <title>Demand forecast of {Dates.Day(model.Day)}</title><style>{PageStyle.Css}</style></head><body class="report"><main>
            <header><h1>Demand forecast of {Dates.Day(model.Day)}</h1><p class="meta">{Dates.Day(model.Day)} to {Dates.Day(
                model.Day.AddDays(model.History.Horizon - 1)
            )} · {Quantities.Of(model.History.Series.Count, "item and location", "items and locations")} · made {Dates.Moment(model.MadeAt)} · {Text(
                model.Run
            )}</p>
            <nav aria-label="On this page"><a href="#first">Look here first</a><a href="#items">Items</a><a href="#categories">Categories</a><a href="#quality">How good it is</a><a href="#files">Files</a></nav></header>
            {NoticePlace}

            """.ReplaceLineEndings(
                "\n"
            )
        );
        Lead(to, model, risks);
        First(to, model, risks, shown);
        ForecastPageTables.Recommendations(to, model, MostRecommendations);
        Items(to, model, risks, shown);
        ForecastPageTables.Categories(to, model, MostCategories);
        ForecastPageTables.Quality(to, model);
        ForecastPageTables.Features(to, model, MostFeatures);
        ForecastPageTables.Made(to, model, MostRemarks);
        to.Write("</main></body></html>\n");
    }

    /// <summary>The page with a notice at its top, such as that it is not of today.</summary>
    public static string WithNotice(string page, string words) =>
        page.IndexOf(NoticePlace, StringComparison.Ordinal) is var at and >= 0
            ? string.Concat(
                page.AsSpan(0, at),
                $"<section class=\"notice\" role=\"status\"><p>{Text(words)}</p></section>",
                page.AsSpan(at + NoticePlace.Length)
            )
            : page;

    // Those at risk first, then those that bring most.
    private static List<int> Shown(ReportModel model, IReadOnlyList<Risk> risks) =>
        [
            .. risks
                .Take(MostCharts / 2)
                .Select(static r => r.Series)
                .Concat(
                    Enumerable
                        .Range(0, model.History.Series.Count)
                        .OrderByDescending(i => model.Revenue(i, model.History.Horizon))
                        .ThenByDescending(i => model.Expected(i, model.History.Horizon))
                        .Take(MostCharts)
                )
                .Distinct()
                .Take(MostCharts),
        ];

    private static void Lead(TextWriter to, ReportModel model, IReadOnlyList<Risk> risks)
    {
        var (series, week, horizon) = (
            Enumerable.Range(0, model.History.Series.Count).ToList(),
            Math.Min(7, model.History.Horizon),
            model.History.Horizon
        );
        var expected = series.Sum(i => model.Expected(i, week));
        var (sold, known) = (
            series.Sum(i => model.Sold(i, 28) is { Days: > 0 } lately ? lately.Units / lately.Days * week : 0),
            series.Count(i => model.Sold(i, 28).Days > 0)
        );
        var change = sold > 0 ? expected / sold - 1 : double.NaN;
        to.Write("<section class=\"lead\" aria-label=\"In short\">");
        to.Write(
            $"<p>{Text($"In the next {(week == 1 ? "day" : $"{week} days")} customers are expected to take {Quantities.Units(expected)} units{(double.IsFinite(change) && known > 0 ? $", {Change(change)} the pace of the last 28 days" : "")}.")}</p>"
        );
        to.Write(
            $"<p>{Text(risks.Count == 0 ? "Nothing that was counted runs out within two weeks, and nothing changes its pace." : $"{Quantities.Of(risks.Count, "item needs", "items need")} a look: {string.Join(", ", risks.GroupBy(static r => r.Kind).OrderBy(static g => g.Key).Select(static g => $"{Figures.Number(g.Count())} {Many(g.Key)}"))}.")}</p>"
        );
        var champion = Champion(model);
        var simple = champion is null
            ? null
            : model
                .Result.Backtest.Where(s => s.Segment == champion.Segment && s.Method != champion.Method && double.IsFinite(s.Wape))
                .MinBy(static s => s.Wape);
        if (champion is not null)
            to.Write(
                $"<p>{Text($"Tested on the last days of the history, {champion.Method} was off by {Shares.Percent(champion.Wape)} of the units{(simple is null ? "" : $"; the next best, {simple.Method}, by {Shares.Percent(simple.Wape)}")}.")}</p>"
            );
        to.Write("</section>\n<section class=\"kpis\" aria-label=\"Figures\">");
        Kpi(Quantities.Units(expected), week == 7 ? "units in the next 7 days" : "units in the first days");
        Kpi(Quantities.Units(series.Sum(i => model.Expected(i, horizon))), $"units in {Quantities.Of(horizon, "day")}");
        if (
            series
                .Where(i => model.Facts[i].Currency is not null)
                .GroupBy(i => model.Facts[i].Currency!.Value)
                .Select(g => (g.Key, Money: g.Sum(i => model.Revenue(i, horizon))))
                .OrderByDescending(static g => g.Money)
                .FirstOrDefault() is
            { Money: > 0 } money
        )
            Kpi(Amounts.Compact(money.Money), $"{money.Key.Code} expected revenue in {Quantities.Of(horizon, "day")}, at planned prices");
        if (champion is not null)
            Kpi(Shares.Percent(champion.Wape), "error in the test, of the units sold");
        if (Covered(model) is { } covered)
            Kpi(Shares.Percent(covered), "of tested days inside the band; 80 % or more is right");
        Kpi(Figures.Number(risks.Count), "to look at first", risks.Count > 0 ? "warn" : "up");
        to.Write("</section>\n");

        void Kpi(string value, string label, string style = "") =>
            to.Write($"<div class=\"kpi\"><b class=\"{style}\">{Text(value)}</b><span>{Text(label)}</span></div>");
    }

    private static void First(TextWriter to, ReportModel model, IReadOnlyList<Risk> risks, List<int> shown)
    {
        to.Write("<section id=\"first\"><h2>Look here first</h2>");
        if (risks.Count == 0)
            to.Write(
                "<p class=\"note\">Nothing that was counted runs out within two weeks, and nothing sells far more or less than of late.</p>"
            );
        else
        {
            to.Write(
                "<p class=\"note\">What is at stake by the end of the forecast, the most first. Only stock that somebody has counted is judged.</p><ol class=\"risks\">"
            );
            foreach (var risk in risks.Take(MostRisks))
            {
                var name = Name(model, risk.Series);
                var link = shown.Contains(risk.Series) ? $"<a href=\"#s{risk.Series}\">{Text(name)}</a>" : $"<b>{Text(name)}</b>";
                to.Write(
                    $"<li><span class=\"tag {Style(risk.Kind)}\">{Kind(risk.Kind)}</span><div>{link} {Text(risk.Words)}</div><span class=\"stake\">{Text(Stake(model, risk))}</span></li>"
                );
            }
            to.Write("</ol>");
            if (risks.Count > MostRisks)
                to.Write($"<p class=\"note\">{Quantities.Of(risks.Count - MostRisks, "more is", "more are")} less pressing.</p>");
        }
        to.Write("</section>\n");
    }

    private static void Items(TextWriter to, ReportModel model, IReadOnlyList<Risk> risks, List<int> shown)
    {
        var (bySeries, events) = (risks.ToDictionary(static r => r.Series), SeriesChart.Events(model));
        to.Write(
            $"<section id=\"items\"><h2>Items</h2><p class=\"note\">{Text(shown.Count < model.History.Series.Count ? $"{shown.Count} of {model.History.Series.Count}: those at risk, then those that bring most. forecast.csv has all." : "Those at risk first, then those that bring most.")}</p>"
        );
        to.Write(
            """
            <ul class="key"><li><svg viewBox="0 0 22 12" aria-hidden="true"><polyline class="past" points="0,9 8,3 14,8 22,4"/></svg>sold</li><li><svg viewBox="0 0 22 12" aria-hidden="true"><polyline class="mean" points="0,6 22,6"/></svg>expected</li><li><svg viewBox="0 0 22 12" aria-hidden="true"><rect class="band" width="22" height="12"/></svg>8 days in 10 are in here (P10 to P90)</li><li><svg viewBox="0 0 22 12" aria-hidden="true"><rect class="pro" y="3" width="22" height="6" rx="2"/></svg>offer (upper bar)</li><li><svg viewBox="0 0 22 12" aria-hidden="true"><rect class="out" y="3" width="22" height="6" rx="2"/></svg>stockout (lower bar)</li><li><svg viewBox="0 0 22 12" aria-hidden="true"><circle class="ev" cx="11" cy="6" r="4"/></svg>event</li></ul>
            """.Trim()
        );
        if (events.Count > 0)
            to.Write(
                $"<p class=\"note\">Events: {Text(string.Join(", ", events.Take(MostEvents)))}{(events.Count > MostEvents ? $" and {events.Count - MostEvents} more" : "")}.</p>"
            );
        to.Write("<div class=\"items\">");
        foreach (var i in shown)
        {
            to.Write($"<article class=\"item\" id=\"s{i}\"><h3>{Text(Name(model, i))}</h3><p class=\"meta\">{Text(Under(model, i))}</p>");
            to.Write(SeriesChart.Of(model, i, $"c{i}", Name(model, i)));
            if (bySeries.TryGetValue(i, out var risk))
                to.Write($"<p><b class=\"{Style(risk.Kind)}\">{Kind(risk.Kind)}:</b> it {Text(risk.Words)}</p>");
            if (Effects(model, i) is { Length: > 0 } effects)
                to.Write($"<p class=\"note\">{Text(effects)}</p>");
            ForecastPageTables.Days(to, model, i, MostTableDays);
            to.Write("</article>\n");
        }
        to.Write("</div></section>\n");
    }

    private static string Under(ReportModel model, int i)
    {
        var (f, facts, (sold, days)) = (model.Result.Forecasts[i], model.Facts[i], model.Sold(i, 28));
        return $"{Quantities.Units(model.Expected(i, f.Horizon))} expected in {Quantities.Of(f.Horizon, "day")}{(days > 0 ? $" · {Quantities.Units(sold)} sold in the last {days}" : "")}"
            + (
                facts.Stock is { Counted: { } counted } stock
                    ? $" · {Quantities.Units((double)stock.Available)} available, counted {Dates.Near(counted)}"
                    : " · stock never counted"
            )
            + $" · {model.Result.Segments[i]}, {model.MethodOf(i)}";
    }

    private static string Effects(ReportModel model, int i)
    {
        var effects = i < model.Result.Effects.Count ? model.Result.Effects[i] : [];
        var (raised, lowered) = (
            effects.Where(static e => e.Units >= 0.05).Take(3).ToList(),
            effects.Where(static e => e.Units <= -0.05).Take(3).ToList()
        );
        return string.Join(" ", new[] { Words("Raised by", raised), Words("Lowered by", lowered) }.Where(static w => w.Length > 0));

        static string Words(string how, List<FeatureEffect> which) =>
            which.Count == 0
                ? ""
                : $"{how} {string.Join(", ", which.Select(static e => $"{e.Feature} ({e.Units.ToString("+0.#;-0.#", CultureInfo.InvariantCulture)} a day)"))}.";
    }

    internal static BacktestScore? Champion(ReportModel model) =>
        model.Result.Backtest.Where(static s => s.Segment == "all" && double.IsFinite(s.Wape)) is var all
            ? all.FirstOrDefault(s => model.Result.Choices.Any(c => c.Champion == s.Method)) ?? all.MinBy(static s => s.Wape)
            : null;

    private static double? Covered(ReportModel model) =>
        model.Result.Quantiles.FirstOrDefault(static q => q.Level == 0.1) is { } low
        && model.Result.Quantiles.FirstOrDefault(static q => q.Level == 0.9) is { } high
        && double.IsFinite(high.AtMost - low.Below)
            ? high.AtMost - low.Below
            : null;

    internal static string Name(ReportModel model, int i) =>
        model.Facts[i].Title is { Length: > 0 } title
            ? $"{title} ({model.History.Series[i].Key.Sku}) at {model.History.Series[i].Key.Location}"
            : model.History.Series[i].Key.ToString();

    private static string Stake(ReportModel model, Risk risk) =>
        risk.Money > 0 && model.Facts[risk.Series].Currency is { } currency
            ? $"{Amounts.Compact(risk.Money)} {currency.Code}"
            : Quantities.Of((decimal)Math.Round(risk.Units, risk.Units < 9.95 ? 1 : 0), "unit");

    private static string Kind(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "Sold out",
            RiskKind.RunsOut => "Runs out",
            RiskKind.Surge => "Surge",
            _ => "Drop",
        };

    private static string Many(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "sold out",
            RiskKind.RunsOut => "running out",
            RiskKind.Surge => "expected to sell far more than of late",
            _ => "far less",
        };

    private static string Style(RiskKind kind) =>
        kind switch
        {
            RiskKind.SoldOut => "down",
            RiskKind.RunsOut => "warn",
            RiskKind.Surge => "up",
            _ => "meta",
        };

    internal static string Change(double change) =>
        Math.Abs(change) < 0.02 ? "about" : $"{Shares.Percent(Math.Abs(change))} {(change > 0 ? "above" : "below")}";

    internal static string Text(string text) => Encoded.Text(text);
}
