using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Forecasting.Reports;
using Stockgate.Domain.Forecasting.Transfers;

namespace Stockgate.Domain.Forecasting.Advice;

/// <summary>Recommends transfers, then orders for the remaining need, then deliveries to expedite.</summary>
internal static class StockAdvice
{
    private const double Risk = 0.1;

    private const int Chunk = 256;

    /// <summary>Series with a chance of a tenth or more to run out, by their index.</summary>
    public static (int Series, StockoutRisk Risk)[] Risks(
        AdviceContext known,
        IReadOnlyList<StockSituation?> stock,
        CancellationToken cancellationToken
    )
    {
        var risks = new StockoutRisk?[known.Count];
        Parallel.For(
            0,
            known.Count,
            new ParallelOptions { CancellationToken = cancellationToken },
            i =>
            {
                if (stock[i] is not { } there)
                    return;
                // Demand only adds up: stock that lasts to the end without a delivery has no day at risk. This spares most series their
                // days.
                var whole = DemandSum.Of(known.Ahead[i], 0, known.Ahead[i].Horizon);
                if (there.OnHand >= Quantity.Zero && whole.Above((double)there.OnHand.Value) < Risk)
                    return;
                if (StockoutRisk.Of(known.Ahead[i], there) is { AtRisk: not null } risk)
                    risks[i] = risk;
            }
        );
        return
        [
            .. risks
                .Select(static (risk, i) => (i, risk))
                .Where(static r => r.risk is not null)
                .Select(static r => (r.i, r.risk!))
                .OrderByDescending(static r => r.Item2.Days.Max(static d => d.Lost))
                .ThenBy(static r => r.i),
        ];
    }

    /// <summary>The greatest saving first.</summary>
    public static List<TransferRecommendation> Transfers(
        AdviceContext known,
        (int Series, StockoutRisk Risk)[] risks,
        CancellationToken cancellationToken
    )
    {
        if (known.Input.Routes.Count == 0)
            return [];
        var routes = known.Input.Routes.Where(static r => r.Days >= 0).ToLookup(static r => r.From);
        var (atRisk, scarce) = (
            risks.Select(r => known.Ahead[r.Series].Key).ToHashSet(),
            risks.Select(r => known.Ahead[r.Series].Key.Sku).ToHashSet()
        );
        var bySku = Enumerable
            .Range(0, known.Count)
            .Where(i => known.Stock[i] is not null && scarce.Contains(known.Ahead[i].Key.Sku))
            .GroupBy(i => known.Ahead[i].Key.Sku)
            .Where(static g => g.Count() > 1)
            .Select(static g => g.ToArray())
            .ToArray();
        var plans = new IReadOnlyList<TransferRecommendation>[bySku.Length];
        var without = 0;
        Parallel.For(
            0,
            bySku.Length,
            new ParallelOptions { CancellationToken = cancellationToken },
            s =>
            {
                var plan = new List<TransferRecommendation>();
                Interlocked.Add(ref without, bySku[s].Count(i => known.AtStake(i) is null));
                foreach (var places in bySku[s].Where(i => known.AtStake(i) is not null).GroupBy(i => known.AtStake(i)!.Value.Currency))
                {
                    var locations = places.Select(i => known.Ahead[i].Key.Location).ToHashSet();
                    var sku = known.Ahead[places.First()].Key.Sku;
                    // Who is at risk gives nothing, and who is not needs nothing.
                    var open = locations
                        .Where(l => !atRisk.Contains(new SeriesKey(sku, l)))
                        .SelectMany(l => routes[l])
                        .Where(r =>
                            locations.Contains(r.To)
                            && atRisk.Contains(new SeriesKey(sku, r.To))
                            && r.PerUnit.Currency == places.Key
                            && r.PerTrip.Currency == places.Key
                        )
                        .ToArray();
                    if (open.Length > 0)
                        plan.AddRange(
                            TransferRecommendation.Plan(
                                [
                                    .. places.Select(i => new TransferPlace(
                                        known.Ahead[i],
                                        known.Stock[i]!.OnHand,
                                        Cover(known, i),
                                        known.AtStake(i)!.Value
                                    )),
                                ],
                                open
                            )
                        );
                }
                plans[s] = plan;
            }
        );
        if (without > 0)
            known.Remarks.Add(
                $"{without} series with an item that is short somewhere have no price, so their transfers can't be evaluated."
            );
        return
        [
            .. plans
                .SelectMany(static p => p)
                .OrderByDescending(static t => t.Saving.Amount)
                .ThenBy(static t => (t.Sku.Value, t.From.Value, t.To.Value)),
        ];
    }

    /// <summary>The risks after the transfers; only affected series are recomputed.</summary>
    public static (int Series, StockoutRisk Risk)[] RisksAfter(
        AdviceContext known,
        (int Series, StockoutRisk Risk)[] risks,
        StockSituation?[] stock,
        CancellationToken cancellationToken
    )
    {
        var touched = stock.Select((s, i) => ReferenceEquals(s, known.Stock[i]) ? null : s).ToArray();
        return [.. risks.Where(r => touched[r.Series] is null), .. Risks(known, touched, cancellationToken)];
    }

    /// <summary>Stock and inbound after the transfers.</summary>
    public static StockSituation?[] After(AdviceContext known, IEnumerable<TransferRecommendation> transfers)
    {
        var stock = known.Stock.ToArray();
        var days = known
            .Input.Routes.GroupBy(static r => (r.From, r.To))
            .ToDictionary(static r => r.Key, static r => r.Max(static x => x.Days));
        foreach (var t in transfers)
        {
            var (from, to) = (known.Index[new SeriesKey(t.Sku, t.From)], known.Index[new SeriesKey(t.Sku, t.To)]);
            stock[from] = stock[from]! with { OnHand = stock[from]!.OnHand - t.Quantity };
            stock[to] = stock[to]! with
            {
                OnOrder = [.. stock[to]!.OnOrder, new OnOrder(t.Quantity, known.Input.Today.AddDays(days[(t.From, t.To)] - 1))],
            };
        }
        return stock;
    }

    /// <summary>Orders of more than nothing, and those that the budget left nothing of; by index. The greatest risk first.</summary>
    public static (int Series, ReorderRecommendation Order)[] Orders(
        AdviceContext known,
        StockSituation?[] stock,
        CancellationToken cancellationToken
    )
    {
        var asked = Enumerable.Range(0, known.Count).Where(i => stock[i] is not null && known.Terms[i] is not null).ToArray();
        var requests = asked.Select(i => new ReorderRequest(known.Ahead[i], stock[i]!, known.Terms[i]!)).ToArray();
        var (today, settings) = (known.Input.Today, known.Input.Settings);
        var orders = new ReorderRecommendation[asked.Length];
        Parallel.For(
            0,
            (asked.Length + Chunk - 1) / Chunk,
            new ParallelOptions { CancellationToken = cancellationToken },
            c =>
            {
                var part = new ArraySegment<ReorderRequest>(requests, c * Chunk, Math.Min(Chunk, asked.Length - c * Chunk));
                var planned = ReorderRecommendation.Plan(part, today, null, settings.Service);
                for (var i = 0; i < planned.Count; i++)
                    orders[c * Chunk + i] = planned[i];
            }
        );
        var needed = Enumerable.Range(0, asked.Length).Where(i => orders[i].Quantity > Quantity.Zero).ToArray();
        if (
            known.Input.Budget is { } budget
            && (needed.Any(i => orders[i].Cost.Currency != budget.Currency) || needed.Sum(i => orders[i].Cost.Amount) > budget.Amount)
        )
        {
            var bound = ReorderRecommendation.Plan([.. needed.Select(i => requests[i])], today, budget, settings.Service);
            var cut = 0;
            for (var k = 0; k < needed.Length; k++)
            {
                if (bound[k].Quantity < orders[needed[k]].Quantity)
                    cut++;
                orders[needed[k]] = bound[k];
            }
            known.Remarks.Add(
                $"The budget of {budget} is not enough for all {needed.Length} orders: {cut} with the lowest risk are reduced or omitted."
            );
        }
        return
        [
            .. needed
                .OrderByDescending(i => orders[i].RiskBefore)
                .ThenByDescending(i => orders[i].Cost.Amount)
                .ThenBy(static i => i)
                .Select(i => (asked[i], orders[i])),
        ];
    }

    /// <summary>Deliveries due after the likely stockout, by lost revenue.</summary>
    public static List<Recommendation> Expedites(
        AdviceContext known,
        (int Series, StockoutRisk Risk)[] risks,
        (int Series, ReorderRecommendation Order)[] orders
    )
    {
        var planned = orders.Where(static o => o.Order.Quantity > Quantity.Zero).ToDictionary(static o => o.Series, static o => o.Order);
        var expedites = new List<Recommendation>();
        foreach (var (i, risk) in risks)
        {
            if (risk.LikelyOut is not { } @out)
                continue;
            var (open, order) = (known.NextOrder[i], planned.GetValueOrDefault(i));
            var (arrives, quantity, from, what) =
                open is not null ? (open.Due, open.Quantity, open.Supplier, $"{open.Quantity} on order {open.Order}")
                : order is not null ? (order.ArrivesOn, order.Quantity, order.Supplier, $"The {order.Quantity} to be ordered")
                : (default, default, default, string.Empty);
            if (what.Length == 0 || @out > arrives)
                continue;
            var lost = (risk.Days.LastOrDefault(d => d.Day <= arrives) ?? risk.Days[^1]).Lost;
            var by = @out.AddDays(-1) is var before && before > known.Input.Today ? before : known.Input.Today;
            expedites.Add(
                new Recommendation(
                    RecommendationKinds.Expedite,
                    risk.Key.Sku,
                    risk.Key.Location,
                    quantity,
                    from.Value,
                    by,
                    $"{what} from {from} for {risk.Key} arrive on {arrives:yyyy-MM-dd}, but it is likely out by {@out:yyyy-MM-dd}: expedite by {by:yyyy-MM-dd}; {lost:0.#} units are lost on average until they arrive",
                    known.Worth(i, lost)
                )
            );
        }
        return
        [
            .. expedites
                .OrderByDescending(static r => r.Money?.Amount ?? 0)
                .ThenBy(static r => r.By)
                .ThenBy(static r => (r.Sku.Value, r.Location.Value)),
        ];
    }

    // Until its own next delivery, which is the first open order or one that is placed now.
    private static int Cover(AdviceContext known, int i)
    {
        var horizon = known.Ahead[i].Horizon;
        var next =
            known.NextOrder[i]?.Due
            ?? (
                known.Terms[i] is { } terms
                    ? terms.NextOrderDay(known.Input.Today).AddDays(terms.LeadTime)
                    : known.Ahead[i].First.AddDays(horizon)
            );
        return Math.Clamp(next.DayNumber - known.Ahead[i].First.DayNumber + 1, 1, horizon);
    }
}
