using Stockgate.Domain.Events;
using Stockgate.Domain.Orders;

namespace Stockgate.Domain.Ingest.Shopify;

/// <summary>
/// Makes an order of a delivery. Amounts are the shop's; the buyer's are kept beside them. A line's <c>total_discount</c> holds what was
/// taken off the line itself,
/// <c>discount_allocations</c> every discount's share of it. Tax is on top unless <c>taxes_included</c>. Facts:
/// https://shopify.dev/docs/api/admin-rest/latest/resources/order
/// </summary>
internal static class ShopifyOrder
{
    private const int PostalAreaCharacters = 3;

    public static IEnumerable<TranslatedEvent> Of(JsonFields order, ShopifyTranslator translator)
    {
        var (id, shop) = (order.Id("id"), translator.Shop);
        var atTill = order.OptionalText("source_name") == "pos" && order.OptionalText("fulfillment_status") == "fulfilled";
        var onTop = !order.Flag("taxes_included");
        var lines = order.List("line_items").ToLookup(static l => l.Unstocked);
        var placed = new OrderPlaced
        {
            OrderId = new OrderId(id),
            Currency = order.OptionalCurrency("currency") ?? shop.Currency,
            Location = shop.LocationOf(order.OptionalId("location_id")),
            CustomerId = order.OptionalObject("customer")?.OptionalId("id"),
            Country = order.OptionalObject("shipping_address")?.OptionalText("country_code"),
            ShipTo = order.OptionalObject("shipping_address") is { } to ? ShipTo(to) : null,
            Fulfilment = atTill ? Fulfilment.Immediate : Fulfilment.Open,
            Test = order.Flag("test"),
            Lines = [.. lines[false].Select(l => Line(l, onTop))],
            Unstocked = [.. lines[true].Select(l => UnstockedLine(l, onTop))],
        };
        placed = placed with { Charges = ShopifyCharges.Of(order, placed, onTop) };
        yield return translator.Event($"order:{id}", order.Time("created_at"), placed);
        if (order.OptionalTime("cancelled_at") is not null)
            yield return translator.Cancelled(order);
    }

    // As coarse as a decision needs it: three characters of the postal code, a tenth of a degree. Name and street are skipped.
    private static ShipTo? ShipTo(JsonFields to)
    {
        var zip = to.OptionalText("zip") ?? "";
        var area = string.Concat(zip.Where(char.IsLetterOrDigit).Take(PostalAreaCharacters)).ToUpperInvariant();
        var (latitude, longitude) = (to.OptionalNumber("latitude"), to.OptionalNumber("longitude"));
        var isPlace = latitude is >= -90 and <= 90 && longitude is >= -180 and <= 180;
        var coarse = new ShipTo
        {
            Country = to.OptionalText("country_code"),
            PostalArea = area.Length == 0 ? null : area,
            Latitude = isPlace ? latitude : null,
            Longitude = isPlace ? longitude : null,
        };
        return coarse == new ShipTo() ? null : coarse;
    }

    private static OrderLine Line(JsonFields line, bool onTop) =>
        new()
        {
            Sku = line.Sku("variant_id"),
            Description = Title(line),
            Quantity = new Quantity(line.Number("quantity")),
            UnitPrice = line.Number("price"),
            Discount = Discount(line),
            Tax = onTop ? ShopifyCharges.TaxOf(line) : 0,
        };

    private static UnstockedLine UnstockedLine(JsonFields line, bool onTop) =>
        new()
        {
            Kind = KindOf(line),
            Description = Title(line),
            Quantity = new Quantity(line.Number("quantity")),
            UnitPrice = line.Number("price"),
            Discount = Discount(line),
            Tax = onTop ? ShopifyCharges.TaxOf(line) : 0,
        };

    internal static UnstockedKind KindOf(JsonFields line)
    {
        if (line.Has("tip"))
            return UnstockedKind.Tip;
        return line.Flag("gift_card") ? UnstockedKind.GiftCard : UnstockedKind.Other;
    }

    private static string Title(JsonFields line) =>
        line.OptionalText("title") ?? line.OptionalText("name") ?? throw new FieldException(line.PathOf("title"), "is missing or blank");

    // The larger one of the two is the whole: see the type's summary.
    private static decimal Discount(JsonFields line) =>
        Math.Max(
            line.OptionalNumber("total_discount") ?? 0,
            line.List("discount_allocations").Sum(static d => d.OptionalNumber("amount") ?? 0)
        );
}
