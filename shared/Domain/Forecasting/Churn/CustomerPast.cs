using Stockgate.Domain.Forecasting.Returns;
using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Churn;

/// <summary>A customer's purchases by day.</summary>
internal sealed class CustomerPast
{
    private const int Lately = 90;

    public static IReadOnlyList<Feature> Columns { get; } =
    [
        new("days since the last purchase", Monotone: -1),
        new("days with a purchase"),
        new("days with a purchase in the last 90"),
        new("against the 90 days before"),
        new("days from first to last purchase"),
        new("days since the first purchase"),
        new("days from purchase to purchase"),
        new("days since the last purchase against those"),
        new("spread of those"),
        new("money"),
        new("money of a purchase"),
        new("money of the last 90 days against before"),
        new("lines"),
        new("share of lines returned"),
        new("items"),
        new("categories"),
        new("channel", Categorical: true),
    ];

    private readonly OrderLineFact[] lines;
    private readonly int[] days;
    private readonly int channel;

    public CustomerPast(CustomerKey key, IEnumerable<OrderLineFact> lines, Dictionary<string, int> channels)
    {
        Key = key;
        this.lines = [.. lines.OrderBy(static l => l.Day)];
        days = [.. this.lines.Select(static l => l.Day.DayNumber).Distinct()];
        channels.TryAdd(this.lines[0].Channel, channels.Count);
        channel = channels[this.lines[0].Channel];
    }

    public CustomerKey Key { get; }

    /// <summary>Whether the customer was there in the days before.</summary>
    public bool Active(DateOnly asOf, int within) => days[0] <= asOf.DayNumber && LastUntil(asOf.DayNumber) > asOf.DayNumber - within;

    /// <summary>Whether the customer bought in the days after.</summary>
    public bool Buys(DateOnly asOf, int within) => Array.Exists(days, d => d > asOf.DayNumber && d <= asOf.DayNumber + within);

    /// <summary>What is known of the customer at the end of a day.</summary>
    public void Write(DateOnly asOf, FeatureTable table, int row)
    {
        var now = asOf.DayNumber;
        var bought = days.TakeWhile(d => d <= now).ToArray();
        var (recency, between) = (now - bought[^1], bought.Length > 1 ? (bought[^1] - bought[0]) / (bought.Length - 1.0) : double.NaN);
        double money = 0,
            lately = 0,
            earlier = 0;
        var (count, returned, items, categories) = (0, 0, new HashSet<Sku>(), new HashSet<string>(StringComparer.Ordinal));
        foreach (var line in lines)
        {
            if (line.Day > asOf)
                break;
            var value = (double)(line.Quantity * line.UnitPrice);
            money += value;
            if (line.Day.DayNumber > now - Lately)
                lately += value;
            else if (line.Day.DayNumber > now - 2 * Lately)
                earlier += value;
            count++;
            if (line.ReturnedOn <= asOf)
                returned++;
            items.Add(line.Sku);
            categories.Add(line.Category);
        }
        int Within(int from, int to) => bought.Count(d => d > now - to && d <= now - from);
        double[] values =
        [
            recency,
            bought.Length,
            Within(0, Lately),
            Within(0, Lately) - Within(Lately, 2 * Lately),
            bought[^1] - bought[0],
            now - bought[0],
            between,
            recency / Math.Max(1, between),
            Spread(bought, between),
            Math.Log(1 + money),
            Math.Log(1 + money / bought.Length),
            Math.Log((1 + lately) / (1 + earlier)),
            count,
            (double)returned / count,
            items.Count,
            categories.Count,
            channel,
        ];
        for (var f = 0; f < values.Length; f++)
            table.Columns[f][row] = (float)values[f];
    }

    private int LastUntil(int day) => days.Last(d => d <= day);

    private static double Spread(int[] bought, double between) =>
        bought.Length < 3
            ? double.NaN
            : Math.Sqrt(bought.Skip(1).Select((d, i) => Math.Pow(d - bought[i] - between, 2)).Average()) / Math.Max(1, between);
}
