using Azure.Data.Tables;
using Microsoft.Extensions.Configuration;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Domain.Orders.Actions;
using Stockgate.Domain.Promotions;
using Stockgate.Platform.Catalog;
using Stockgate.Platform.Inventory;
using Stockgate.Platform.Promotions;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders.Actions;

/// <summary>Gathers what a review of an action stands on.</summary>
public sealed class OrderActionFactsReader(
    StateTables tables, OrderActionStore store, CustomerOrders customers, InventoryReader inventory, CatalogReader catalog, PromotionStore promotions, Places places, TimeProvider time) : IDisposable
{
    // A promotion that ended longer ago says nothing about a price that somebody complains of now.
    private static readonly TimeSpan PromotionsBack = TimeSpan.FromDays(90);

    // All that ever were, and read with every review and every page that is opened.
    private readonly Refreshed<IReadOnlyList<PromotionRecord>> everyPromotion = new(TimeSpan.FromSeconds(30), time);

    public void Dispose() => everyPromotion.Dispose();

    /// <returns>Null where nothing was ever said about the order.</returns>
    public async Task<OrderDocument?> OrderAsync(OrderId order, CancellationToken cancellationToken)
    {
        var row = await tables.Orders.GetEntityIfExistsAsync<TableEntity>(tables.PartitionOf(order), OrderForm.Key(order), cancellationToken: cancellationToken);
        return row.HasValue ? OrderForm.Form.Read(row.Value!) : null;
    }

    /// <param name="order">The order.</param>
    /// <param name="request">What is asked.</param>
    /// <param name="action">The action itself, which is not among the earlier ones.</param>
    /// <param name="number">Its number: of the order's other actions those with a lower one go first.</param>
    /// <param name="cancellationToken">Ends the try.</param>
    public async Task<OrderActionFacts> ReadAsync(OrderDocument order, OrderActionRequest request, ActionId action, int number, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var skus = SkusOf(order, request);
        var earlier = (await store.ListAsync(order.OrderId, cancellationToken)).Where(a => a.Id != action && a.Number < number).Select(static a => a.AsEarlier()).OfType<EarlierAction>();
        return new OrderActionFacts
        {
            Order = order, Now = now, Customer = await HistoryAsync(order, action, now, cancellationToken), Earlier = [.. earlier], Stock = await StockAsync(request, skus, cancellationToken),
            Products = await ProductsAsync(skus, cancellationToken), PromotionPrices = await PromotionPricesAsync(order, now, cancellationToken), Locations = places.All,
        };
    }

    private static HashSet<Sku> SkusOf(OrderDocument order, OrderActionRequest request) =>
        request.Action is not (OrderActionKind.Reroute or OrderActionKind.Substitute) ? []
            : [.. request.Lines.Select(static l => l.Sku), .. request.Lines.Select(static l => l.Substitute).OfType<Sku>(), .. request.Lines.Count == 0 ? order.Lines().Select(static l => l.Sku) : []];

    private async Task<CustomerHistory?> HistoryAsync(OrderDocument order, ActionId action, DateTimeOffset now, CancellationToken cancellationToken)
    {
        if (order.Customer() is not { } customer) return null;
        // Sums of two currencies mean nothing: those of the order's count.
        var orders = (await customers.OfAsync(customer, cancellationToken)).Where(o => o.Currency == order.Currency()).ToList();
        var asked = await store.AskedSinceAsync(customer, now - TimeSpan.FromDays(30), action, cancellationToken);
        return new CustomerHistory(
            orders.Count(static o => o.PlacedAt is not null), orders.Count(static o => o.Refunded > 0), orders.Sum(static o => o.Gross), orders.Sum(static o => o.Refunded), asked.Count(at => at > now - TimeSpan.FromHours(24)), asked.Count);
    }

    private async Task<Dictionary<(Sku, LocationId), StockSeen>> StockAsync(OrderActionRequest request, IEnumerable<Sku> skus, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<(Sku, LocationId), StockSeen>();
        foreach (var sku in skus)
            foreach (var position in (await inventory.FindAsync(sku, cancellationToken))?.Locations ?? [])
                if (position.AvailableToPromise is { } available && (request.Location is null || position.Location == request.Location))
                    seen[(sku, position.Location)] = new StockSeen(
                        available, position.LastCount is null || position.AgeSeconds is not { } age ? null : TimeSpan.FromSeconds(age));
        return seen;
    }

    private async Task<Dictionary<Sku, ProductSeen>> ProductsAsync(IEnumerable<Sku> skus, CancellationToken cancellationToken)
    {
        var seen = new Dictionary<Sku, ProductSeen>();
        foreach (var sku in skus)
            if (await catalog.FindAsync(sku, cancellationToken) is { } product) seen[sku] = ProductOf(product);
        return seen;
    }

    private static ProductSeen ProductOf(ProductView view)
    {
        var regular = view.Prices.Select(static p => p.Value).FirstOrDefault(static p => p.SalesChannel is null && p.Region is null);
        return new ProductSeen(view.Product?.Value.Category, regular is null ? null : new Money(regular.Price, regular.Currency));
    }

    private async Task<Dictionary<Sku, decimal>> PromotionPricesAsync(OrderDocument order, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var prices = new Dictionary<Sku, decimal>();
        if (order.Placed is not { } placed || placed.At < now - PromotionsBack) return prices;
        var skus = placed.Said.Lines.Select(static l => l.Sku).ToHashSet();
        foreach (var record in await everyPromotion.GetAsync(async token => [.. await promotions.ListAsync(onlyOpen: false, token)], cancellationToken))
        {
            if (record is not { LiveAt: { } live, Plan: > 0 } || live > placed.At || record.EndedAt <= placed.At) continue;
            foreach (var price in (await promotions.PlanAsync(record.Id, record.Plan, cancellationToken)).Channels.SelectMany(static c => c.Prices))
                if (skus.Contains(price.Sku) && price.Price.Currency == placed.Said.Currency && price.Price.Amount < price.Prior.Amount) prices[price.Sku] = Math.Min(prices.GetValueOrDefault(price.Sku, decimal.MaxValue), price.Price.Amount);
        }
        return prices;
    }
}

/// <summary>Where locations are: <c>Locations__NAME__Latitude</c> and <c>Longitude</c>, in degrees, and <c>Country</c>. One that is not there is not rerouted to.</summary>
public sealed class Places
{
    /// <exception cref="InvalidOperationException">A place in the settings is none.</exception>
    public Places(IConfiguration configuration) => All = configuration.GetSection("Locations").GetChildren().ToDictionary(static s => new LocationId(s.Key), Read);

    public IReadOnlyDictionary<LocationId, Place> All { get; }

    private static Place Read(IConfigurationSection section) => new(Degrees(section.GetSection("Latitude"), 90), Degrees(section.GetSection("Longitude"), 180), section["Country"]);

    private static decimal Degrees(IConfigurationSection section, decimal most) =>
        decimal.TryParse(section.Value, System.Globalization.NumberStyles.Float, System.Globalization.CultureInfo.InvariantCulture, out var degrees) && Math.Abs(degrees) <= most ? degrees
            : throw new InvalidOperationException($"The setting {section.Path.Replace(":", "__", StringComparison.Ordinal)} is '{section.Value}'; give degrees from -{most} to {most}.");
}
