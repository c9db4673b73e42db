using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Runs;

namespace Stockgate.TestSupport.Forecasting;

/// <summary>A report of a shop with a week's rhythm, offers, stockouts, events and hostile names.</summary>
internal static class Reported
{
    public const string Hostile = "<script>alert(1)</script> & \"Friends\"";

    public static readonly DateOnly Day = new(2026, 11, 21);

    public static ReportModel Model(int series = 60, int days = 365, int horizon = 28)
    {
        var first = Day.AddDays(-days);
        var calendar = Enumerable
            .Range(0, days + horizon)
            .Select(i => first.AddDays(i))
            .Select(d => new CalendarDay(d, d.Month == 11 && d.Day is 11 or 27 ? [d.Day == 27 ? "Black Friday" : "Singles Day"] : [], []))
            .ToList();
        var all = Enumerable.Range(0, series).Select(i => Series(i, days, horizon, first)).ToList();
        var history = new SalesHistory(first, days, horizon, calendar, all);
        var facts = Enumerable
            .Range(0, series)
            .Select(i => new SeriesFacts(
                i == 3 ? Hostile
                    : i % 2 == 0 ? $"Stoneware mug no. {i}"
                    : "",
                Currency.Parse("GBP"),
                all[i].Prices[days - 1],
                i % 7 == 6
                    ? null
                    : new StockLine(all[i].Key.Sku, all[i].Key.Location, i % 5 == 0 ? 0 : 40 * i, i % 5 == 0 ? 0 : 30 * i, Day.AddDays(-2))
            ))
            .ToList();
        var forecasts = all.Select((s, i) => Forecast(s, i, days, horizon)).ToList();
        var segments = Enumerable.Range(0, series).Select(static i => i % 6 == 5 ? "intermittent" : "steady").ToList();
        var result = new ForecastResult
        {
            Forecasts = forecasts,
            Segments = segments,
            Fingerprint = "00112233445566778899aabbccddeeff",
            Models = new Dictionary<string, ReadOnlyMemory<byte>> { [IDemandEngine.ChampionsFile] = "{}"u8.ToArray() },
            Backtest =
            [
                new("all", "trees and exponential smoothing", series, 0.71, 0.183, 0.012),
                new("all", "same weekday, mean of 4", series, 0.84, 0.231, -0.008),
                new("all", "seasonal naive", series, 0.98, 0.274, 0.021),
                new("steady", "trees and exponential smoothing", series / 6 * 5, 0.69, 0.171, 0.01),
                new("steady", "seasonal naive", series / 6 * 5, 0.97, 0.262, 0.02),
                new("intermittent", "Croston, TSB", series / 6, 0.88, 0.61, double.NaN),
                new("intermittent", "seasonal naive", series / 6, 1.1, 0.83, 0.1),
            ],
            Choices =
            [
                new(
                    "steady",
                    "trees and exponential smoothing",
                    [new("gradient-boosted trees", 0.6), new("exponential smoothing", 0.4)],
                    "It was off by 17.1 % against 18.0 % of what it replaces."
                ),
                new(
                    "intermittent",
                    "Croston, TSB",
                    [new("Croston, TSB", 1)],
                    $"In force since June; nothing was better by enough. {Hostile}"
                ),
            ],
            Quantiles = [new(0.1, 0.9, 0.07, 0.13), new(0.5, 2.1, 0.46, 0.55), new(0.9, 1.3, 0.84, 0.86)],
            Importance =
            [
                new("units sold on the same weekday", 0.41),
                new("price against its usual", 0.22),
                new("offer", 0.16),
                new("day of the year", 0.09),
                new(Hostile, 0.05),
            ],
            Effects =
            [
                .. Enumerable
                    .Range(0, series)
                    .Select(static i =>
                        (IReadOnlyList<FeatureEffect>)(
                            i % 3 == 0 ? [] : [new("offer", 4.2), new("Black Friday", 1.8), new("price against its usual", -0.9)]
                        )
                    ),
            ],
            Remarks = ["3 series are shorter than 60 days; they are forecast by what similar items did."],
            Steps = [new("features", 1.2), new("training", 41.7)],
        };
        var recommendations = Enumerable
            .Range(0, Math.Min(6, series))
            .Select(i => new Recommendation(
                i % 2 == 0 ? "order" : "transfer",
                all[i].Key.Sku,
                all[i].Key.Location,
                new Quantity(24 * (i + 1)),
                i % 2 == 0 ? "brightside" : "warehouse",
                Day.AddDays(i),
                $"Covers 14 days at the 90th percentile. {(i == 1 ? "=" + Hostile : "")}",
                new Money(120 * i, Currency.Parse("GBP"))
            ))
            .ToList();
        return new ReportModel(
            "forecast-20261121-023000",
            Day,
            new DateTimeOffset(2026, 11, 21, 2, 41, 0, TimeSpan.Zero),
            history,
            facts,
            result,
            recommendations,
            ["2 identical rows are in the files twice; each was counted once."]
        );
    }

    private static double Level(int series) => series % 6 == 5 ? 0.3 : 4 + series * 37 % 50;

    private static double Rhythm(DateOnly day) =>
        day.DayOfWeek switch
        {
            DayOfWeek.Saturday => 1.5,
            DayOfWeek.Sunday => 1.2,
            DayOfWeek.Monday => 0.7,
            _ => 0.9,
        };

    private static SalesSeries Series(int i, int days, int horizon, DateOnly first)
    {
        var random = new Random(i);
        var (units, prices, marks) = (new float[days], new float[days + horizon], new DayMarks[days + horizon]);
        for (var day = 0; day < days + horizon; day++)
        {
            var offer = i % 4 == 1 && (day > days - 30 && day < days - 18 || day >= days + 6 && day < days + 12);
            (prices[day], marks[day]) = ((float)(5 + i % 9) * (offer ? 0.8f : 1), offer ? DayMarks.Promotion : DayMarks.None);
            if (day >= days)
                continue;
            if (i % 5 == 0 && day > days - 6)
                marks[day] |= DayMarks.Stockout;
            units[day] =
                day == days - 50 ? float.NaN
                : (marks[day] & DayMarks.Stockout) != 0 ? 0
                : (float)
                    Math.Max(
                        0,
                        Math.Round(
                            Level(i) * Rhythm(first.AddDays(day)) * (offer ? 1.8 : 1)
                                + (random.NextDouble() - 0.5) * Math.Sqrt(Level(i)) * 4
                        )
                    );
        }
        var name = i == 3 ? "A<b>&\"'" : $"SKU-{i:0000}";
        return new SalesSeries
        {
            Key = new SeriesKey(new Sku(name), new LocationId($"store-{i % 4 + 1:00}")),
            Category =
                i == 3 ? Hostile
                : i % 3 == 0 ? "mugs"
                : i % 3 == 1 ? "lamps and lanterns"
                : "",
            Region = "north",
            Units = units,
            Prices = prices,
            Marks = marks,
        };
    }

    private static SeriesForecast Forecast(SalesSeries s, int i, int days, int horizon)
    {
        var mean = Enumerable
            .Range(0, horizon)
            .Select(day =>
                (float)(
                    Level(i) * Rhythm(Day.AddDays(day)) * ((s.Marks[days + day] & DayMarks.Promotion) != 0 ? 1.8 : 1) * (i == 8 ? 2 : 1)
                )
            )
            .ToArray();
        return new SeriesForecast(
            s.Key,
            Day,
            mean,
            [.. mean.Select(static m => MathF.Max(0, MathF.Floor(m - 1.3f * MathF.Sqrt(m + 1))))],
            [.. mean.Select(static m => MathF.Round(m))],
            [.. mean.Select(static m => MathF.Ceiling(m + 1.3f * MathF.Sqrt(m + 1)))]
        );
    }
}
