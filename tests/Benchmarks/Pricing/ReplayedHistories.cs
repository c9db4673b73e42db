using System.Globalization;
using System.IO.Compression;
using System.Text;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Pricing;
using Stockgate.Domain.Pricing.Simulation;
using Stockgate.TestSupport;

namespace Stockgate.Benchmarks.Pricing;

/// <summary>Real shops replayed through a policy, against keeping the prices that held.</summary>
internal static class ReplayedHistories
{
    public const string OrangeJuice = "dominicks-orange-juice/orange-juice.csv.gz",
        OnlineRetail = "uci-online-retail/online-retail.csv.gz";

    private const int BestSelling = 300,
        Ounces = 64,
        Week = 7,
        Fortnight = 14,
        Stores = 20;

    /// <summary>
    /// Refrigerated orange juice of Dominick's: 11 brands in the stores with most weeks. Weeks are spread evenly over their days; the
    /// cost is the one that the data tell; deals own their prices.
    /// </summary>
    public static PriceSimulationResult? Juice()
    {
        if (SharedData.Find(OrangeJuice) is not { } file)
            return null;
        var rows = Lines(file)
            .Skip(1)
            .Select(static l => l.Split(',').Select(static f => double.Parse(f, CultureInfo.InvariantCulture)).ToArray())
            .ToList();
        var stores = rows.GroupBy(static r => r[0])
            .OrderByDescending(static g => g.Count())
            .ThenBy(static g => g.Key)
            .Take(Stores)
            .Select(static g => g.Key)
            .ToHashSet();
        var (first, last) = ((int)rows.Min(static r => r[2]), (int)rows.Max(static r => r[2]));
        var days = (last - first + 1) * Week;
        var (series, costs) = (new List<SalesSeries>(), new List<decimal?[]>());
        foreach (
            var group in rows.Where(r => stores.Contains(r[0]))
                .GroupBy(static r => (Store: (int)r[0], Brand: (int)r[1]))
                .OrderBy(static g => g.Key)
        )
        {
            var (units, prices, marks, cost) = (Filled(days), Filled(days + Week), new DayMarks[days + Week], new decimal?[days]);
            foreach (var row in group)
                for (var day = 0; day < Week; day++)
                {
                    var at = ((int)row[2] - first) * Week + day;
                    var price = row[4 + group.Key.Brand] * Ounces;
                    (units[at], prices[at], marks[at], cost[at]) = (
                        (float)(Math.Exp(row[3]) / Ounces / Week),
                        (float)price,
                        row[16] > 0 ? DayMarks.Promotion : DayMarks.None,
                        decimal.Round((decimal)(price * (1 - row[18] / 100)), 4)
                    );
                }
            series.Add(
                new SalesSeries
                {
                    Key = new SeriesKey(new Sku($"brand {group.Key.Brand}"), new LocationId($"store {group.Key.Store}")),
                    Category = "Orange juice",
                    Units = units,
                    Prices = prices,
                    Marks = marks,
                }
            );
            costs.Add(cost);
        }
        // 1990-06-14 is week 40 of the data's weeks, which begin on Thursdays.
        var history = History(new DateOnly(1990, 6, 14), days, series);
        return PriceSimulation.Run(
            history,
            new SimulationSettings
            {
                Policy = Policy(0.1m),
                Currency = Currency.Parse("USD"),
                FromDay = 20 * Week,
                Every = Week,
                Response = new(-2.6, -3.2, -2),
                Belief = new ElasticityBelief(-2.6, -3.2, -2),
                CostOf = (place, day) => costs[place][day] ?? costs[place].Take(day).LastOrDefault(static c => c is not null),
                Stock = new StockPlan(21, 7, 14),
            }
        );
    }

    /// <summary>
    /// The best selling goods of the online shop; the shop's price is taken to be the median of the last two weeks' days on which they
    /// sold, each with the price on most of its lines, since large orders have prices of their own. What goods cost is not in the data:
    /// 60 % of the price is taken.
    /// </summary>
    public static PriceSimulationResult? Shop()
    {
        if (SharedData.Find(OnlineRetail) is not { } file)
            return null;
        var sold = new Dictionary<string, Dictionary<DateOnly, (double Units, List<double> Prices)>>(StringComparer.Ordinal);
        foreach (var line in Lines(file).Skip(1))
        {
            var (front, back) = (line.Split(',', 3), line.Split(','));
            if (
                back.Length < 8
                || front[0].StartsWith('C')
                || !double.TryParse(back[^5], CultureInfo.InvariantCulture, out var units)
                || !double.TryParse(back[^3], CultureInfo.InvariantCulture, out var price)
                || units <= 0
                || price <= 0
            )
                continue;
            // Postage, fees and entries by hand have no five digits.
            if (front[1].Length < 5 || front[1].AsSpan(0, 5).ContainsAnyExceptInRange('0', '9'))
                continue;
            var days = sold.TryGetValue(front[1], out var known) ? known : sold[front[1]] = [];
            var day = DateOnly.ParseExact(back[^4].AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture);
            var (before, prices) = days.TryGetValue(day, out var same) ? same : (0, []);
            prices.Add(price);
            days[day] = (before + units, prices);
        }
        var open = sold.Values.SelectMany(static d => d.Keys).ToHashSet();
        var (first, last) = (open.Min(), open.Max());
        var count = last.DayNumber - first.DayNumber + 1;
        var series = sold.OrderByDescending(static s => s.Value.Sum(static d => d.Value.Units))
            .ThenBy(static s => s.Key, StringComparer.Ordinal)
            .Take(BestSelling)
            .Select(s =>
            {
                var (units, prices, marks, price) = (new float[count], Filled(count + Week), new DayMarks[count + Week], float.NaN);
                var asked = new Queue<float>();
                for (var i = 0; i < count; i++)
                {
                    var day = first.AddDays(i);
                    if (s.Value.TryGetValue(day, out var that))
                    {
                        if (asked.Count == Fortnight)
                            asked.Dequeue();
                        asked.Enqueue(
                            (float)
                                that
                                    .Prices.GroupBy(static p => p)
                                    .OrderByDescending(static g => g.Count())
                                    .ThenByDescending(static g => g.Key)
                                    .First()
                                    .Key
                        );
                        (units[i], price) = ((float)that.Units, asked.Order().ElementAt(asked.Count / 2));
                    }
                    (prices[i], marks[i]) = (price, open.Contains(day) ? DayMarks.None : DayMarks.Closed);
                }
                return new SalesSeries
                {
                    Key = new SeriesKey(new Sku(s.Key), new LocationId("online")),
                    Category = "Gifts",
                    Units = units,
                    Prices = prices,
                    Marks = marks,
                };
            })
            .ToList();
        return PriceSimulation.Run(
            History(first, count, series),
            new SimulationSettings
            {
                Policy = Policy(0.1m),
                Currency = Currency.Parse("GBP"),
                FromDay = 84,
                Every = 1,
                Response = new(-2, -3, -1),
                Belief = new ElasticityBelief(-2, -3, -1),
                CostShare = 0.6m,
            }
        );
    }

    // The policy as it is delivered, with endings of five pence: gifts cost a pound or two, and .99 and .49 alone leave a step of ten
    // percent nothing to choose from.
    private static PricePolicy Policy(decimal step) =>
        PricePolicy.Read(
            Encoding.UTF8.GetBytes(
                string.Create(
                    CultureInfo.InvariantCulture,
                    $$"""
                    { "version": 1, "leash": "Publish", "defaults": { "maxStep": {{step}}, "askAboveStep": 0.08, "endings": [0.05, 0.09, 0.15, 0.19, 0.25, 0.29, 0.35, 0.39, 0.45, 0.49, 0.55, 0.59, 0.65, 0.69, 0.75, 0.79, 0.85, 0.89, 0.95, 0.99] } }
                    """
                )
            )
        )
            is { Policy: { } policy }
            ? policy
            : throw new InvalidOperationException("The policy of the benchmark has mistakes.");

    private static SalesHistory History(DateOnly first, int days, List<SalesSeries> series) =>
        new(first, days, Week, [.. Enumerable.Range(0, days + Week).Select(i => new CalendarDay(first.AddDays(i), [], []))], series);

    private static float[] Filled(int days)
    {
        var values = new float[days];
        Array.Fill(values, float.NaN);
        return values;
    }

    private static IEnumerable<string> Lines(string file)
    {
        using var reader = new StreamReader(new GZipStream(File.OpenRead(file), CompressionMode.Decompress));
        while (reader.ReadLine() is { } line)
            yield return line;
    }
}
