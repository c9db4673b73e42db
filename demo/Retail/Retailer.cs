using System.Globalization;
using Stockgate.Demo.Posting;

namespace Stockgate.Demo.Retail;

/// <summary>Something that a system of the retailer posts: a canonical event, or a delivery of its Shopify shop.</summary>
/// <param name="ShopifyTopic">Null for a canonical event.</param>
public sealed record PartnerPost(byte[] Body, string? ShopifyTopic = null);

/// <summary>
/// A retailer of a few hundred products, eight stores, a warehouse and an online shop, simulated day by day. Chance comes from the seed
/// alone, so two runs post the same events. It keeps its own books of what should be on every shelf.
/// </summary>
public sealed class Retailer
{
    public const int Products = 300,
        Stores = 8;

    private const string Warehouse = "warehouse",
        Online = "online",
        Currency = "GBP";
    private const int TicketsOfStore = 30,
        OnlineOrders = 40;

    private static readonly string[] Categories = ["Home", "Garden", "Toys", "Kitchen", "Stationery", "Candles"];
    private static readonly string[] Words = ["Red", "Blue", "Ivory", "Vintage", "Mini", "Large", "Striped", "Plain", "Heart", "Star"];
    private static readonly string[] Things =
    [
        "Lantern",
        "Mug",
        "Cushion",
        "Notebook",
        "Planter",
        "Candle",
        "Kite",
        "Apron",
        "Frame",
        "Basket",
    ];

    private readonly Random chance;
    private readonly DateTimeOffset start;
    private readonly decimal[] prices = new decimal[Products];
    private readonly Dictionary<(string Sku, string Location), decimal> shelf = [];
    private readonly List<OnlineOrder> toShip = [];
    private int number;

    /// <param name="seed">Of the random numbers.</param>
    /// <param name="start">The first day's midnight, UTC.</param>
    public Retailer(int seed, DateTimeOffset start)
    {
        chance = new Random(seed);
        this.start = start;
        for (var i = 0; i < Products; i++)
            prices[i] = chance.Next(1, 40) + 0.95m;
    }

    public static IReadOnlyList<string> Locations { get; } =
    [.. Enumerable.Range(1, Stores).Select(static s => $"store-{s:00}"), Warehouse, Online];

    /// <summary>What should be available to promise, by the retailer's own books: on the shelf, less what online orders wait for.</summary>
    public IReadOnlyDictionary<(string Sku, string Location), decimal> Available => shelf;

    public static string Sku(int product) => $"SKU-{product + 1:0000}";

    /// <summary>What a product costs customers.</summary>
    public decimal PriceOf(int product) => prices[product];

    /// <summary>Opening: the catalog, prices and the first count of every shelf.</summary>
    public IEnumerable<PartnerPost> Opening()
    {
        for (var i = 0; i < Products; i++)
        {
            var title = $"{Words[i % 10]} {Things[i / 10 % 10]} {i + 1}";
            yield return Event(
                $"product-{i}",
                "pim",
                "stockgate.product.updated.v1",
                0,
                new
                {
                    sku = Sku(i),
                    title,
                    category = Categories[i % Categories.Length],
                    unitCost = Math.Round(prices[i] * 0.55m, 2),
                    currency = Currency,
                }
            );
            yield return Event(
                $"price-{i}",
                "erp",
                "stockgate.price.changed.v1",
                0,
                new
                {
                    sku = Sku(i),
                    price = prices[i],
                    currency = Currency,
                }
            );
            foreach (var location in Locations)
            {
                var counted =
                    location == Warehouse ? chance.Next(400, 900)
                    : location == Online ? chance.Next(150, 400)
                    : chance.Next(60, 160);
                shelf[(Sku(i), location)] = counted;
                yield return Count(Sku(i), location, counted, 60);
            }
        }
    }

    /// <summary>Everything that is posted on a day, in the order in which it happens.</summary>
    public IEnumerable<PartnerPost> Day(int day)
    {
        var midnight = day * 24 * 60;
        foreach (
            var post in Counts(midnight).Concat(Receipts(midnight)).Concat(Parcels(midnight)).Concat(Tills(midnight)).Concat(Shop(midnight))
        )
            yield return post;
        if (day % 7 == 3)
            foreach (var post in Mistakes(midnight))
                yield return post;
    }

    private IEnumerable<PartnerPost> Counts(int midnight)
    {
        for (var i = 0; i < 20; i++)
        {
            // A few shelves of the stores a day; now and then something is missing.
            var (sku, location) = (Sku(chance.Next(Products)), Locations[chance.Next(Stores)]);
            var counted = Math.Max(0, shelf[(sku, location)] - (chance.Next(4) == 0 ? chance.Next(1, 4) : 0));
            shelf[(sku, location)] = counted;
            yield return Count(sku, location, counted, midnight + 6 * 60 + i);
        }
    }

    private IEnumerable<PartnerPost> Receipts(int midnight)
    {
        for (var i = 0; i < 25; i++)
        {
            var (sku, quantity, store) = (Sku(chance.Next(Products)), chance.Next(20, 60), Locations[chance.Next(Stores)]);
            yield return Move(sku, Warehouse, quantity, "Receipt", "supplier delivery", midnight + 7 * 60 + i);
            yield return Move(sku, Warehouse, -20, "Transfer", "to " + store, midnight + 8 * 60 + i);
            yield return Move(sku, store, 20, "Transfer", "from " + Warehouse, midnight + 8 * 60 + i);
        }
    }

    private IEnumerable<PartnerPost> Tills(int midnight)
    {
        for (var store = 0; store < Stores; store++)
        for (var ticket = 0; ticket < TicketsOfStore; ticket++)
        {
            var (location, lines) = (Locations[store], Basket());
            foreach (var line in lines)
                shelf[(line.Sku, location)] -= line.Quantity;
            var order = $"{location}-{++number}";
            yield return Event(
                order,
                "pos/" + location,
                "stockgate.order.placed.v1",
                midnight + 9 * 60 + ticket * 20,
                new
                {
                    orderId = order,
                    currency = Currency,
                    location,
                    fulfilment = "Immediate",
                    customerId = chance.Next(3) == 0 ? $"card-{chance.Next(2000)}" : null,
                    lines = lines.Select(static l => new
                    {
                        sku = l.Sku,
                        description = l.Sku,
                        quantity = l.Quantity,
                        unitPrice = l.Price,
                    }),
                }
            );
        }
    }

    private IEnumerable<PartnerPost> Shop(int midnight)
    {
        for (var i = 0; i < OnlineOrders; i++)
        {
            var (at, lines) = (midnight + 10 * 60 + i * 15, Basket());
            var order = new OnlineOrder(500_000 + ++number, lines);
            foreach (var line in lines)
                shelf[(line.Sku, Online)] -= line.Quantity;
            yield return ShopifyDeliveries.Order(order, Time(at), 10_000 + chance.Next(3000));
            if (chance.Next(12) != 0)
            {
                toShip.Add(order);
                continue;
            }
            foreach (var line in lines)
                shelf[(line.Sku, Online)] += line.Quantity;
            yield return ShopifyDeliveries.Cancelled(order, Time(at + 5));
        }
    }

    // Yesterday's online orders leave; some come back at once.
    private IEnumerable<PartnerPost> Parcels(int midnight)
    {
        foreach (var order in toShip)
        {
            yield return ShopifyDeliveries.Shipped(order, Time(midnight + 9 * 60));
            if (chance.Next(15) != 0)
                continue;
            var back = order.Lines[0];
            shelf[(back.Sku, Online)] += back.Quantity;
            yield return ShopifyDeliveries.Returned(order, back, Time(midnight + 16 * 60));
        }
        toShip.Clear();
    }

    // What real systems send now and then: it goes to quarantine and nothing else suffers.
    private IEnumerable<PartnerPost> Mistakes(int midnight)
    {
        yield return Event(
            $"bad-count-{midnight}",
            "wms",
            "stockgate.stock.counted.v1",
            midnight,
            new
            {
                sku = Sku(1),
                location = Warehouse,
                quantity = "a dozen",
            }
        );
        yield return Event(
            $"bad-currency-{midnight}",
            "erp",
            "stockgate.price.changed.v1",
            midnight,
            new
            {
                sku = Sku(2),
                price = 9.95,
                currency = "QQQ",
            }
        );
        yield return Event($"bad-type-{midnight}", "erp", "stockgate.weather.v1", midnight, new { sunny = true });
    }

    private List<BasketLine> Basket() =>
        [
            .. Enumerable
                .Range(0, chance.Next(1, 5))
                .Select(_ => chance.Next(Products))
                .Distinct()
                .Select(product => new BasketLine(Sku(product), chance.Next(1, 3), prices[product])),
        ];

    private PartnerPost Count(string sku, string location, decimal quantity, int minute) =>
        Event(
            $"count-{sku}-{location}-{minute}",
            "wms",
            "stockgate.stock.counted.v1",
            minute,
            new
            {
                sku,
                location,
                quantity,
            }
        );

    private PartnerPost Move(string sku, string location, int quantity, string kind, string reason, int minute)
    {
        shelf[(sku, location)] += quantity;
        return Event(
            $"move-{++number}",
            "wms",
            "stockgate.stock.moved.v1",
            minute,
            new
            {
                sku,
                location,
                quantity,
                kind,
                reason,
            }
        );
    }

    private PartnerPost Event(string id, string source, string type, int minute, object data) =>
        new(EventBatch.Event(id, source, type, Time(minute), data));

    private DateTimeOffset Time(int minute) => start.AddMinutes(minute);
}

/// <summary>A line of a basket.</summary>
public sealed record BasketLine(string Sku, int Quantity, decimal Price)
{
    public string PriceText => Price.ToString(CultureInfo.InvariantCulture);
}

/// <summary>An order of the online shop.</summary>
public sealed record OnlineOrder(int Id, IReadOnlyList<BasketLine> Lines);
