using System.Text.Json;
using Topics = Stockgate.Domain.Ingest.Shopify.ShopifyTopics;

namespace Stockgate.Demo;

/// <summary>Counts and sums of records, read off their JSON: of all that was sent, or of all that is in quarantine.</summary>
public sealed class Tally
{
    private readonly HashSet<string> customers = new(StringComparer.Ordinal);

    public int Records { get; private set; }

    public int Orders { get; private set; }

    public int OrderLines { get; private set; }

    public decimal Gross { get; private set; }

    public int Refunds { get; private set; }

    public int RefundLines { get; private set; }

    public decimal Refunded { get; private set; }

    public int Movements { get; private set; }

    public decimal MovementValue { get; private set; }

    public int Products { get; private set; }

    public int Prices { get; private set; }

    public int Customers => customers.Count;

    public int Lines => OrderLines + RefundLines + Movements;

    public decimal Money => Gross - Refunded + MovementValue;

    /// <summary>Adds a canonical event.</summary>
    public void Add(ReadOnlyMemory<byte> record)
    {
        using var document = JsonDocument.Parse(record);
        Records++;
        var data = document.RootElement.GetProperty("data");
        switch (document.RootElement.GetProperty("type").GetString())
        {
            case "stockgate.order.placed.v1":
                AddOrder(data, "lines", "unitPrice");
                if (data.TryGetProperty("customerId", out var customer) && customer.GetString() is { } id)
                    customers.Add(id);
                break;
            case "stockgate.order.refunded.v1":
                Refunds++;
                RefundLines += data.GetProperty("lines").GetArrayLength();
                Refunded += Sum(data.GetProperty("lines"), "unitPrice");
                if (data.TryGetProperty("customerId", out var payee) && payee.GetString() is { } payeeId)
                    customers.Add(payeeId);
                break;
            case "stockgate.stock.moved.v1":
                Movements++;
                MovementValue += data.TryGetProperty("unitPrice", out var price)
                    ? price.GetDecimal() * data.GetProperty("quantity").GetDecimal()
                    : 0;
                break;
            case "stockgate.product.updated.v1":
                Products++;
                break;
            case "stockgate.price.changed.v1":
                Prices++;
                break;
        }
    }

    /// <summary>Adds a delivery of Shopify's.</summary>
    public void AddShopify(string topic, ReadOnlyMemory<byte> body)
    {
        using var document = JsonDocument.Parse(body);
        var root = document.RootElement;
        Records++;
        if (topic == Topics.OrdersCreate)
        {
            AddOrder(root, "line_items", "price");
            customers.Add(root.GetProperty("customer").GetProperty("id").ToString());
        }
        if (topic != Topics.RefundsCreate)
            return;
        Refunds++;
        foreach (var item in root.GetProperty("refund_line_items").EnumerateArray())
        {
            RefundLines++;
            Refunded += item.GetProperty("subtotal").GetDecimal();
        }
    }

    private void AddOrder(JsonElement order, string lines, string price)
    {
        Orders++;
        OrderLines += order.GetProperty(lines).GetArrayLength();
        Gross += Sum(order.GetProperty(lines), price);
    }

    private static decimal Sum(JsonElement lines, string price) =>
        lines.EnumerateArray().Sum(line => line.GetProperty("quantity").GetDecimal() * Number(line.GetProperty(price)));

    private static decimal Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.String
            ? decimal.Parse(value.GetString()!, System.Globalization.CultureInfo.InvariantCulture)
            : value.GetDecimal();
}
