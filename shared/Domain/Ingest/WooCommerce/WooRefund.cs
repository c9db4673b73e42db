using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.WooCommerce;

/// <summary>
/// Makes a refund of a delivery. Its amounts are negative in lines and positive in <c>amount</c>, which is what went back. A line
/// without units is money of no goods. Whether goods came back to stock is not said: the product's own stock figure says it. Facts:
/// https://woocommerce.github.io/woocommerce-rest-api-docs/#order-refund-properties
/// </summary>
internal static class WooRefund
{
    public static IEnumerable<TranslatedEvent> Of(JsonFields refund, ShopEvents events)
    {
        var id = refund.Id("id");
        var lines = refund.List("line_items").Where(static l => l.Size("quantity") > 0).ToList();
        var shipping = refund.List("shipping_lines");
        var said = new OrderRefunded
        {
            OrderId = new OrderId(OrderOf(refund)),
            RefundId = id,
            Currency = refund.OptionalCurrency("currency") ?? events.Shop.Currency,
            Lines = [.. lines.Where(static l => !l.IsOfNoStock).Select(WooLines.Goods)],
            Unstocked =
            [
                .. lines
                    .Where(static l => l.IsOfNoStock)
                    .Concat(refund.List("fee_lines").Where(static f => f.Size("total") > 0))
                    .Select(WooLines.Unstocked),
            ],
            Shipping = shipping.Sum(static l => l.Size("total")),
            Tax = shipping.Sum(static l => l.Size("total_tax")),
        };
        var parts =
            said.Lines.Sum(static l => l.Amount + l.Tax) + said.Unstocked.Sum(static l => l.Amount + l.Tax) + said.Shipping + said.Tax;
        said = said with { Adjustment = (refund.OptionalNumber("amount") is { } amount ? Math.Abs(amount) : parts) - parts };
        yield return events.Of($"refund:{id}", refund.Utc("date_created"), said, sequence: 1);
    }

    // The resource does not name its order in a field of its own in every version: the link to it is always there.
    private static string OrderOf(JsonFields refund)
    {
        if ((refund.OptionalReference("order_id") ?? refund.OptionalReference("parent_id")) is { } named)
            return named;
        var up = refund.OptionalObject("_links")?.List("up").Select(static link => link.OptionalText("href")).FirstOrDefault();
        return up?.TrimEnd('/').Split('/')[^1] is { Length: > 0 } last && last.All(char.IsAsciiDigit)
            ? last
            : throw new FieldException("order_id", "is missing, and so is the link to the order in _links.up");
    }
}
