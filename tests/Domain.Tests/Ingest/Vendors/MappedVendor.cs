using System.Text.Json;
using Stockgate.Domain.Ingest.Mapping;

namespace Stockgate.Domain.Tests.Ingest.Vendors;

public class MappedMoneyTests : VendorMoneyTests
{
    internal override Vendor Open(Currency currency, string channel) => new MappedVendor(channel);
}

/// <summary>A system of nobody's, whose deliveries are read by a mapping: what a document can say comes to the same as what code says.</summary>
internal sealed class MappedVendor(string channel) : Vendor
{
    private const string Mapping = """
        {
          "events": [
            {
              "type": "stockgate.order.placed.v1",
              "when": { "path": "$.kind", "is": "order" },
              "id": { "@join": ["order:", "$.no"] },
              "time": "$.at",
              "data": {
                "orderId": "$.no",
                "currency": "$.money",
                "lines": {
                  "@each": "$.rows[*]",
                  "@when": { "path": "$.article", "exists": true },
                  "@data": {
                    "sku": "$.article", "description": "$.text", "quantity": "$.units", "unitPrice": "$.each", "discount": "$.off",
                    "tax": { "@path": "$.vat", "@when": { "not": { "path": "$$.gross", "is": true } } }
                  }
                },
                "unstocked": {
                  "@each": "$.rows[*]",
                  "@when": { "not": { "path": "$.article", "exists": true } },
                  "@data": { "description": "$.text", "quantity": "$.units", "unitPrice": "$.each" }
                },
                "charges": {
                  "shipping": "$.post", "discount": "$.off", "tips": "$.tip",
                  "tax": { "@path": "$.postVat", "@when": { "not": { "path": "$.gross", "is": true } } }
                }
              }
            },
            {
              "type": "stockgate.order.refunded.v1",
              "when": { "path": "$.kind", "is": "refund" },
              "id": { "@join": ["refund:", "$.no"] },
              "time": "$.at",
              "data": {
                "orderId": "$.order", "refundId": "$.no", "currency": "$.money", "adjustment": "$.other",
                "restockedAt": "$.shelf",
                "lines": {
                  "@each": "$.rows[*]",
                  "@data": {
                    "sku": "$.article", "description": "$.article", "quantity": "$.units", "unitPrice": "$.each",
                    "tax": { "@path": "$.vat", "@when": { "not": { "path": "$$.gross", "is": true } } }
                  }
                }
              }
            },
            {
              "type": "stockgate.order.shipped.v1",
              "when": { "all": [{ "path": "$.kind", "is": "parcel" }, { "path": "$.state", "is": "shipped" }] },
              "id": { "@join": ["parcel:", "$.no"] },
              "time": "$.at",
              "data": {
                "orderId": "$.order", "shipmentId": "$.no",
                "lines": { "@each": "$.rows[*]", "@data": { "sku": "$.article", "location": "dc", "quantity": "$.units" } }
              }
            }
          ]
        }
        """;

    private static readonly DeliveryMapping Read = Parse();

    public override bool TellsRestock => true;

    public override Translation Translate(string topic, string body)
    {
        using var document = JsonDocument.Parse(body);
        return Read.Translate(document.RootElement, new ChannelId(channel), new(2026, 3, 1, 0, 0, 0, TimeSpan.Zero)).Single().Translation;
    }

    public override IReadOnlyList<(string, string)> Placed(Sale sale) =>
        Body(
            new
            {
                kind = "order",
                no = "4711",
                at = "2026-02-28T10:00:00Z",
                money = sale.Currency.Code,
                gross = sale.TaxWithin,
                post = sale.Shipping,
                postVat = sale.ShippingTax,
                off = sale.OrderDiscount,
                tip = sale.Tip,
                rows = new object[]
                {
                    new
                    {
                        article = "MUG",
                        text = "Mug",
                        units = 2,
                        each = sale.Price,
                        off = sale.LineDiscount,
                        vat = sale.Tax,
                    },
                    new
                    {
                        text = "Engraving",
                        units = 1,
                        each = sale.Fee,
                    },
                }.Take(sale.Fee > 0 ? 2 : 1),
            }
        );

    public override IReadOnlyList<(string, string)> Refunded(Sale sale, GivenBack back) =>
        Body(
            new
            {
                kind = "refund",
                no = "R1",
                order = "4711",
                at = "2026-02-28T11:00:00Z",
                money = sale.Currency.Code,
                gross = sale.TaxWithin,
                other = back.Units == 0 ? back.Amount : 0,
                shelf = back.Restock ? "dc" : null,
                rows = Enumerable
                    .Range(0, back.Units)
                    .Select(_ => new
                    {
                        article = "MUG",
                        units = 1,
                        each = (back.Amount - (sale.TaxWithin ? 0 : back.Tax)) / back.Units,
                        vat = back.Tax / back.Units,
                    }),
            }
        );

    public override IReadOnlyList<(string, string)> Shipped(Sale sale, string state) =>
        Body(
            new
            {
                kind = "parcel",
                no = "P1",
                order = "4711",
                at = "2026-02-28T11:00:00Z",
                state,
                rows = new[] { new { article = "MUG", units = 2 } },
            }
        );

    private static (string, string)[] Body(object body) => [("", JsonSerializer.Serialize(body))];

    private static DeliveryMapping Parse()
    {
        using var document = JsonDocument.Parse(Mapping);
        return DeliveryMapping.Read(document.RootElement);
    }
}
