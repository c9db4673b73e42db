using System.Globalization;
using System.IO.Compression;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Returns;

namespace Stockgate.Domain.Tests.Forecasting;

/// <summary>A line of the UCI Online Retail file.</summary>
internal sealed record RetailLine(
    string Invoice,
    string Code,
    string Description,
    int Quantity,
    DateOnly Day,
    decimal Price,
    string Customer,
    string Country
)
{
    public DateOnly? ReturnedOn { get; set; }

    /// <summary>Units called off later.</summary>
    public int CalledOff { get; set; }
}

/// <summary>A wholesaler of gifts from December 2010 to December 2011; cancellations are matched to what they cancel.</summary>
internal static class OnlineRetail
{
    public const string File = "uci-online-retail/online-retail.csv.gz";

    private static readonly Lazy<List<RetailLine>> Sold = new(Load);

    /// <summary>
    /// Lines sold of real items, by day; a cancellation is taken off the customer's latest earlier lines of the same code.
    /// </summary>
    public static List<RetailLine> Lines => Sold.Value;

    public static DateOnly LastDay => Lines[^1].Day;

    /// <summary>Lines of known customers; the category is the last word of the description, such as BAG or LANTERN.</summary>
    public static List<OrderLineFact> Facts() =>
        [
            .. Lines
                .Where(static l => l.Customer.Length > 0 && l.Price > 0)
                .Select(static l => new OrderLineFact(
                    l.Invoice,
                    new Sku(l.Code),
                    l.Description.Split(' ', StringSplitOptions.RemoveEmptyEntries) is [.., var noun] ? noun : string.Empty,
                    new CustomerKey(l.Customer),
                    l.Country,
                    l.Day,
                    l.Quantity,
                    l.Price,
                    null,
                    l.ReturnedOn
                )),
        ];

    /// <summary>Daily units of the best-selling codes; days on which nothing at all was sold are closed.</summary>
    public static SalesHistory BestSelling(int codes, int horizon)
    {
        var (first, last) = (Lines[0].Day, LastDay);
        var days = last.DayNumber - first.DayNumber + 1;
        var open = Lines.Select(static l => l.Day).ToHashSet();
        // Chosen by what was known before the days that are forecast.
        var best = Lines
            .Where(l => l.Day <= last.AddDays(-horizon))
            .GroupBy(static l => l.Code)
            .OrderByDescending(static g => g.Sum(static l => l.Quantity))
            .ThenBy(static g => g.Key, StringComparer.Ordinal)
            .Take(codes)
            .Select(static g => g.Key)
            .ToHashSet();
        var series = Lines
            .Where(l => best.Contains(l.Code))
            .GroupBy(static l => l.Code)
            .OrderBy(static g => g.Key, StringComparer.Ordinal)
            .Select(code =>
            {
                var (units, prices, marks) = (new float[days], new float[days + horizon], new DayMarks[days + horizon]);
                Array.Fill(prices, float.NaN);
                foreach (var line in code)
                {
                    var day = line.Day.DayNumber - first.DayNumber;
                    units[day] += line.Quantity - line.CalledOff;
                    if (line.Price > 0)
                        prices[day] = float.IsNaN(prices[day]) ? (float)line.Price : Math.Min(prices[day], (float)line.Price);
                }
                for (var day = 0; day < prices.Length; day++)
                {
                    if (day > 0 && float.IsNaN(prices[day]))
                        prices[day] = prices[day - 1];
                    if (day < days && !open.Contains(first.AddDays(day)))
                        marks[day] = DayMarks.Closed;
                }
                return new SalesSeries
                {
                    Key = new SeriesKey(new Sku(code.Key), new LocationId("web")),
                    Category = string.Empty,
                    Region = string.Empty,
                    Units = units,
                    Prices = prices,
                    Marks = marks,
                };
            })
            .ToArray();
        return new SalesHistory(
            first,
            days,
            horizon,
            [.. Enumerable.Range(0, days + horizon).Select(d => new CalendarDay(first.AddDays(d), [], []))],
            series
        );
    }

    private static List<RetailLine> Load()
    {
        using var reader = new StreamReader(new GZipStream(System.IO.File.OpenRead(SharedData.Find(File)!), CompressionMode.Decompress));
        reader.ReadLine();
        var (sold, byCustomer) = (new List<RetailLine>(), new Dictionary<(string, string), List<RetailLine>>());
        while (reader.ReadLine() is { } text)
        {
            var f = Fields(text);
            // Postage, fees and adjustments are no items.
            if (f[1].Length < 5 || !char.IsAsciiDigit(f[1][0]))
                continue;
            var line = new RetailLine(
                f[0],
                f[1].ToUpperInvariant(),
                f[2],
                int.Parse(f[3], CultureInfo.InvariantCulture),
                DateOnly.ParseExact(f[4].AsSpan(0, 10), "yyyy-MM-dd", CultureInfo.InvariantCulture),
                decimal.Parse(f[5], NumberStyles.Float, CultureInfo.InvariantCulture),
                f[6],
                f[7]
            );
            var key = (line.Customer, line.Code);
            if (line.Quantity > 0)
            {
                sold.Add(line);
                if (line.Customer.Length == 0)
                    continue;
                if (!byCustomer.TryGetValue(key, out var lines))
                    byCustomer[key] = lines = [];
                lines.Add(line);
            }
            else if (line.Invoice.StartsWith('C') && line.Customer.Length > 0 && byCustomer.TryGetValue(key, out var earlier))
                CallOff(earlier, -line.Quantity, line.Day);
        }
        sold.Sort(
            static (a, b) =>
                a.Day != b.Day ? a.Day.CompareTo(b.Day)
                : string.CompareOrdinal(a.Invoice, b.Invoice) is not 0 and var c ? c
                : string.CompareOrdinal(a.Code, b.Code)
        );
        return sold;
    }

    private static void CallOff(List<RetailLine> earlier, int units, DateOnly day)
    {
        for (var i = earlier.Count - 1; i >= 0 && units > 0; i--)
        {
            var taken = Math.Min(units, earlier[i].Quantity - earlier[i].CalledOff);
            if (taken == 0)
                continue;
            (earlier[i].CalledOff, earlier[i].ReturnedOn, units) = (
                earlier[i].CalledOff + taken,
                earlier[i].ReturnedOn ?? day,
                units - taken
            );
        }
    }

    private static List<string> Fields(string line)
    {
        var (fields, text, quoted) = (new List<string>(8), new System.Text.StringBuilder(), false);
        foreach (var c in line)
            if (c == '"')
                quoted = !quoted;
            else if (c == ',' && !quoted)
            {
                fields.Add(text.ToString());
                text.Clear();
            }
            else
                text.Append(c);
        fields.Add(text.ToString());
        return fields;
    }
}
