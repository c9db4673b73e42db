using Azure;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Forecasting.Replenishment;
using Stockgate.Domain.Inventory;
using Stockgate.Domain.Operations;
using Stockgate.Domain.Pricing;
using Stockgate.Platform.Forecasting;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Platform.Pricing.Facts;

/// <summary>A price with what it is decided from.</summary>
/// <param name="Key">Which price.</param>
/// <param name="Item">Everything that is stored of the item.</param>
/// <param name="Stored">The price as it is stored; null if it never was.</param>
/// <param name="State">The same with later events.</param>
/// <param name="Promotion">The promotion that owns the price now; null if none does.</param>
/// <param name="Facts">Null if the policy moves no prices here, or only the price itself was read.</param>
internal sealed record PriceSituation(
    PriceKey Key,
    ItemRows Item,
    StoredPrice? Stored,
    PriceState State,
    PromotionId? Promotion,
    PricingFacts? Facts
)
{
    public PriceLook? Look => Item.Looks.GetValueOrDefault(Key);
}

/// <summary>Facts shared by all items of one reading.</summary>
internal sealed record PricingWorld(
    DateTimeOffset Now,
    PricePolicy Policy,
    ForecastInForce? Forecast,
    Func<PriceKey, PromotionId?> Promotions,
    IReadOnlyDictionary<string, CategoryState> Categories,
    IReadOnlyDictionary<ChannelId, SilentSource> Silent
)
{
    /// <summary>Every price of an item: in the policy's markets, and where one was ever published.</summary>
    public IEnumerable<PriceSituation> Of(ItemRows item)
    {
        var markets = Policy.Markets.ToDictionary(m => new PriceKey(item.Sku, m.Channel, m.Region));
        var states = markets
            .Keys.Union(item.States.Keys)
            .ToDictionary(static key => key, key => PriceCurrent.Of(key, item.States.GetValueOrDefault(key)?.State, item, Now));
        foreach (var (key, state) in states)
            if (state is not null)
                yield return new PriceSituation(
                    key,
                    item,
                    item.States.GetValueOrDefault(key),
                    state,
                    Promotions(key),
                    item.Whole && markets.TryGetValue(key, out var market) ? FactsOf(item, market, state, states.Values) : null
                );
    }

    private PricingFacts FactsOf(ItemRows item, PriceMarket market, PriceState state, IEnumerable<PriceState?> all)
    {
        var (demand, category, product) = (DemandOf(item.Sku, market), Categories.GetValueOrDefault(item.Category), item.Product);
        var inbound = InboundOf(item, market, Now.AddDays(demand?.Value.Days ?? 0));
        return new PricingFacts
        {
            Key = state.Key,
            Category = item.Category,
            Now = Now,
            Price = state.Price,
            Regular = state.Regular,
            Rules = Policy.RulesFor(item.Sku, item.Category, Now),
            Active = product is { Said.Active: true },
            AskAlways = Policy.Leash == PricingLeash.Ask,
            Stock = StockOf(item, market),
            SilentStock = Counted(item, market)
                .Select(p => p.Level!.Channel is { } channel ? Silent.GetValueOrDefault(channel) : null)
                .FirstOrDefault(static s => s is not null),
            Inbound = inbound.Units,
            InboundAt = inbound.First,
            Cost = product is { Said: { UnitCost: { } cost, Currency: { } currency } }
                ? new Reading<Money>(new Money(cost, currency), product.Version.Source, product.At)
                : null,
            CostBefore = state.CostBefore,
            Demand = demand,
            Elasticity = Forecast?.Elasticities.Of(item.Sku, item.Category) is { } learned
                ? new ElasticityBelief(learned.Value, learned.Low, learned.High)
                : null,
            Competitors = [.. item.Competitors.Select(PriceCurrent.Of)],
            CompetitorMoves = state.CompetitorMoves,
            Promotion = Promotions(state.Key),
            Others =
            [
                .. all.OfType<PriceState>()
                    .Where(o => o.Key.Region == state.Key.Region && o.Key.Channel != state.Key.Channel)
                    .Select(static o => new ChannelPrice(o.Key.Channel, o.Price)),
            ],
            Moves = state.Moves,
            HeldUntil = state.HeldUntil,
            Stopped = state.Stopped,
            ResumedAt = state.ResumedAt,
            CategoryStopped = category?.Stopped,
            ChangesLeft = category?.Day.Left(Policy.CategoryRulesFor(item.Category)),
        };
    }

    private static IEnumerable<StockPosition> Counted(ItemRows item, PriceMarket market) =>
        item.Positions.Where(p => p.IsCounted && market.Locations.Contains(p.Location));

    // Without any count the stock is unknown; otherwise the oldest figure gives the age of the sum.
    private static Reading<Quantity>? StockOf(ItemRows item, PriceMarket market)
    {
        var counted = Counted(item, market).ToList();
        return counted.MinBy(static p => p.AsOf) is not { } oldest
            ? null
            : new Reading<Quantity>(
                counted.Aggregate(Quantity.Zero, static (sum, p) => sum + Quantity.Max(p.AvailableToPromise, Quantity.Zero)),
                $"{oldest.Location} (source {oldest.Level!.Version.Source})",
                oldest.AsOf!.Value
            );
    }

    private (Quantity Units, DateTimeOffset? First) InboundOf(ItemRows item, PriceMarket market, DateTimeOffset until)
    {
        var came = item.Receipts.ToLookup(static r => (r.Said.Document, r.Said.Location), static r => r.Said.Quantity);
        // Overdue deliveries are ignored.
        var open = item
            .Inbound.Where(c => market.Locations.Contains(c.Said.Location) && c.Said.DueAt > Now && c.Said.DueAt <= until)
            .Select(c =>
                (
                    Units: c.Said.Quantity
                        - came[(c.Said.PurchaseOrder, c.Said.Location)].Aggregate(Quantity.Zero, static (sum, q) => sum + q),
                    c.Said.DueAt
                )
            )
            .Where(static c => c.Units > Quantity.Zero)
            .ToList();
        return open.Count == 0
            ? (Quantity.Zero, null)
            : (open.Aggregate(Quantity.Zero, static (sum, c) => sum + c.Units), open.Min(static c => c.DueAt));
    }

    // Locations are taken for independent of each other; each one's days are not.
    private Reading<DemandOutlook>? DemandOf(Sku sku, PriceMarket market)
    {
        if (Forecast is not { } forecast)
            return null;
        var today = DateOnly.FromDateTime(Now.UtcDateTime);
        var series = market
            .Locations.Distinct()
            .Select(location => forecast.Series.GetValueOrDefault(new SeriesKey(sku, location)))
            .OfType<SeriesForecast>()
            .Select(s => s.From(today))
            .Where(static s => s.Horizon > 0)
            .ToList();
        if (series.Count == 0)
            return null;
        var days = series.Min(static s => s.Horizon);
        var sums = series.Select(s => DemandSum.Of(s, 0, days)).ToList();
        return new Reading<DemandOutlook>(
            new DemandOutlook(sums.Sum(static s => s.Mean), Math.Sqrt(sums.Sum(static s => s.Variance)), days),
            $"run {forecast.Run}",
            Now - forecast.Age
        );
    }
}
