using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Accuracy;

/// <summary>The facts for detecting an order's troubles.</summary>
public sealed record TroubleFacts
{
    public required OrderDocument Order { get; init; }

    public required DateTimeOffset Now { get; init; }

    /// <summary>
    /// Unit prices that were in force when the order was placed, promotions in them; an article that is not here is not compared with any.
    /// </summary>
    public IReadOnlyDictionary<Sku, decimal> PricesInForce { get; init; } = new Dictionary<Sku, decimal>();

    /// <summary>Other orders of the customer.</summary>
    public IReadOnlyList<OrderDocument> OthersOfCustomer { get; init; } = [];

    public ReconciliationTerms Terms { get; init; } = new();

    /// <summary>Units that were to be allocated and that no location has.</summary>
    public IReadOnlyList<SkuUnits> Nowhere { get; init; } = [];
}

/// <summary>Finds, classifies and ranks the troubles of orders.</summary>
public sealed record OrderTroubles
{
    // Revenue that counts in full, in the order's currency: a currency's size is no matter of an order's rank within a shop, which sells
    // in few.
    private const decimal RevenueFullAt = 500;

    private const int RevenuePoints = 50,
        HurryPoints = 20;

    /// <summary>One for each kind.</summary>
    public IReadOnlyList<TroubleRule> Rules { get; init; } =
    [
        new(
            TroubleKind.ShortPick,
            "fulfilment-lead",
            TimeSpan.FromHours(4),
            25,
            "Reroute to another location, offer a substitute, or cancel the lines."
        ),
        new(
            TroubleKind.PriceMismatch,
            "pricing",
            TimeSpan.FromHours(24),
            15,
            "Refund the overcharge; find the channel with the wrong price."
        ),
        new(TroubleKind.Payment, "finance", TimeSpan.FromHours(24), 20, "Correct the books, or charge or refund the open amount."),
        new(TroubleKind.Address, "customer-service-lead", TimeSpan.FromHours(2), 25, "Hold the order and ask the customer."),
        new(
            TroubleKind.Duplicate,
            "customer-service-lead",
            TimeSpan.FromHours(2),
            20,
            "Hold the later order and ask the customer whether both are wanted."
        ),
        new(
            TroubleKind.Late,
            "fulfilment-lead",
            TimeSpan.FromHours(8),
            30,
            "Tell the customer the new delivery date; reroute if another location is faster."
        ),
    ];

    /// <summary>How far apart two orders of the same things may be to be taken for one that was sent twice.</summary>
    public TimeSpan DuplicateWithin { get; init; } = TimeSpan.FromMinutes(10);

    /// <summary>How far a unit price may be from the one in force.</summary>
    public decimal PriceTolerance { get; init; } = 0.01m;

    /// <summary>The order's troubles, the highest first; at most one of each kind.</summary>
    public IReadOnlyList<OrderTrouble> Of(TroubleFacts facts)
    {
        if (facts.Order.Placed is null or { Said.Test: true })
            return [];
        var fulfilment = FulfilmentCheck.Of(facts.Order, facts.Now);
        var goods = fulfilment.Where(static f => f.Fault != FulfilmentFault.Late).ToList();
        var units = Actions.OrderUnits.Of(facts.Order, []);
        var found = new List<OrderTrouble>();
        void Add(TroubleKind kind, decimal revenue, IEnumerable<string> words)
        {
            if (Rules.FirstOrDefault(r => r.Kind == kind) is { } rule && words.ToList() is { Count: > 0 } said)
                found.Add(Trouble(facts, rule, revenue, string.Join(' ', said)));
        }
        Add(
            TroubleKind.ShortPick,
            goods.Sum(g => g.Sku is { } sku ? units[sku].UnitNet * g.Units.Value : 0)
                + facts.Nowhere.Sum(n => units[n.Sku].UnitNet * n.Quantity.Value),
            goods
                .Select(static g => g.Words)
                .Concat(facts.Nowhere.Select(static n => $"No location can ship {n.Quantity.Value:0.###} of {n.Sku}."))
        );
        Add(TroubleKind.Late, units.OpenNet, fulfilment.Where(static f => f.Fault == FulfilmentFault.Late).Select(static f => f.Words));
        var differences = OrderReconciliation.Of(facts.Order, facts.Now, facts.Terms);
        Add(TroubleKind.Payment, differences.Sum(static d => d.Amount.Amount), differences.Select(static d => d.Words));
        var prices = facts
            .Order.Placed.Said.Lines.Where(l =>
                facts.PricesInForce.TryGetValue(l.Sku, out var price) && Math.Abs(l.Amount / l.Quantity.Value - price) > PriceTolerance
            )
            .ToList();
        Add(
            TroubleKind.PriceMismatch,
            prices.Sum(l => Math.Abs(l.Amount - facts.PricesInForce[l.Sku] * l.Quantity.Value)),
            prices.Select(l =>
                $"{l.Sku} was sold at {Math.Round(l.Amount / l.Quantity.Value, 2)}; {facts.PricesInForce[l.Sku]} was in force."
            )
        );
        Add(TroubleKind.Address, units.OpenNet, AddressWords(facts.Order));
        Add(
            TroubleKind.Duplicate,
            facts.Order.Gross(),
            DuplicateOf(facts.Order, facts.OthersOfCustomer) is { } first
                ? [$"Order {first} of the same customer has the same lines, at most {DuplicateWithin.TotalMinutes:0} minutes earlier."]
                : []
        );
        return [.. Ranked(found)];
    }

    /// <summary>
    /// The highest score first; of two alike the one of more revenue, then by order and kind, so that a list does not jump.
    /// </summary>
    public static IEnumerable<OrderTrouble> Ranked(IEnumerable<OrderTrouble> troubles) =>
        troubles
            .OrderByDescending(static t => t.Score)
            .ThenByDescending(static t => t.Revenue.Amount)
            .ThenBy(static t => t.OrderId.Value, StringComparer.Ordinal)
            .ThenBy(static t => t.Kind);

    /// <returns>
    /// The earlier order that this one repeats: same customer, currency and lines, placed at most <see cref="DuplicateWithin"/> before,
    /// both not cancelled; null if none.
    /// </returns>
    public OrderId? DuplicateOf(OrderDocument order, IEnumerable<OrderDocument> others)
    {
        if (order.Placed is not { } placed || placed.Said.CustomerId is not { } customer || order.Status() == OrderStatus.Cancelled)
            return null;
        var lines = Bought(placed.Said);
        return others
            .Where(o =>
                o.OrderId != order.OrderId
                && o.Placed is { } other
                && other.Said.CustomerId == customer
                && other.Said.Currency == placed.Said.Currency
                && o.Status() != OrderStatus.Cancelled
                && Before(o, order)
                && placed.At - other.At <= DuplicateWithin
                && Bought(other.Said).SequenceEqual(lines)
            )
            .OrderBy(static o => o.Placed!.At)
            .ThenBy(static o => o.OrderId.Value, StringComparer.Ordinal)
            .Select(static o => (OrderId?)o.OrderId)
            .FirstOrDefault();
    }

    // Of two at the same time the one with the smaller number was first: one of them is the duplicate, and not both.
    private static bool Before(OrderDocument other, OrderDocument order) =>
        other.Placed!.At.CompareTo(order.Placed!.At) is var earlier
        && (earlier < 0 || (earlier == 0 && string.CompareOrdinal(other.OrderId.Value, order.OrderId.Value) < 0));

    private static List<(string, decimal)> Bought(OrderPlaced placed) =>
        [
            .. placed
                .Lines.GroupBy(static l => l.Sku.Value)
                .Select(static g => (g.Key, g.Sum(static l => l.Quantity.Value)))
                .OrderBy(static b => b.Key, StringComparer.Ordinal),
        ];

    private static IEnumerable<string> AddressWords(OrderDocument order)
    {
        if (
            order.Placed!.Said is not { Fulfilment: Fulfilment.Open } placed
            || order.Status() is OrderStatus.Cancelled or OrderStatus.Delivered
            || order.ShipTo() is not { } to
        )
            yield break;
        if (to.AddressReference is null && to.PostalArea is null)
            yield return "The order has a country or a point to ship to, but no address.";
        if (
            to.Country is not null
            && placed.Country is not null
            && !string.Equals(to.Country, placed.Country, StringComparison.OrdinalIgnoreCase)
        )
            yield return $"It ships to {to.Country}; the order was placed for {placed.Country}.";
        if (order.Handling?.AddressChanged is { } changed && order.Parcels().Any(s => s.At < changed.At))
            yield return "The address changed after a parcel was shipped.";
    }

    private static OrderTrouble Trouble(TroubleFacts facts, TroubleRule rule, decimal revenue, string words)
    {
        var promised = facts.Order.Placed!.Said.PromisedBy;
        // A day before the promise half of the hurry, at the promise and after it all.
        var hurry =
            promised is { } by && FulfilmentCheck.CompletedAt(facts.Order) is null
                ? by <= facts.Now
                    ? HurryPoints
                    : by - facts.Now <= TimeSpan.FromDays(1)
                        ? HurryPoints / 2
                        : 0
                : 0;
        var points =
            (int)Math.Round(RevenuePoints * Math.Clamp(revenue / RevenueFullAt, 0, 1), MidpointRounding.AwayFromZero)
            + Math.Clamp(rule.ServicePoints, 0, 30)
            + hurry;
        return new OrderTrouble
        {
            OrderId = facts.Order.OrderId,
            Kind = rule.Kind,
            Words = words,
            Owner = rule.Owner,
            Sla = rule.Sla,
            RecommendedAction = rule.Action,
            Score = points,
            Revenue = new Money(Math.Round(revenue, facts.Order.Placed.Said.Currency.MinorUnits), facts.Order.Placed.Said.Currency),
        };
    }
}
