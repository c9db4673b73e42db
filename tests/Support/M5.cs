using System.Globalization;
using System.IO.Compression;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.TestSupport;

/// <summary>
/// Walmart's M5: 823 foods at the store TX_3, 1,941 days from 2011-01-29 on. Scores are those of <c>../shared/tools/m5-score.py</c>.
/// </summary>
public static class M5
{
    public const string Folder = "m5-foods3-tx3";

    public const int Days = 1941,
        Horizon = 28;

    private static readonly Lazy<SalesHistory> All = new(Read);

    /// <summary>The history as it was known after its first days; read once.</summary>
    public static SalesHistory Load(int days = Days) => All.Value.Until(days);

    /// <summary>
    /// Item-level WRMSSE of a forecast of the 28 days behind the first <paramref name="days"/>: mean over items of √(MSE ÷ mean squared
    /// day-to-day change since the first sale), weighted by the revenue of the 28 days before.
    /// </summary>
    public static double Wrmsse(ForecastGrid grid, int days)
    {
        double weighted = 0,
            total = 0;
        for (var index = 0; index < grid.Series; index++)
        {
            var series = All.Value.Series[index];
            double revenue = 0,
                change = 0,
                error = 0;
            for (var day = days - Horizon; day < days; day++)
                revenue += float.IsNaN(series.Prices[day]) ? 0 : series.Units[day] * (double)series.Prices[day];
            total += revenue;
            var first = Array.FindIndex(series.Units, 0, days, static u => u > 0);
            if (first < 0 || days - first < 2)
                continue;
            for (var day = first + 1; day < days; day++)
                change += Square(series.Units[day] - series.Units[day - 1]);
            if (change == 0)
                continue;
            for (var day = 0; day < Horizon; day++)
                error += Square(grid[index][day] - series.Units[days + day]);
            weighted += revenue * Math.Sqrt(error / Horizon / (change / (days - first - 1)));
        }
        return weighted / total;
    }

    private static double Square(double x) => x * x;

    private static SalesHistory Read()
    {
        var calendar = Lines("calendar.csv.gz").Select(static l => l.Split(',')).ToList();
        var days = calendar
            .Select(static c => new CalendarDay(
                DateOnly.Parse(c[0], CultureInfo.InvariantCulture),
                [.. new[] { c[7], c[9] }.Where(static e => e.Length > 0)],
                c[12] == "1" ? ["SNAP"] : []
            ))
            .ToList();
        var prices = new Dictionary<(string, string), float>();
        foreach (var line in Lines("prices.csv.gz"))
            if (line.Split(',') is [var item, var week, var price])
                prices[(item, week)] = float.Parse(price, CultureInfo.InvariantCulture);
        var series = Lines("sales.csv.gz")
            .Select(line => line.Split(','))
            .Select(fields => new SalesSeries
            {
                Key = new SeriesKey(new Sku(fields[0]), new LocationId("TX_3")),
                Category = "FOODS_3",
                Region = "TX",
                Units = [.. fields.Skip(1).Take(Days).Select(static u => float.Parse(u, CultureInfo.InvariantCulture))],
                Prices = [.. calendar.Select(c => prices.GetValueOrDefault((fields[0], c[1]), float.NaN))],
                Marks = new DayMarks[calendar.Count],
            })
            .ToList();
        return new SalesHistory(days[0].Date, Days, Horizon, days, series);
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(
            new GZipStream(File.OpenRead(Path.Combine(SharedData.Find(Folder)!, file)), CompressionMode.Decompress)
        );
        reader.ReadLine();
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
