using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Suppliers;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Facts shared by all recommendations: future days, valid stock, expected orders, observed supplier terms.</summary>
internal sealed class AdviceContext
{
    private const int LongestTerm = 730,
        FewestLines = 10;

    public AdviceContext(AdviceInput input, IReadOnlyDictionary<SupplierId, SupplierReliability> suppliers, List<string> remarks)
    {
        var count = input.History.Series.Count;
        if (input.Series.Count != count || input.Forecast.Forecasts.Count != count)
            throw new ArgumentException(
                $"{input.Series.Count} situations and {input.Forecast.Forecasts.Count} forecasts for {count} series; every series needs one of each.",
                nameof(input)
            );
        (Input, Suppliers, Remarks) = (input, suppliers, remarks);
        Ahead = new SeriesForecast[count];
        (Stock, Terms, NextOrder, Revenue) = (
            new StockSituation?[count],
            new SupplierTerms?[count],
            new OpenOrder?[count],
            new double[count]
        );
        Index = new Dictionary<SeriesKey, int>(count);
        for (var i = 0; i < count; i++)
            Index[input.History.Series[i].Key] = i;
        var orders = OpenOrders(input, suppliers, remarks);
        Parallel.For(
            0,
            count,
            i =>
            {
                Ahead[i] = input.Forecast.Forecasts[i].From(input.Today);
                Revenue[i] = RevenueOf(input.History, input.History.Series[i]);
                Terms[i] = Usable(input.Series[i].Terms);
                orders.TryGetValue(i, out var coming);
                NextOrder[i] = coming?.MinBy(static o => o.Due);
                if (input.Series[i] is { Stock: { } stock, StockAge: { } age } && age <= input.Settings.OldestStock && age >= TimeSpan.Zero)
                    Stock[i] = coming is null
                        ? stock
                        : stock with
                        {
                            OnOrder = [.. stock.OnOrder, .. coming.Select(static o => new OnOrder(o.Quantity, o.Due))],
                        };
            }
        );
        Tell(input, remarks);
    }

    public AdviceInput Input { get; }

    public IReadOnlyDictionary<SupplierId, SupplierReliability> Suppliers { get; }

    public List<string> Remarks { get; }

    /// <summary>Forecasts from today on.</summary>
    public SeriesForecast[] Ahead { get; }

    /// <summary>Stock and inbound; null if unknown or outdated.</summary>
    public StockSituation?[] Stock { get; }

    /// <summary>With the supplier's real lead time where that is longer; null if none that can be used.</summary>
    public SupplierTerms?[] Terms { get; }

    /// <summary>The next open order, on its currently expected day.</summary>
    public OpenOrder?[] NextOrder { get; }

    /// <summary>Of the last four weeks; units where no price is known.</summary>
    public double[] Revenue { get; }

    public Dictionary<SeriesKey, int> Index { get; }

    public int Count => Ahead.Length;

    /// <summary>What a sold unit leaves; the price, where no cost is known in its currency; null if neither is known.</summary>
    public Money? AtStake(int series) =>
        Input.Series[series] is { Price: { } price } s
            ? s.UnitCost is { } cost && cost.Currency == price.Currency
                ? price - cost
                : price
            : null;

    /// <summary>What units are worth, as an amount that can be paid; null if the worth of one is not known.</summary>
    public Money? Worth(int series, double units) => AtStake(series) is { } unit ? Payable(unit, units) : null;

    public static Money Payable(Money unit, double units) =>
        new(decimal.Round(unit.Amount * (decimal)Math.Min(units, 1e9), unit.Currency.MinorUnits), unit.Currency);

    private SupplierTerms? Usable(SupplierTerms? terms)
    {
        if (
            terms is null
            || terms.LeadTime is < 0 or > LongestTerm
            || terms.Review is < 1 or > LongestTerm
            || terms.Pack <= Quantity.Zero
            || terms.MinimumOrder < Quantity.Zero
            || terms.UnitCost.Amount < 0
        )
            return null;
        if (terms.OrderDays.Any(static d => d is < DayOfWeek.Sunday or > DayOfWeek.Saturday))
            return null;
        return Suppliers.GetValueOrDefault(terms.Supplier) is { LeadTimeP90: { } real } s && s.Lines >= FewestLines && real > terms.LeadTime
            ? terms with
            {
                LeadTime = Math.Min(real, LongestTerm),
            }
            : terms;
    }

    private Dictionary<int, List<OpenOrder>> OpenOrders(
        AdviceInput input,
        IReadOnlyDictionary<SupplierId, SupplierReliability> suppliers,
        List<string> remarks
    )
    {
        var (orders, overdue, given, elsewhere) = (new Dictionary<int, List<OpenOrder>>(), 0, 0, 0);
        foreach (var order in input.OpenOrders.Where(static o => o.Quantity > Quantity.Zero))
        {
            if (!Index.TryGetValue(new SeriesKey(order.Sku, order.Location), out var i))
            {
                elsewhere++;
                continue;
            }
            var late = input.Today.DayNumber - order.Due.DayNumber;
            if (late > input.Settings.LongestOverdue)
            {
                given++;
                continue;
            }
            if (late > 0)
                overdue++;
            var usual = suppliers.TryGetValue(order.Supplier, out var s) ? (int)Math.Ceiling(s.Late) : 0;
            // What is overdue did not come before today: it would else count as stock that is there.
            var due =
                late <= 0 ? order.Due
                : order.Due.AddDays(Math.Min(usual, LongestTerm)) is var then && then > input.Today ? then
                : input.Today.AddDays(1);
            if (!orders.TryGetValue(i, out var list))
                orders[i] = list = [];
            list.Add(order with { Due = due });
        }
        if (overdue > 0)
            remarks.Add(
                $"{Plural.Of(overdue, "open order is", "open orders are")} overdue; each is expected with its supplier's average delay, tomorrow at the earliest."
            );
        if (given > 0)
            remarks.Add(
                $"{Plural.Of(given, "open order is", "open orders are")} overdue by more than {input.Settings.LongestOverdue} days and are ignored; close them or have them confirmed again."
            );
        if (elsewhere > 0)
            remarks.Add($"{Plural.Of(elsewhere, "open order is", "open orders are")} for items and locations without a forecast.");
        return orders;
    }

    private void Tell(AdviceInput input, List<string> remarks)
    {
        var unknown = input.Series.Count(static s => s.Stock is null);
        var old = Enumerable.Range(0, Count).Count(i => input.Series[i].Stock is not null && Stock[i] is null);
        if (unknown > 0)
            remarks.Add(
                $"The stock of {unknown} of {Count} series is unknown: they have no recommended orders or transfers and no stockout risk."
            );
        if (old > 0)
            remarks.Add(
                $"The stock of {old} of {Count} series is older than {input.Settings.OldestStock.TotalHours:0.#} hours or of unknown age and is treated as unknown."
            );
        var (without, wrong) = (
            input.Series.Count(static s => s.Terms is null),
            Enumerable.Range(0, Count).Count(i => input.Series[i].Terms is not null && Terms[i] is null)
        );
        if (without > 0)
            remarks.Add(
                $"{without} of {Count} series {(without == 1 ? "has" : "have")} no supplier terms, so no order can be recommended for them."
            );
        if (wrong > 0)
            remarks.Add(
                $"The supplier terms of {wrong} series are invalid: packs must be above 0, review periods 1 to {LongestTerm} days, lead times 0 to {LongestTerm}, costs and minimums 0 or more."
            );
        foreach (
            var late in Enumerable
                .Range(0, Count)
                .Where(i => Terms[i] is { } t && t.LeadTime > input.Series[i].Terms!.LeadTime)
                .GroupBy(i => Terms[i]!.Supplier)
                .OrderBy(static g => g.Key.Value, StringComparer.Ordinal)
                .Take(20)
        )
            remarks.Add(
                $"{late.Key} takes {Terms[late.First()]!.LeadTime} days in nine of ten cases, longer than agreed; orders of its {late.Count()} series use that lead time."
            );
    }

    private static double RevenueOf(SalesHistory history, SalesSeries series)
    {
        var sum = 0.0;
        for (var day = Math.Max(0, history.Days - 28); day < history.Days; day++)
            if (series.Units[day] > 0)
                sum += series.Units[day] * (float.IsNaN(series.Prices[day]) ? 1.0 : series.Prices[day]);
        return sum;
    }
}
