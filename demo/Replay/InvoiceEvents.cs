using Stockgate.Demo.Posting;

namespace Stockgate.Demo.Replay;

/// <summary>
/// The events that an invoice of a transaction file is. A number beginning with C is a refund that names no order; a negative quantity on
/// any other invoice is a stock adjustment; the other lines are a sale whose goods are gone.
/// </summary>
public static class InvoiceEvents
{
    public const string Location = "uk-warehouse";

    private const string Source = "transaction-file",
        Currency = "GBP";

    public static bool IsCancellation(string invoiceNumber) => invoiceNumber.StartsWith('C');

    public static IEnumerable<byte[]> Of(Invoice invoice)
    {
        var first = invoice.Lines[0];
        var (customerId, country) = (NullIfEmpty(first.CustomerId), NullIfEmpty(first.Country));
        if (IsCancellation(invoice.Number))
        {
            yield return EventBatch.Event(
                invoice.Number,
                Source,
                "stockgate.order.refunded.v1",
                first.InvoiceDate,
                new
                {
                    orderId = invoice.Number,
                    refundId = invoice.Number,
                    standalone = true,
                    currency = Currency,
                    restockedAt = Location,
                    customerId,
                    country,
                    lines = invoice.Lines.Select(static line => new
                    {
                        sku = line.StockCode,
                        description = line.Description,
                        quantity = -line.Quantity,
                        unitPrice = line.UnitPrice,
                    }),
                }
            );
            yield break;
        }
        var sold = invoice.Lines.Where(static line => line.Quantity >= 0).ToList();
        if (sold.Count > 0)
            yield return EventBatch.Event(
                invoice.Number,
                Source,
                "stockgate.order.placed.v1",
                first.InvoiceDate,
                new
                {
                    orderId = invoice.Number,
                    currency = Currency,
                    location = Location,
                    fulfilment = "Immediate",
                    customerId,
                    country,
                    lines = sold.Select(static line => new
                    {
                        sku = line.StockCode,
                        description = line.Description,
                        quantity = line.Quantity,
                        unitPrice = line.UnitPrice,
                    }),
                }
            );
        for (var i = 0; i < invoice.Lines.Count; i++)
            if (invoice.Lines[i] is { Quantity: < 0 } line)
                yield return EventBatch.Event(
                    $"{invoice.Number}/{i + 1}",
                    Source,
                    "stockgate.stock.moved.v1",
                    line.InvoiceDate,
                    new
                    {
                        sku = line.StockCode,
                        location = Location,
                        quantity = line.Quantity,
                        kind = "Adjustment",
                        reason = line.Description,
                        unitPrice = line.UnitPrice,
                        currency = Currency,
                        document = invoice.Number,
                    }
                );
    }

    private static string? NullIfEmpty(string text) => text.Length == 0 ? null : text;
}
