using System.Text.Json;
using System.Text.Json.Nodes;

namespace Stockgate.Domain.Tests.Ingest;

/// <summary>Records as a sender writes them.</summary>
internal static class CloudEvent
{
    /// <summary>A data of each accepted type, with every field that has no default.</summary>
    public static readonly IReadOnlyDictionary<string, string> Data = new Dictionary<string, string>
    {
        ["stockgate.product.updated.v1"] = """{"sku":"A","title":"Mug"}""",
        ["stockgate.price.changed.v1"] = """{"sku":"A","price":2.55,"currency":"GBP"}""",
        ["stockgate.stock.counted.v1"] = """{"sku":"A","location":"L1","quantity":5}""",
        ["stockgate.stock.moved.v1"] = """{"sku":"A","location":"L1","quantity":-2,"kind":"Adjustment","reason":"damaged"}""",
        ["stockgate.order.placed.v1"] =
            """{"orderId":"1001","currency":"GBP","lines":[{"sku":"A","description":"Mug","quantity":1,"unitPrice":2.55}]}""",
        ["stockgate.order.cancelled.v1"] = """{"orderId":"1001"}""",
        ["stockgate.order.refunded.v1"] =
            """{"orderId":"1001","refundId":"R1","currency":"GBP","lines":[{"sku":"A","description":"Mug","quantity":1,"unitPrice":2.55}]}""",
        ["stockgate.order.allocated.v1"] = """{"orderId":"1001","lines":[{"sku":"A","location":"L1","quantity":1}]}""",
        ["stockgate.order.shipped.v1"] = """{"orderId":"1001","shipmentId":"S1","lines":[{"sku":"A","location":"L1","quantity":1}]}""",
        ["stockgate.order.delivered.v1"] = """{"orderId":"1001","shipmentId":"S1"}""",
        ["stockgate.order.picked.v1"] = """{"orderId":"1001","pickId":"K1","lines":[{"sku":"A","location":"L1","quantity":1}]}""",
        ["stockgate.order.held.v1"] = """{"orderId":"1001","held":true}""",
        ["stockgate.order.address-changed.v1"] = """{"orderId":"1001","shipTo":{"addressReference":"adr-7"}}""",
        ["stockgate.order.substituted.v1"] =
            """{"orderId":"1001","substitutionId":"X1","from":"A","to":"B","quantity":1,"unitPrice":2.55}""",
        ["stockgate.order.paid.v1"] = """{"orderId":"1001","paymentId":"P1","amount":2.55,"currency":"GBP"}""",
        ["stockgate.order.posted.v1"] = """{"orderId":"1001","postingId":"F1","kind":"Sale","amount":2.55,"currency":"GBP"}""",
        ["stockgate.order.action-answered.v1"] = """{"orderId":"1001","actionId":"act-1","revision":1,"answer":"Confirmed"}""",
        ["stockgate.competitor.price-observed.v1"] = """{"sku":"A","competitor":"Other","price":1.99,"currency":"GBP"}""",
        ["stockgate.price.channel-answered.v1"] = """{"sku":"A","salesChannel":"pos","region":"north","revision":1,"answer":"Confirmed"}""",
        ["stockgate.price.observed.v1"] = """{"sku":"A","salesChannel":"pos","price":9.5,"currency":"GBP"}""",
        ["stockgate.promotion.channel-answered.v1"] =
            """{"promotion":"P","channel":"pos","revision":1,"step":"Prepare","answer":"Confirmed"}""",
        ["stockgate.promotion.channel-ready.v1"] = """{"promotion":"P","channel":"wms","answer":"Ready"}""",
        ["stockgate.promotion.funding-confirmed.v1"] = """{"promotion":"P","supplier":"S","reference":"F-1"}""",
        ["stockgate.promotion.capacity-confirmed.v1"] = """{"promotion":"P","supplier":"S","sku":"A","capacity":100}""",
        ["stockgate.promotion.store-task.v1"] = """{"promotion":"P","store":"L1","task":"signage"}""",
        ["stockgate.promotion.allocated.v1"] = """{"promotion":"P","sku":"A","region":"north","allocated":10}""",
        ["stockgate.promotion.claim-paid.v1"] = """{"promotion":"P","supplier":"S","reference":"F-1","amount":12.5,"currency":"GBP"}""",
        ["stockgate.supplier.confirmed.v1"] =
            """{"sku":"A","supplier":"S","purchaseOrder":"PO1","location":"L1","quantity":10,"dueAt":"2026-04-01T00:00:00Z"}""",
        ["stockgate.supplier.shipped.v1"] =
            """{"sku":"A","supplier":"S","purchaseOrder":"PO1","location":"L1","shipment":"SH1","quantity":10,"dueAt":"2026-04-01T00:00:00Z"}""",
        ["stockgate.supplier.cost.v1"] = """{"sku":"A","supplier":"S","unitCost":3.25,"currency":"GBP"}""",
    };

    public static JsonObject Of(string type, string? data = null) =>
        new()
        {
            ["specversion"] = "1.0",
            ["id"] = "e1",
            ["source"] = "erp",
            ["type"] = type,
            ["time"] = "2026-03-01T09:00:00Z",
            ["data"] = JsonNode.Parse(data ?? Data[type]),
        };

    public static ReadRecord Read(JsonNode record) => Read(record.ToJsonString());

    public static ReadRecord Read(string record) => CloudEventReader.Read(Given.Utf8(record), Given.Channel, Given.Now);

    /// <summary>
    /// The type's data with one member set to some JSON, or taken away where that is null; a path as in <c>lines.0.sku</c>.
    /// </summary>
    public static string With(string type, string path, string? json)
    {
        JsonNode node = JsonNode.Parse(Data[type])!;
        var (root, steps) = (node, path.Split('.'));
        foreach (var step in steps[..^1])
            node = node is JsonArray array ? array[int.Parse(step)]! : node[step]!;
        if (node is JsonArray list)
            list[int.Parse(steps[^1])] = json is null ? null : JsonNode.Parse(json);
        else if (json is null)
            ((JsonObject)node).Remove(steps[^1]);
        else
            node[steps[^1]] = JsonNode.Parse(json);
        return root.ToJsonString(
            new JsonSerializerOptions { Encoder = System.Text.Encodings.Web.JavaScriptEncoder.UnsafeRelaxedJsonEscaping }
        );
    }
}
