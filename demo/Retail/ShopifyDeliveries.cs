using System.Globalization;
using System.Text.Json;
using Topics = Stockgate.Domain.Ingest.Shopify.ShopifyTopics;

namespace Stockgate.Demo.Retail;

/// <summary>Deliveries in the form that Shopify sends them, with the fields that matter here.</summary>
internal static class ShopifyDeliveries
{
    private const int LocationId = 9001;

    public static PartnerPost Order(OnlineOrder order, DateTimeOffset at, int customer) =>
        Delivery(
            Topics.OrdersCreate,
            new
            {
                id = order.Id,
                created_at = Time(at),
                updated_at = Time(at),
                currency = "GBP",
                source_name = "web",
                location_id = (int?)null,
                customer = new { id = customer },
                shipping_address = new { country_code = "GB", zip = "LS1 4DY" },
                line_items = order.Lines.Select(static (line, i) => Line(line, i)),
            }
        );

    public static PartnerPost Cancelled(OnlineOrder order, DateTimeOffset at) =>
        Delivery(
            Topics.OrdersCancelled,
            new
            {
                id = order.Id,
                updated_at = Time(at),
                cancelled_at = Time(at),
                cancel_reason = "customer",
            }
        );

    public static PartnerPost Shipped(OnlineOrder order, DateTimeOffset at) =>
        Delivery(
            Topics.FulfillmentsCreate,
            new
            {
                id = order.Id + 1_000_000,
                order_id = order.Id,
                status = "success",
                created_at = Time(at),
                updated_at = Time(at),
                location_id = LocationId,
                line_items = order.Lines.Select(static (line, i) => Line(line, i)),
            }
        );

    public static PartnerPost Returned(OnlineOrder order, BasketLine line, DateTimeOffset at) =>
        Delivery(
            Topics.RefundsCreate,
            new
            {
                id = order.Id + 2_000_000,
                order_id = order.Id,
                created_at = Time(at),
                refund_line_items = new[]
                {
                    new
                    {
                        quantity = line.Quantity,
                        restock_type = "return",
                        location_id = LocationId,
                        subtotal = line.Price * line.Quantity,
                        line_item = Line(line, 0),
                    },
                },
                transactions = new[]
                {
                    new { amount = (line.Price * line.Quantity).ToString(CultureInfo.InvariantCulture), currency = "GBP" },
                },
            }
        );

    private static object Line(BasketLine line, int i) =>
        new
        {
            id = i + 1,
            variant_id = 1000 + i,
            title = line.Sku,
            sku = line.Sku,
            quantity = line.Quantity,
            price = line.PriceText,
            total_discount = "0.00",
        };

    private static string Time(DateTimeOffset at) => at.ToString("yyyy-MM-ddTHH:mm:sszzz", CultureInfo.InvariantCulture);

    private static PartnerPost Delivery(string topic, object body) => new(JsonSerializer.SerializeToUtf8Bytes(body), topic);
}
