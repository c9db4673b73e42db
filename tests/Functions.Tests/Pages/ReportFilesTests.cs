using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Pages.Forecasting;
using Stockgate.TestSupport.Forecasting;

namespace Stockgate.Functions.Tests.Pages;

public class ReportFilesTests
{
    private static string Text(Action<TextWriter> write)
    {
        var text = new StringWriter { NewLine = "\n" };
        write(text);
        return text.ToString();
    }

    [Fact]
    public void The_page_shows_every_name_as_it_is_and_runs_none()
    {
        var page = Text(static to => ForecastPage.Write(to, Reported.Model()));
        Assert.DoesNotContain("<script", page, StringComparison.OrdinalIgnoreCase);
        Assert.Contains(
            "&lt;script&gt;alert(1)&lt;/script&gt; &amp; &quot;Friends&quot; (A&lt;b&gt;&amp;&quot;&#x27;) at store-04",
            page,
            StringComparison.Ordinal
        );
        Assert.DoesNotContain("A<b>", page, StringComparison.Ordinal);
        Assert.DoesNotContain("NaN", page, StringComparison.Ordinal);
        Assert.Contains("default-src 'none'", page, StringComparison.Ordinal);
    }

    [Fact]
    public void A_name_and_what_is_said_of_it_are_two_words() =>
        Assert.Matches("at store-01</a>\\s+runs out", Text(static to => ForecastPage.Write(to, Reported.Model(60))));

    [Fact]
    public void A_page_of_thousands_of_series_and_half_a_year_is_small()
    {
        var page = Text(static to => ForecastPage.Write(to, Reported.Model(series: 3_000, days: 200, horizon: 182)));
        Assert.True(page.Length < 2_000_000, $"{page.Length} characters");
        Assert.Equal(ForecastPage.MostCharts, page.Split("<article").Length - 1);
    }

    [Fact]
    public void A_history_of_one_day_and_a_forecast_of_one_are_a_page() =>
        Assert.Contains(
            "<polyline",
            Text(static to => ForecastPage.Write(to, Reported.Model(series: 1, days: 3, horizon: 1))),
            StringComparison.Ordinal
        );

    [Fact]
    public void A_notice_stands_on_the_page_encoded()
    {
        var page = ForecastPage.WithNotice(Text(static to => ForecastPage.Write(to, Reported.Model(2))), "The run failed: <b>");
        Assert.Contains(
            "<section class=\"notice\" role=\"status\"><p>The run failed: &lt;b&gt;</p></section>",
            page,
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void The_forecast_has_a_row_for_each_series_and_day_and_is_read_again()
    {
        var model = Reported.Model(6);
        var text = Text(to => ForecastCsv.Write(to, model.Result, forPeople: false));
        var lines = text.Split('\n', StringSplitOptions.RemoveEmptyEntries);
        Assert.Equal("sku,location,day,mean,p10,p50,p90,segment,method", lines[0]);
        Assert.Equal(1 + 6 * 28, lines.Length);
        Assert.Equal("SKU-0000,store-01,2026-11-21,6,2,6,10,steady,trees and exponential smoothing", lines[1]);
        var read = ForecastCsv.Read("f", text);
        Assert.Equal(
            model.Result.Forecasts.Select(static f => (f.Key, f.First, f.Horizon)),
            read.Select(static f => (f.Key, f.First, f.Horizon))
        );
        Assert.All(
            read.Zip(model.Result.Forecasts),
            static pair => Assert.All(pair.First.Mean.Zip(pair.Second.Mean), static m => Assert.Equal(m.Second, m.First, 0.0006f))
        );
    }

    [Fact]
    public void A_forecast_with_a_day_missing_is_refused() =>
        Assert.Contains(
            "where 2026-11-22 was due",
            Assert
                .Throws<HistoryFileException>(() =>
                    ForecastCsv.Read(
                        "f",
                        "sku,location,day,mean,p10,p50,p90,segment,method\nA,S,2026-11-21,1,0,1,2,s,m\nA,S,2026-11-23,1,0,1,2,s,m\n"
                    )
                )
                .Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void Recommendations_come_by_day_and_no_text_is_a_formula()
    {
        var text = Text(static to =>
            RecommendationsCsv.Write(
                to,
                [
                    new("order", new("=cmd"), new("S"), new Quantity(2), null, null, "later"),
                    new("order", new("B"), new("S"), null, "x", new(2026, 11, 22), "a, \"b\"", new Money(3.5m, Currency.Parse("GBP"))),
                ]
            )
        );
        Assert.Equal(
            "kind,sku,location,quantity,from,by,words,money,currency\norder,B,S,,x,2026-11-22,\"a, \"\"b\"\"\",3.5,GBP\norder,'=cmd,S,2,,,later,,\n",
            text
        );
    }

    [Fact]
    public void Metrics_leave_out_what_is_no_number()
    {
        using var metrics = JsonDocument.Parse(MetricsJson.Of(Reported.Model()));
        var scores = metrics.RootElement.GetProperty("backtest").EnumerateArray().ToList();
        Assert.Equal(0.183, scores[0].GetProperty("wape").GetDouble());
        Assert.False(scores[5].TryGetProperty("bias", out _));
        Assert.Equal(
            ("2025-11-21", "2026-11-20"),
            (
                metrics.RootElement.GetProperty("history").GetProperty("first").GetString(),
                metrics.RootElement.GetProperty("history").GetProperty("last").GetString()
            )
        );
    }

    [Fact]
    public void The_card_says_what_it_is_made_of_and_not_for_and_no_name_is_markup()
    {
        var card = Text(static to => ModelCard.Write(to, Reported.Model()));
        foreach (
            var said in new[]
            {
                "`00112233445566778899aabbccddeeff`",
                "2025-11-21 to 2026-11-20",
                "| all | trees and exponential smoothing | 60 | 0.71 | 18.3 % | 1.2 % |",
                "## Limits of use",
                "judging people",
                "| 90 % | 84 % | 86 % | 1.3 |",
            }
        )
            Assert.Contains(said, card, StringComparison.Ordinal);
        Assert.DoesNotContain("<script", card, StringComparison.Ordinal);
    }
}
