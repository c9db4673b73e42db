using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Square;

/// <summary>
/// Makes counts of what is in stock; units in other states (sold, waste, reserved) are not for sale. Facts:
/// https://developer.squareup.com/docs/inventory-api/webhooks
/// </summary>
internal static class SquareStock
{
    public static Translation Of(IReadOnlyList<JsonFields> counts, Found found, ShopEvents events, DateTimeOffset now)
    {
        var inStock = counts.Where(static c => c.OptionalText("state") is "IN_STOCK").ToList();
        return inStock.Count == 0
            ? Translation.Ignored("it has no count in state IN_STOCK")
            : Translation.Of(() => inStock.Select(count => Counted(count, found, events)), now);
    }

    private static TranslatedEvent Counted(JsonFields count, Found found, ShopEvents events)
    {
        var (item, place, at) = (count.Id("catalog_object_id"), count.Id("location_id"), count.Time("calculated_at"));
        var units = count.Number("quantity");
        return events.Told(
            ItemLevels.IdOf(item, place, FormattableString.Invariant($"{at.UtcTicks}:{units}")),
            at,
            new StockCounted
            {
                Sku = count.KnownSku(found),
                Location = events.Shop.LocationOf(place),
                Basis = CountBasis.Available,
                Quantity = new Quantity(units),
            }
        );
    }
}
