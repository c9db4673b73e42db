using System.Globalization;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Orders;
using Stockgate.Platform.Storage;

namespace Stockgate.Platform.Orders;

/// <summary>Maps orders to rows of the table <c>Orders</c>: the document and the columns used in queries.</summary>
public static class OrderForm
{
    internal static readonly RowForm<OrderDocument> Form = new(
        static (order, row) =>
        {
            row["OrderId"] = order.OrderId.Value;
            row["Status"] = order.Status().ToString();
            row["Revision"] = order.Revision;
            row["Lines"] = order.Placed?.Said.Lines.Count ?? 0;
            row["Refunds"] = order.Refunds.Count;
            row["RefundLines"] = order.Refunds.Sum(static r => r.Said.Lines.Count);
            row["Gross"] = order.Gross().ToString(CultureInfo.InvariantCulture);
            row["Refunded"] = order.Refunded().ToString(CultureInfo.InvariantCulture);
            if (order.Currency() is { } currency)
                row["Currency"] = currency.Code;
            if (order.Customer() is { } customer)
                row["Customer"] = customer;
            if (order.Placed is { } placed)
            {
                row["Channel"] = placed.Channel.Value;
                row["PlacedAt"] = placed.At;
            }
            if (order.Placed?.Said.PromisedBy is { } promised)
                row["PromisedBy"] = promised;
            if (order.IsHeld())
                row["Held"] = true;
            if (order.QualifiedId() is { } qualified)
                row["QualifiedId"] = qualified;
            LongText.Put(row, "Document", JsonSerializer.Serialize(order, OrderJson.Default.OrderDocument));
        },
        static row => Read(LongText.Get(row, "Document"))
    );

    /// <summary>The key of an order; that of one which shares its number begins with the number's.</summary>
    public static string Key(OrderId order) =>
        order.Origin is { } origin ? RowKeys.Of("order", order.Number.Value, origin.Value) : RowKeys.Of("order", order.Value);

    /// <summary>The keys between which all orders of a number are, but for the one that has the number alone.</summary>
    internal static (string First, string Last) OthersOf(OrderId number)
    {
        var prefix = Key(number);
        // '}' is the character after '|', which separates the parts of a key and is in none.
        return ($"{prefix}|", $"{prefix}}}");
    }

    internal static OrderDocument Read(string json) =>
        JsonSerializer.Deserialize(json, OrderJson.Default.OrderDocument) ?? throw new JsonException("An order's document is null.");
}
