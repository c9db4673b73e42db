using Stockgate.Domain.Forecasting.Trees;

namespace Stockgate.Domain.Forecasting.Returns;

/// <summary>The past of items and customers before a line was sold, and the line's features.</summary>
internal sealed class ReturnsPast
{
    private const double OfSku = 20,
        OfCategory = 50,
        OfCustomer = 10;

    public static IReadOnlyList<Feature> Columns { get; } =
    [
        new("item's return rate so far"),
        new("item's lines so far"),
        new("category's return rate so far"),
        new("customer's return rate so far"),
        new("customer's lines so far"),
        new("customer is new"),
        new("days since the customer's last order"),
        new("days since the customer's first order"),
        new("price"),
        new("price against the item's usual"),
        new("quantity"),
        new("quantity against the item's usual"),
        new("value"),
        new("discount"),
        new("lines in the order"),
        new("value of the order"),
        new("return rate of all so far"),
        new("weekday", Categorical: true),
        new("channel", Categorical: true),
    ];

    private readonly Dictionary<Sku, Tally> items = [];
    private readonly Dictionary<string, Tally> categories = new(StringComparer.Ordinal);
    private readonly Dictionary<CustomerKey, Tally> customers = [];
    private readonly Dictionary<string, int> channels = new(StringComparer.Ordinal);
    private readonly PriorityQueue<OrderLineFact, int> returns = new();
    private readonly Tally all = new();

    /// <summary>The features of lines, each by what was known before its day, and learns from them.</summary>
    /// <param name="lines">By day.</param>
    /// <param name="asOf">Returns after it are not known.</param>
    public FeatureTable Walk(IReadOnlyList<OrderLineFact> lines, DateOnly asOf)
    {
        var table = new FeatureTable(Columns, lines.Count);
        for (var from = 0; from < lines.Count; )
        {
            var (day, to) = (lines[from].Day, from);
            while (to < lines.Count && lines[to].Day == day)
                to++;
            Return(before: day);
            Write(lines, from, to, table);
            for (; from < to; from++)
                Learn(lines[from], asOf);
        }
        Return(before: asOf.AddDays(1));
        return table;
    }

    /// <summary>The features of lines by the current state, without updating it.</summary>
    public FeatureTable Of(IReadOnlyList<OrderLineFact> lines)
    {
        var table = new FeatureTable(Columns, lines.Count);
        Write(lines, 0, lines.Count, table);
        return table;
    }

    private void Return(DateOnly before)
    {
        while (returns.TryPeek(out var line, out var day) && day < before.DayNumber)
        {
            returns.Dequeue();
            foreach (var tally in Of(line))
                tally.Returned++;
        }
    }

    private void Learn(OrderLineFact line, DateOnly asOf)
    {
        channels.TryAdd(line.Channel, channels.Count);
        foreach (var tally in Of(line))
            tally.Add(line);
        if (line.ReturnedOn is { } day && day >= line.Day && day <= asOf)
            returns.Enqueue(line, day.DayNumber);
    }

    private IEnumerable<Tally> Of(OrderLineFact line)
    {
        yield return all;
        yield return Get(items, line.Sku);
        yield return Get(categories, line.Category);
        if (line.Customer is { } customer)
            yield return Get(customers, customer);
    }

    private static Tally Get<T>(Dictionary<T, Tally> of, T key)
        where T : notnull
    {
        if (!of.TryGetValue(key, out var tally))
            of[key] = tally = new Tally();
        return tally;
    }

    private void Write(IReadOnlyList<OrderLineFact> lines, int from, int to, FeatureTable table)
    {
        var orders = new Dictionary<string, (int Lines, double Value)>(StringComparer.Ordinal);
        for (var i = from; i < to; i++)
        {
            var sum = orders.GetValueOrDefault(lines[i].Order);
            orders[lines[i].Order] = (sum.Lines + 1, sum.Value + Value(lines[i]));
        }
        for (var i = from; i < to; i++)
            Write(lines[i], orders[lines[i].Order], table, i);
    }

    private void Write(OrderLineFact line, (int Lines, double Value) order, FeatureTable table, int row)
    {
        var (item, category, customer) = (
            items.GetValueOrDefault(line.Sku),
            categories.GetValueOrDefault(line.Category),
            line.Customer is { } key ? customers.GetValueOrDefault(key) : null
        );
        var known = line.Customer is not null;
        var rate = (all.Returned + 1) / (all.Lines + 50.0);
        // Drawn to the rate of what it belongs to, the more the less was sold: one return of one line is not 100 %.
        var ofCategory = Rate(category, rate, OfCategory);
        double[] values =
        [
            Rate(item, ofCategory, OfSku),
            item?.Lines ?? 0,
            ofCategory,
            known ? Rate(customer, rate, OfCustomer) : double.NaN,
            known ? customer?.Lines ?? 0 : double.NaN,
            known
                ? customer is null
                    ? 1
                    : 0
                : double.NaN,
            customer is null ? double.NaN : line.Day.DayNumber - customer.Last,
            customer is null ? double.NaN : line.Day.DayNumber - customer.First,
            Log(line.UnitPrice),
            item is null ? double.NaN : Log(line.UnitPrice) - item.LogPrice / item.Lines,
            Log(line.Quantity),
            item is null ? double.NaN : Log(line.Quantity) - item.LogQuantity / item.Lines,
            Math.Log(1 + Value(line)),
            line.DiscountPercent is { } off ? (double)off : double.NaN,
            order.Lines,
            Math.Log(1 + order.Value),
            rate,
            (int)line.Day.DayOfWeek,
            channels.TryGetValue(line.Channel, out var channel) ? channel : double.NaN,
        ];
        for (var f = 0; f < values.Length; f++)
            table.Columns[f][row] = (float)values[f];
    }

    private static double Rate(Tally? tally, double expected, double strength) =>
        ((tally?.Returned ?? 0) + strength * expected) / ((tally?.Lines ?? 0) + strength);

    private static double Value(OrderLineFact line) => (double)(line.Quantity * Math.Max(0, line.UnitPrice));

    private static double Log(decimal value) => Math.Log(Math.Max(0.01, (double)value));

    private sealed class Tally
    {
        public int Lines { get; private set; }

        public int Returned { get; set; }

        public int First { get; private set; }

        public int Last { get; private set; }

        public double LogPrice { get; private set; }

        public double LogQuantity { get; private set; }

        public void Add(OrderLineFact line)
        {
            if (Lines++ == 0)
                First = line.Day.DayNumber;
            (Last, LogPrice, LogQuantity) = (line.Day.DayNumber, LogPrice + Log(line.UnitPrice), LogQuantity + Log(line.Quantity));
        }
    }
}
