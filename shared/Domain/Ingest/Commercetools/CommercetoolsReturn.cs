using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes returned goods of a return's items. They name no money: what went back is told by the payment's transactions. Facts:
/// https://docs.commercetools.com/api/projects/orders#returninfo
/// </summary>
internal static class CommercetoolsReturn
{
    public static IEnumerable<TranslatedEvent> Of(OrderId order, IReadOnlyList<JsonFields> returns, CommercetoolsSaying said)
    {
        // A custom line is no goods.
        foreach (var item in returns.SelectMany(static r => r.List("items")).Where(static i => i.Has("lineItemId")))
            yield return said.Event(
                $"order:{order}:return:{item.Id("id")}:{said.Mark}",
                new OrderRefunded
                {
                    OrderId = order,
                    RefundId = item.Id("id"),
                    Currency = said.Shop.Currency,
                    RestockedAt =
                        item.OptionalText("shipmentState") == "BackInStock"
                            ? CommercetoolsDelivery.PlaceOf(item, "lineItemId", said)
                            : null,
                    Lines =
                    [
                        new OrderLine
                        {
                            Sku = CommercetoolsDelivery.SkuOf(item, "lineItemId", said),
                            Description = Clip.To(item.OptionalText("comment") ?? "returned item", Limits.Text),
                            Quantity = new Quantity(item.Number("quantity")),
                            UnitPrice = 0,
                        },
                    ],
                }
            );
    }
}
