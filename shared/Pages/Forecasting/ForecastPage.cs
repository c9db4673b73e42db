using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Style;

namespace Stockgate.Pages.Forecasting;

/// <summary>
/// A forecast as one page for planners that needs nothing else: no script, no font, no picture from elsewhere. It shows what needs
/// somebody first, then at most <see cref="MostCharts"/> series, so that a report of ten thousand is as light as one of fifty; the files
/// beside it have all of them.
/// </summary>
public static class ForecastPage
{
    /// <summary>Series that are drawn.</summary>
    public const int MostCharts = 40;

    internal const string NoticePlace = "<!--notice-->";

    /// <summary>Writes the page of a finished forecast.</summary>
    public static void Write(TextWriter to, ReportModel model) =>
        to.Write(PageRenderer.Render<ForecastReport>(new() { [nameof(ForecastReport.Model)] = model }));

    /// <summary>The page with a notice at its top, such as that it is not of today.</summary>
    public static string WithNotice(string page, string words) =>
        page.IndexOf(NoticePlace, StringComparison.Ordinal) is var at and >= 0
            ? string.Concat(
                page.AsSpan(0, at),
                $"<section class=\"notice\" role=\"status\"><p>{Encoded.Text(words)}</p></section>",
                page.AsSpan(at + NoticePlace.Length)
            )
            : page;
}
