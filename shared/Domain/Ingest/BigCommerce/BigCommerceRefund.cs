using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.BigCommerce;

/// <summary>
/// Makes a refund of V3. What went back is what its payments say; declined ones did not. Whether goods came back to stock is not said.
/// Facts: https://developer.bigcommerce.com/docs/rest-management/transactions/refunds
/// </summary>
internal static class BigCommerceRefund
{
    // Of less, a share of it would be no number.
    private const decimal SmallestUnits = 0.000_001m;

    public static TranslatedEvent Of(
        JsonFields refund,
        OrderPlaced placed,
        IReadOnlyList<JsonFields> products,
        DateTimeOffset changedAt,
        ShopEvents events
    )
    {
        var id = refund.Id("id");
        var payments = refund.List("payments");
        var declined = payments.Where(static p => p.Flag("is_declined")).Sum(AmountOf);
        var back = payments.Count == 0 ? refund.Number("total_amount") : payments.Where(static p => !p.Flag("is_declined")).Sum(AmountOf);
        var said = new OrderRefunded
        {
            OrderId = placed.OrderId,
            RefundId = id,
            Currency = placed.Currency,
            Failed = declined,
        };
        return events.Told(
            FormattableString.Invariant($"refund:{id}:{back}:{declined}"),
            BigCommerceOrder.Time(refund, "created") ?? changedAt,
            said.WithMoney(back > 0 ? [.. Lines(refund, products)] : [], back),
            changedAt.ToUnixTimeSeconds()
        );
    }

    private static IEnumerable<ShopLine> Lines(JsonFields refund, IReadOnlyList<JsonFields> products)
    {
        foreach (var item in refund.List("items").Where(static i => i.OptionalText("item_type") == "PRODUCT"))
        {
            var of = products.Where(p => p.OptionalId("id") == item.OptionalId("item_id")).Cast<JsonFields?>().FirstOrDefault();
            if (of is not { } product || item.OptionalNumber("quantity") is not (> 0 and var units))
                continue;
            var line = BigCommerceOrder.Line(product);
            if (line.Units < SmallestUnits)
                continue;
            var (share, tax) = (line.After * units / line.Units, line.Tax * units / line.Units);
            // What was asked for is with its tax.
            if (item.OptionalNumber("requested_amount") is > 0 and var asked)
                (share, tax) = (Math.Max(0, asked - tax), Math.Min(tax, asked));
            yield return line with
            {
                Units = units,
                Before = share,
                After = share,
                Tax = tax,
            };
        }
    }

    private static decimal AmountOf(JsonFields payment) => payment.OptionalNumber("amount") ?? 0;
}
