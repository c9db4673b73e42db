using System.Net;
using System.Text.Json;
using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Orders.Actions;

/// <summary>Actions on orders of a shop that refunds and ships by itself: what it did is taken off what can be asked for.</summary>
public sealed class ShopifyOrderTests(OrderWorld world) : IClassFixture<OrderWorld>
{
    private const string Fulfilment = "webhooks/shopify/fulfillment.json";

    [SharedDataFact(Fulfilment)]
    public async Task An_action_after_the_vendors_shipment_and_a_refund_of_the_shop_sees_the_money_that_is_left()
    {
        using var fixture = JsonDocument.Parse(File.ReadAllText(SharedData.Find(Fulfilment)!));
        var shipment = fixture.RootElement.EnumerateObject().First().Value;
        var lines = shipment
            .GetProperty("line_items")
            .EnumerateArray()
            .Select(static l =>
                (
                    Sku: l.GetProperty("sku").GetString()!,
                    Price: decimal.Parse(l.GetProperty("price").GetString()!, System.Globalization.CultureInfo.InvariantCulture),
                    Quantity: l.GetProperty("quantity").GetInt32()
                )
            )
            .ToList();
        var (id, gross) = (shipment.GetProperty("order_id").GetInt64(), lines.Sum(static l => l.Price * l.Quantity));
        await TakenAsync(
            "orders/create",
            new
            {
                id,
                created_at = shipment.GetProperty("created_at").GetString(),
                currency = "GBP",
                customer = new { id = 7 },
                line_items = lines.Select(static l => new
                {
                    variant_id = 11,
                    title = "IPod Nano",
                    quantity = l.Quantity,
                    price = Text(l.Price),
                    sku = l.Sku,
                    total_discount = "0.00",
                }),
            }
        );
        await TakenAsync("fulfillments/create", shipment);
        await TakenAsync(
            "refunds/create",
            new
            {
                id = 61,
                order_id = id,
                created_at = "2026-03-02T19:00:00Z",
                // All of it came back; fifteen pounds were kept, for the last line was scratched.
                refund_line_items = lines.Select(
                    (l, i) =>
                        new
                        {
                            quantity = l.Quantity,
                            restock_type = "no_restock",
                            subtotal = l.Price * l.Quantity - (i == lines.Count - 1 ? 15 : 0),
                            line_item = new
                            {
                                sku = l.Sku,
                                variant_id = 11,
                                title = "IPod Nano",
                                price = Text(l.Price),
                            },
                        }
                ),
            }
        );

        using (
            var more = await world.Running.CallAsync(
                HttpMethod.Post,
                $"orders/{id}/actions",
                "sue",
                "{\"action\":\"Refund\",\"reason\":\"x\",\"amount\":15.01}"u8.ToArray()
            )
        )
            await Problem.IsAsync(more, 409, "not-feasible", "action");
        var action = await world.AskRefundAsync(id.ToString(System.Globalization.CultureInfo.InvariantCulture), 15);
        await world.UntilAsync($"{id}", action, "Done");
        Assert.Equal(15m, world.Partners.Orders.RefundedOf(new OrderId($"{id}")));
        Assert.Equal(gross, (await world.Running.ReadAsync($"orders/{id}")).GetProperty("refunded").GetDecimal());
        using var nothing = await world.Running.CallAsync(
            HttpMethod.Post,
            $"orders/{id}/actions",
            "sue",
            "{\"action\":\"Refund\",\"reason\":\"x\"}"u8.ToArray()
        );
        Assert.Equal(HttpStatusCode.Conflict, nothing.StatusCode);
    }

    private static string Text(decimal amount) => amount.ToString("0.00", System.Globalization.CultureInfo.InvariantCulture);

    private async Task TakenAsync(string topic, object body)
    {
        var receipt = await world.Running.Partner.ShopifyAsync(topic, JsonSerializer.Serialize(body));
        Assert.True(receipt.GetProperty("accepted").GetInt32() == 1, receipt.ToString());
        await world.Running.ProjectedAsync();
    }
}
