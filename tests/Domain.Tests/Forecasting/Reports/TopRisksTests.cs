using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.TestSupport.Forecasting;

namespace Stockgate.Domain.Tests.Forecasting.Reports;

public class TopRisksTests
{
    private static readonly ReportModel Base = Reported.Model(1);

    // One series that sold so many a day, of which so many are left, and for which so many a day are expected.
    private static Risk? Of(float sold, decimal? left, float expected, bool counted = true)
    {
        var s = Base.History.Series[0];
        var units = new float[Base.History.Days];
        Array.Fill(units, sold);
        var history = new SalesHistory(
            Base.History.First,
            Base.History.Days,
            28,
            Base.History.Calendar,
            [
                new SalesSeries
                {
                    Key = s.Key,
                    Units = units,
                    Prices = s.Prices,
                    Marks = new DayMarks[s.Marks.Length],
                },
            ]
        );
        var days = Enumerable.Repeat(expected, 28).ToArray();
        return TopRisks
            .Of(
                Base with
                {
                    History = history,
                    Facts =
                    [
                        new SeriesFacts(
                            "",
                            null,
                            2,
                            left is { } there ? new StockLine(s.Key.Sku, s.Key.Location, there, there, counted ? Reported.Day : null) : null
                        ),
                    ],
                    Result = Base.Result with { Forecasts = [new SeriesForecast(s.Key, Reported.Day, days, days, days, days)] },
                }
            )
            .SingleOrDefault();
    }

    [Fact]
    public void What_is_sold_out_says_what_is_missed()
    {
        var risk = Of(4, 0, 4)!;
        Assert.Equal((RiskKind.SoldOut, 112, 224), (risk.Kind, risk.Units, risk.Money));
        Assert.Equal(
            "is out of stock with 4 a day expected: about 112 units of sales are lost by Fri 18 Dec without inbound stock.",
            risk.Words
        );
    }

    [Fact]
    public void What_runs_out_says_when()
    {
        var risk = Of(4, 14, 4)!;
        Assert.Equal((RiskKind.RunsOut, 98), (risk.Kind, risk.Units));
        Assert.StartsWith("runs out about Tue 24 Nov: 14 left, 4 a day expected.", risk.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void What_lasts_a_fortnight_is_no_risk() => Assert.Null(Of(4, 56, 4));

    [Fact]
    public void Stock_that_nobody_counted_says_nothing() => Assert.Null(Of(4, 0, 4, counted: false));

    [Fact]
    public void Far_more_and_far_less_than_of_late_are_said()
    {
        Assert.Equal((RiskKind.Surge, 28), (Of(4, null, 8)!.Kind, Of(4, null, 8)!.Units));
        Assert.Equal((RiskKind.Drop, 14), (Of(4, null, 2)!.Kind, Of(4, null, 2)!.Units));
    }

    [Fact]
    public void A_few_units_more_are_none() => Assert.Null(Of(0.2f, null, 0.8f));

    [Fact]
    public void The_most_money_comes_first() =>
        Assert.True(
            TopRisks.Of(Reported.Model()) is { Count: > 5 } risks
                && risks.Zip(risks.Skip(1)).All(static pair => pair.First.Money >= pair.Second.Money)
        );
}
