using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes a count of an inventory entry: what is available, which is what is on stock less what orders have reserved. Facts:
/// https://docs.commercetools.com/api/projects/inventory
/// </summary>
internal static class CommercetoolsStock
{
    public static TranslatedEvent Of(JsonFields entry, CommercetoolsSaying said) =>
        Counted(
            entry.OptionalSku("sku") ?? throw new FieldException(entry.PathOf("sku"), "is missing"),
            entry.ReferenceTo("supplyChannel"),
            entry.OptionalNumber("availableQuantity") ?? entry.Number("quantityOnStock"),
            said
        );

    public static TranslatedEvent Changed(string type, JsonFields message, CommercetoolsSaying said)
    {
        var known = said.Found.Meanings;
        var sku =
            message.OptionalSku("sku")
            ?? message.OptionalObject("resourceUserProvidedIdentifiers")?.OptionalSku("sku")
            ?? CommercetoolsIds.SkuIn(known)
            ?? throw new FieldException(
                message.PathOf("resourceUserProvidedIdentifiers.sku"),
                "is missing, and the entry is unknown: post its InventoryEntryCreated, then replay this record"
            );
        var place = message.ReferenceTo("supplyChannel") ?? known.GetValueOrDefault(CommercetoolsIds.Place);
        // A deleted entry counts nothing any more.
        if (type == "InventoryEntryDeleted")
            return Counted(sku, place, null, said);
        return Counted(sku, place, message.OptionalNumber("newAvailableQuantity") ?? message.Number("newQuantityOnStock"), said);
    }

    private static TranslatedEvent Counted(Sku sku, string? place, decimal? units, CommercetoolsSaying said) =>
        said.Event(
            $"inventory:{said.Mark}",
            new StockCounted
            {
                Sku = sku,
                Location = said.Shop.LocationOf(place),
                Basis = CountBasis.Available,
                Quantity = units is { } counted ? new Quantity(counted) : null,
            }
        );
}
