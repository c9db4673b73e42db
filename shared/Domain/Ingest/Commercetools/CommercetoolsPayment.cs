using System.Globalization;
using Stockgate.Domain.Events;

namespace Stockgate.Domain.Ingest.Commercetools;

/// <summary>
/// Makes payments and refunds of a payment's transactions. A payment names no order: that it is an order's is kept when the order says it.
/// Facts: https://docs.commercetools.com/api/projects/payments#transaction
/// </summary>
internal static class CommercetoolsPayment
{
    /// <returns>Why nothing follows from a transaction; null where something does, or the message is of something else.</returns>
    public static string? IgnoredBecause(string type, JsonFields body, Found found)
    {
        if (type is not ("PaymentTransactionAdded" or "PaymentTransactionStateChanged"))
            return null;
        if (!found.Meanings.ContainsKey(CommercetoolsIds.Order))
            return "the payment is of no order that is known here";
        var (kind, state) = (KindOf(body, found), StateOf(body));
        if (kind is "Authorization" or "Charge" && state != "Success")
            return $"a transaction of type {kind} in state {state} moved no money";
        return kind is "Authorization" or "Charge" or "Refund" or "Chargeback" && state != "Initial"
            ? null
            : $"a transaction of type '{Clip.To(kind ?? "", 60)}' in state '{Clip.To(state, 60)}' moves nothing here";
    }

    public static IEnumerable<TranslatedEvent> Of(string type, JsonFields body, CommercetoolsSaying said)
    {
        var order = new OrderId(said.Found.Meanings[CommercetoolsIds.Order]);
        var (kind, state, id) = (KindOf(body, said.Found), StateOf(body), IdOf(body));
        var (amount, currency) = MoneyOf(type, body, id, said);
        if (kind is "Authorization" or "Charge")
        {
            yield return said.Event(
                $"transaction:{id}:{state}",
                new OrderPaid
                {
                    OrderId = order,
                    PaymentId = id,
                    Amount = amount,
                    Currency = currency,
                    Captured = kind == "Charge",
                }
            );
            yield break;
        }
        yield return said.Event(
            $"transaction:{id}:{state}",
            new OrderRefunded
            {
                OrderId = order,
                RefundId = id,
                Currency = currency,
                Adjustment = state == "Success" ? amount : 0,
                Pending = state == "Pending" ? amount : 0,
                Failed = state == "Failure" ? amount : 0,
            }
        );
    }

    private static string IdOf(JsonFields body) =>
        body.OptionalObject("transaction") is { } added ? added.Id("id") : body.Id("transactionId");

    private static string StateOf(JsonFields body) =>
        body.OptionalObject("transaction")?.OptionalText("state") ?? body.OptionalText("state") ?? "Initial";

    private static string? KindOf(JsonFields body, Found found) =>
        body.OptionalObject("transaction")?.OptionalText("type") ?? found.Meanings.GetValueOrDefault($"{IdOf(body)}:type");

    private static (decimal Amount, Currency Currency) MoneyOf(string type, JsonFields body, string id, CommercetoolsSaying said)
    {
        if (body.OptionalObject("transaction") is { } added)
            return (added.Amount("amount"), added.OptionalObject("amount")?.OptionalCurrency("currencyCode") ?? said.Shop.Currency);
        var known = said.Found.Meanings;
        if (
            !known.TryGetValue($"{id}:amount", out var text)
            || !decimal.TryParse(text, NumberStyles.Number, CultureInfo.InvariantCulture, out var amount)
        )
            throw new FieldException(
                body.PathOf("transactionId"),
                $"{id} is unknown: post its PaymentTransactionAdded, then replay this {type}"
            );
        return (amount, Currency.TryParse(known.GetValueOrDefault($"{id}:currency"), out var currency) ? currency : said.Shop.Currency);
    }
}
