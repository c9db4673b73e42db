using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Forecasting.Replenishment;

/// <summary>A constraint by which an order differs from the need.</summary>
public enum ReorderConstraint
{
    Pack,
    MinimumOrder,
    SupplierCalendar,
    Budget,

    /// <summary>The days to be covered go on behind the forecast's horizon.</summary>
    Horizon,
}

/// <param name="Constraint">What it is.</param>
/// <param name="Words">What it did.</param>
public sealed record ReorderLimit(ReorderConstraint Constraint, string Words);

/// <summary>An item at a location that may have to be ordered.</summary>
/// <param name="Forecast">Days of it that have passed are not counted.</param>
/// <param name="Stock">Stock and inbound.</param>
/// <param name="Terms">How it is ordered.</param>
public sealed record ReorderRequest(SeriesForecast Forecast, StockSituation Stock, SupplierTerms Terms);

/// <summary>A recommended order and its reason.</summary>
public sealed record ReorderRecommendation
{
    public required SeriesKey Key { get; init; }

    public required SupplierId Supplier { get; init; }

    /// <summary>Units; 0 where nothing is to be ordered.</summary>
    public required Quantity Quantity { get; init; }

    public required Money Cost { get; init; }

    /// <summary>When the order is to be placed.</summary>
    public required DateOnly OrderOn { get; init; }

    /// <summary>When it can be sold.</summary>
    public required DateOnly ArrivesOn { get; init; }

    /// <summary>The first day that the next order can help, up to which this one has to last.</summary>
    public required DateOnly Until { get; init; }

    /// <summary>What nine of ten such spans don't exceed, or what the service level says.</summary>
    public required Quantity Target { get; init; }

    /// <summary>On hand and on order up to then.</summary>
    public required Quantity Position { get; init; }

    /// <summary>The chance to run out by then without an order, 0 to 1.</summary>
    public required double RiskBefore { get; init; }

    /// <summary>The same with it.</summary>
    public required double RiskAfter { get; init; }

    /// <summary>What made the order another than the need.</summary>
    public required IReadOnlyList<ReorderLimit> Limits { get; init; }

    public string Words =>
        Quantity == Quantity.Zero
            ? $"Order nothing of {Key}: {Why}{Bits}"
            : $"Order {Quantity} of {Key} from {Supplier} on {OrderOn:yyyy-MM-dd} for {Cost}: {Why}; the risk falls from {RiskBefore:P0} to {RiskAfter:P0}{Bits}";

    private string Why => $"until {Until:yyyy-MM-dd} it needs {Target}, {Position} are available or on order";

    private string Bits => Limits.Count == 0 ? "" : $". {string.Join(". ", Limits.Select(static l => l.Words))}";

    /// <summary>
    /// For each item the quantile of demand over lead time and review period less what is there and comes, in what the supplier delivers.
    /// The budget goes to the greatest risk first; the rest buys as many packs of the next one as possible.
    /// </summary>
    /// <param name="requests">Items at locations.</param>
    /// <param name="today">The first day an order can be placed on.</param>
    /// <param name="budget">Null: no bound. Items in another currency can't be compared with it and are not ordered.</param>
    /// <param name="service">The chance that the stock is to last, above 0, below 1.</param>
    /// <param name="correlation">Between two days' errors, 0 to 1.</param>
    /// <returns>In the order of the requests.</returns>
    public static IReadOnlyList<ReorderRecommendation> Plan(
        IReadOnlyList<ReorderRequest> requests,
        DateOnly today,
        Money? budget = null,
        double service = 0.9,
        double correlation = DemandSum.Correlation
    )
    {
        var orders = requests.Select(r => Of(r, today, service, correlation)).ToArray();
        if (budget is not { } left)
            return orders;
        // The index decides between equals, so that the same requests are always given the same.
        foreach (var index in Enumerable.Range(0, orders.Length).OrderByDescending(i => orders[i].RiskBefore).ThenBy(static i => i))
        {
            orders[index] = Within(orders[index], requests[index], today, left, correlation);
            if (orders[index].Cost.Currency == left.Currency)
                left -= orders[index].Cost;
        }
        return orders;
    }

    private static ReorderRecommendation Of(ReorderRequest request, DateOnly today, double service, double correlation)
    {
        var (forecast, terms, limits) = (request.Forecast.From(today), request.Terms, new List<ReorderLimit>());
        terms.Check();
        var orderOn = terms.NextOrderDay(today);
        var until = terms.NextOrderDay(orderOn.AddDays(terms.Review)).AddDays(terms.LeadTime);
        if (orderOn > today)
            limits.Add(
                new(
                    ReorderConstraint.SupplierCalendar,
                    $"{terms.Supplier} accepts orders on {orderOn:dddd}: the order waits until {orderOn:yyyy-MM-dd}"
                )
            );
        var days = Math.Max(0, until.DayNumber - forecast.First.DayNumber);
        if (days > forecast.Horizon)
            limits.Add(
                new(ReorderConstraint.Horizon, $"The forecast ends {days - forecast.Horizon} days earlier; its last week is extended")
            );
        var demand = DemandSum.Of(forecast, 0, days, correlation);
        var (target, position) = (new Quantity((decimal)demand.Quantile(service)), request.Stock.Until(until));
        var need = target - position;
        var order = need > Quantity.Zero ? terms.Packs(need) : Quantity.Zero;
        if (order > need && order > Quantity.Zero)
            limits.Add(
                terms.MinimumOrder > need
                    ? new(
                        ReorderConstraint.MinimumOrder,
                        $"{terms.Supplier} has a minimum order of {terms.MinimumOrder}; {need} are needed"
                    )
                    : new(ReorderConstraint.Pack, $"The pack size is {terms.Pack}; {need} are needed")
            );
        return new ReorderRecommendation
        {
            Key = forecast.Key,
            Supplier = terms.Supplier,
            Quantity = order,
            Cost = terms.UnitCost * order,
            OrderOn = orderOn,
            ArrivesOn = orderOn.AddDays(terms.LeadTime),
            Until = until,
            Target = target,
            Position = position,
            RiskBefore = Risk(demand, position),
            RiskAfter = Risk(demand, position + order),
            Limits = limits,
        };
    }

    private static ReorderRecommendation Within(
        ReorderRecommendation order,
        ReorderRequest request,
        DateOnly today,
        Money left,
        double correlation
    )
    {
        var terms = request.Terms;
        if (order.Quantity == Quantity.Zero || (order.Cost.Currency == left.Currency && order.Cost.Amount <= left.Amount))
            return order;
        var packs = order.Cost.Currency != left.Currency ? 0 : Math.Floor(left.Amount / (terms.UnitCost * terms.Pack).Amount);
        var affordable = new Quantity(packs * terms.Pack.Value);
        if (affordable < terms.MinimumOrder)
            affordable = Quantity.Zero;
        var words =
            order.Cost.Currency != left.Currency
                ? $"{order.Quantity} would be needed for {order.Cost}; the budget is in {left.Currency}"
                : $"{order.Quantity} would be needed for {order.Cost}; {left} of the budget is left after orders with a higher risk";
        var ahead = request.Forecast.From(today);
        var demand = DemandSum.Of(ahead, 0, Math.Max(0, order.Until.DayNumber - ahead.First.DayNumber), correlation);
        return order with
        {
            Quantity = affordable,
            Cost = terms.UnitCost * affordable,
            RiskAfter = Risk(demand, order.Position + affordable),
            Limits = [.. order.Limits, new ReorderLimit(ReorderConstraint.Budget, words)],
        };
    }

    private static double Risk(DemandSum demand, Quantity stock) => stock < Quantity.Zero ? 1 : demand.Above((double)stock.Value);
}
