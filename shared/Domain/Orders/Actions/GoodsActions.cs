using Stockgate.Domain.Events;

namespace Stockgate.Domain.Orders.Actions;

/// <summary>Actions that change the shipping location, the address or the articles.</summary>
internal static class GoodsActions
{
    public static ActionEffect ChangeAddress(Preparation p)
    {
        CheckOpen(p);
        var (now, then) = (p.Order.ShipTo(), p.Request.ShipTo);
        p.Check(
            "address",
            then is not null && then != now,
            "The address differs.",
            "The order already ships to this address; no action is needed."
        );
        p.NotePicked();
        var distance = Place.Of(now) is { } from && Place.Of(then) is { } to ? from.KilometresTo(to) : (decimal?)null;
        var by = p.DeliveryBy(distance);
        return new ActionEffect
        {
            Exposure = new Money(p.Units.OpenNet, p.Currency),
            NewDeliveryBy = by,
            Reversible = p.NothingPicked,
            Words =
                $"{Plural.Of(p.Units.Open, "unit")} worth {new Money(Math.Round(p.Units.OpenNet, p.Currency.MinorUnits), p.Currency)} {(p.Units.Open == 1 ? "goes" : "go")} elsewhere{(distance is { } km ? $", {km} km away" : "")}{ByWords(by)}.",
        };
    }

    public static ActionEffect Reroute(Preparation p)
    {
        CheckOpen(p);
        var location = p.Request.Location ?? LocationId.Unassigned;
        p.Check(
            "location",
            p.Facts.Locations.ContainsKey(location),
            $"{location} is known.",
            $"{location} is not a location that orders are shipped from; choose another one."
        );
        var wanted =
            p.Request.Lines.Count > 0
                ? [.. p.Request.Lines.Select(static l => (l.Sku, l.Quantity))]
                : p
                    .Units.All.Select(static a => (Sku: a.Key, Quantity: a.Value.NotPicked))
                    .Where(static w => w.Quantity > Quantity.Zero)
                    .ToList();
        foreach (var (sku, quantity) in wanted)
            p.Check(
                "picked",
                p.Units[sku].NotPicked >= quantity,
                $"{p.Units[sku].NotPicked} of {sku} are not picked.",
                $"{p.Units[sku].NotPicked} of {sku} are not picked, fewer than {quantity}; picked units ship from their location."
            );
        var moved = p.HeldOf(wanted, elsewhere: location);
        p.Check(
            "elsewhere",
            moved.Count > 0,
            "Units are allocated to other locations.",
            $"No movable unit of the order is allocated to another location than {location}."
        );
        foreach (var article in moved.GroupBy(static m => m.Sku))
            p.CheckStock(article.Key, location, new Quantity(article.Sum(static m => m.Quantity.Value)));
        var value = moved.Sum(m => p.Units[m.Sku].UnitNet * m.Quantity.Value);
        var by = p.DeliveryBy(LongerBy(p, moved, location));
        return new ActionEffect
        {
            StockReturned = moved,
            StockTaken =
            [
                .. moved
                    .GroupBy(static m => m.Sku)
                    .Select(a => new AllocatedLine
                    {
                        Sku = a.Key,
                        Location = location,
                        Quantity = new(a.Sum(static m => m.Quantity.Value)),
                    }),
            ],
            Units =
            [
                .. moved
                    .GroupBy(static m => m.Sku)
                    .Select(static a => new OrderActionUnits(a.Key, new(a.Sum(static m => m.Quantity.Value)))),
            ],
            Exposure = new Money(value, p.Currency),
            NewDeliveryBy = by,
            Reversible = p.NothingPicked,
            Words =
                $"{Plural.Of(moved.Sum(static m => m.Quantity.Value), "unit ships", "units ship")} from {location} instead of {string.Join(", ", moved.Select(static m => m.Location).Distinct())}{ByWords(by)}.",
        };
    }

    public static ActionEffect Substitute(Preparation p)
    {
        CheckOpen(p);
        p.Check(
            "consent",
            p.Request.Consent || p.Order.Placed?.Said.SubstitutionConsent == true,
            "The customer accepts a substitute.",
            "The customer has not agreed to substitutes; ask, and set consent."
        );
        var (units, returned, taken) = (new List<OrderActionUnits>(), new List<AllocatedLine>(), new List<AllocatedLine>());
        decimal value = 0,
            cheaper = 0;
        foreach (var line in p.Request.Lines.Where(static l => l.Substitute is not null))
        {
            var (article, substitute) = (p.Units[line.Sku], line.Substitute!.Value);
            p.Check(
                "picked",
                article.NotPicked >= line.Quantity,
                $"{article.NotPicked} of {line.Sku} are not picked.",
                $"{article.NotPicked} of {line.Sku} are not picked, fewer than {line.Quantity}; only those can be replaced."
            );
            var (own, other) = (
                p.Facts.Products.GetValueOrDefault(line.Sku)?.Category,
                p.Facts.Products.GetValueOrDefault(substitute)?.Category
            );
            if (own is not null && other is not null)
                p.Check(
                    "category",
                    own == other,
                    $"{substitute} is in {own} as well.",
                    $"{substitute} is in {other}, {line.Sku} in {own}; choose an article of the same category."
                );
            var held = p.HeldOf([(line.Sku, line.Quantity)]);
            foreach (var part in held)
            {
                p.CheckStock(substitute, part.Location, part.Quantity);
                returned.Add(part);
                taken.Add(part with { Sku = substitute });
            }
            var price = PriceOf(p, article, substitute);
            units.Add(new OrderActionUnits(line.Sku, line.Quantity, substitute, price));
            value += article.UnitNet * line.Quantity.Value;
            cheaper += Math.Max(0, article.UnitNet - price) * line.Quantity.Value;
        }
        // A substitute changes the order total; the excess charge is refunded if payments are reported.
        var money = p.Order.Paid() is null
            ? 0
            : Math.Clamp(Math.Round(cheaper, p.Currency.MinorUnits, MidpointRounding.ToZero), 0, p.Available);
        return new ActionEffect
        {
            StockReturned = returned,
            StockTaken = taken,
            Units = units,
            Money = p.Money(money),
            Exposure = new Money(Math.Max(value, money), p.Currency),
            Reversible = p.NothingPicked,
            Words =
                $"{string.Join("; ", units.Select(static u => $"{u.Quantity} of {u.Substitute} at {u.UnitPrice} instead of {u.Sku}"))}{(money > 0 ? $", and {new Money(money, p.Currency)} is refunded to the customer" : "")}.",
        };
    }

    public static ActionEffect Hold(Preparation p)
    {
        CheckOpen(p);
        p.Check("hold", !p.Order.IsHeld(), "The order is not held.", "The order is already held.");
        return new ActionEffect
        {
            Reversible = true,
            Words = $"{Plural.Of(p.Units.Open, "unit waits", "units wait")} until the order is released.",
        };
    }

    public static ActionEffect Release(Preparation p)
    {
        p.Check("hold", p.Order.IsHeld(), "The order is held.", "The order is not held, so it can't be released.");
        return new ActionEffect { Reversible = true, Words = $"{Plural.Of(p.Units.Open, "unit")} can ship again." };
    }

    private static void CheckOpen(Preparation p) =>
        p.Check(
            "shipped",
            p.Units.Open > 0,
            $"{Plural.Of(p.Units.Open, "unit has", "units have")} not shipped.",
            "All units of the order were shipped or cancelled; it is too late for this action."
        );

    // The customer never pays more for what was not chosen. Without a list price in the order's currency the article's own price holds.
    private static decimal PriceOf(Preparation p, ArticleUnits article, Sku substitute)
    {
        var own = Math.Round(article.UnitNet, p.Currency.MinorUnits, MidpointRounding.ToZero);
        return p.Facts.Products.GetValueOrDefault(substitute)?.ListPrice is { } list && list.Currency == p.Currency
            ? Math.Min(own, list.Amount)
            : own;
    }

    // Of several places that units come from, the nearest is what the customer was promised by.
    private static decimal? LongerBy(Preparation p, List<AllocatedLine> moved, LocationId location)
    {
        if (Place.Of(p.Order.ShipTo()) is not { } customer || p.Facts.Locations.GetValueOrDefault(location) is not { } then)
            return null;
        var before = moved
            .Select(m => p.Facts.Locations.GetValueOrDefault(m.Location))
            .OfType<Place>()
            .Select(customer.KilometresTo)
            .ToList();
        return before.Count == 0 ? null : customer.KilometresTo(then) - before.Min();
    }

    private static string ByWords(DateTimeOffset? by) => by is { } day ? $"; they arrive by {day:yyyy-MM-dd}" : "";
}
