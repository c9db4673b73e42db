using Azure.Data.Tables;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions.Records;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>A stored or draft action together with all actions of its order.</summary>
/// <param name="Order">As it is now.</param>
/// <param name="Request">What is asked.</param>
/// <param name="Action">Its id; the default where it is not kept.</param>
/// <param name="Number">Its number: of the order's other actions those with a lower one go first.</param>
/// <param name="All">The order's actions, itself among them where it is kept.</param>
public sealed record OrderActionSubject(
    OrderDocument Order,
    OrderActionRequest Request,
    ActionId Action,
    int Number,
    IReadOnlyList<OrderActionRecord> All
);

/// <summary>Gathers the facts for a review of an action.</summary>
public sealed class OrderActionFactsReader(
    OrderNames names,
    ActionClaims claims,
    CustomerOrders customers,
    InventoryReader inventory,
    CatalogReader catalog,
    PromotionStore promotions,
    Places places,
    TimeProvider time
) : IDisposable
{
    // A promotion that ended earlier is irrelevant for a current complaint about a price.
    private static readonly TimeSpan PromotionsBack = TimeSpan.FromDays(90);

    // All that ever were, and read with every review and every page that is opened.
    private readonly Refreshed<IReadOnlyList<PromotionRecord>> everyPromotion = new(TimeSpan.FromSeconds(30), time);

    public void Dispose() => everyPromotion.Dispose();

    /// <returns>Null if nothing was ever said about the order.</returns>
    public Task<OrderDocument?> OrderAsync(OrderId order, CancellationToken cancellationToken) => names.FindAsync(order, cancellationToken);

    /// <summary>The facts for checking an action: the order, its other actions, stock and articles.</summary>
    public async Task<OrderActionFacts> ReadAsync(OrderActionSubject subject, CancellationToken cancellationToken)
    {
        var (order, request) = (subject.Order, subject.Request);
        var skus = SkusOf(order, request);
        return new OrderActionFacts
        {
            Order = order,
            Now = time.GetUtcNow(),
            Earlier = OrderPromises.Of(subject.All, subject.Action, subject.Number),
            Stock = await StockAsync(request, skus, cancellationToken),
            Products = await ProductsAsync(skus, cancellationToken),
            Locations = places.All,
        };
    }

    /// <summary>The same plus the facts for risk and authority: the customer, promotion prices, and the amounts of other actions.</summary>
    public async Task<OrderActionFacts> ReadAsync(OrderActionSubject subject, SumWindows sums, CancellationToken cancellationToken)
    {
        var facts = await ReadAsync(subject, cancellationToken);
        var (order, customer) = (subject.Order, subject.Order.Customer());
        var since = facts.Now - new[] { sums.Customer, TimeSpan.FromDays(30) }.Max();
        var asked = customer is null
            ? []
            : (await claims.OfCustomerAsync(customer, since, cancellationToken)).Where(c => c.Action != subject.Action).ToList();
        return facts with
        {
            Customer = customer is null ? null : await HistoryAsync(order, customer, asked, facts.Now, cancellationToken),
            PromotionPrices = await PromotionPricesAsync(order, facts.Now, cancellationToken),
            Around = new MoneyAround(
                OfOrder(subject, facts.Now - sums.Order),
                SumOf(order, asked, facts.Now - sums.Customer),
                await OfRequesterAsync(subject, facts.Now - sums.Requester, cancellationToken)
            ),
        };
    }

    private static decimal OfOrder(OrderActionSubject subject, DateTimeOffset since) =>
        subject
            .All.Where(a => a.Id != subject.Action && a.RequestedAt > since)
            .Select(static a => a.AsEarlier())
            .OfType<EarlierAction>()
            .Sum(subject.Order.AtMost);

    private async Task<decimal> OfRequesterAsync(OrderActionSubject subject, DateTimeOffset since, CancellationToken cancellationToken) =>
        SumOf(
            subject.Order,
            (await claims.OfRequesterAsync(subject.Request.RequestedBy, since, cancellationToken)).Where(c => c.Action != subject.Action),
            since
        );

    // No exchange rate is available: actions in another currency always needed approval.
    private static decimal SumOf(OrderDocument order, IEnumerable<ActionClaim> claims, DateTimeOffset since) =>
        claims.Where(c => c.At > since && c.Money?.Currency == order.Currency()).Sum(static c => c.Money!.Value.Amount);

    private static HashSet<Sku> SkusOf(OrderDocument order, OrderActionRequest request) =>
        request.Action is not (OrderActionKind.Reroute or OrderActionKind.Substitute)
            ? []
            :
            [
                .. request.Lines.Select(static l => l.Sku),
                .. request.Lines.Select(static l => l.Substitute).OfType<Sku>(),
                .. request.Lines.Count == 0 ? order.Lines().Select(static l => l.Sku) : [],
            ];

    private async Task<CustomerHistory> HistoryAsync(
        OrderDocument order,
        string customer,
        IReadOnlyCollection<ActionClaim> asked,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        // Sums of two currencies mean nothing: those of the order's count.
        var orders = (await customers.OfAsync(customer, cancellationToken)).Where(o => o.Currency == order.Currency()).ToList();
        return new CustomerHistory(
            orders.Count(static o => o.PlacedAt is not null),
            orders.Count(static o => o.Refunded > 0),
            orders.Sum(static o => o.Gross),
            orders.Sum(static o => o.Refunded),
            asked.Count(c => c.At > now - TimeSpan.FromHours(24)),
            asked.Count(c => c.At > now - TimeSpan.FromDays(30))
        );
    }

    private async Task<Dictionary<(Sku, LocationId), StockSeen>> StockAsync(
        OrderActionRequest request,
        IEnumerable<Sku> skus,
        CancellationToken cancellationToken
    )
    {
        var seen = new Dictionary<(Sku, LocationId), StockSeen>();
        foreach (var sku in skus)
        foreach (var position in (await inventory.FindAsync(sku, cancellationToken))?.Locations ?? [])
            if (position.AvailableToPromise is { } available && (request.Location is null || position.Location == request.Location))
                seen[(sku, position.Location)] = new StockSeen(
                    available,
                    position.LastCount is null || position.AgeSeconds is not { } age ? null : TimeSpan.FromSeconds(age)
                );
        return seen;
    }

    private async Task<Dictionary<Sku, ProductSeen>> ProductsAsync(IEnumerable<Sku> skus, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<Sku, ProductSeen>();
        foreach (var sku in skus)
            if (await catalog.FindAsync(sku, cancellationToken) is { } product)
                seen[sku] = ProductOf(product);
        return seen;
    }

    private static ProductSeen ProductOf(ProductView view)
    {
        var regular = view.Prices.Select(static p => p.Value).FirstOrDefault(static p => p.SalesChannel is null && p.Region is null);
        return new ProductSeen(view.Product?.Value.Category, regular is null ? null : new Money(regular.Price, regular.Currency));
    }

    private async Task<Dictionary<Sku, decimal>> PromotionPricesAsync(
        OrderDocument order,
        DateTimeOffset now,
        CancellationToken cancellationToken
    )
    {
        var prices = new Dictionary<Sku, decimal>();
        if (order.Placed is not { } placed || placed.At < now - PromotionsBack)
            return prices;
        var skus = placed.Said.Lines.Select(static l => l.Sku).ToHashSet();
        foreach (
            var record in await everyPromotion.GetAsync(
                async token => [.. await promotions.ListAsync(onlyOpen: false, token)],
                cancellationToken
            )
        )
        {
            if (record is not { LiveAt: { } live, Plan: > 0 } || live > placed.At || record.EndedAt <= placed.At)
                continue;
            foreach (
                var price in (await promotions.PlanAsync(record.Id, record.Plan, cancellationToken)).Channels.SelectMany(static c =>
                    c.Prices
                )
            )
                if (skus.Contains(price.Sku) && price.Price.Currency == placed.Said.Currency && price.Price.Amount < price.Prior.Amount)
                    prices[price.Sku] = Math.Min(prices.GetValueOrDefault(price.Sku, decimal.MaxValue), price.Price.Amount);
        }
        return prices;
    }
}
