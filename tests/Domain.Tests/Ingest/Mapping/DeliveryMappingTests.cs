namespace Stockgate.Domain.Tests.Ingest.Mapping;

public class DeliveryMappingTests
{
    /// <summary>An order system of nobody's, with pence, its own words for places, local times, and lines in a list.</summary>
    private const string Orders = """
        {
          "description": "orders of the old till system",
          "records": "$$.batch.orders",
          "events": [
            {
              "type": "stockgate.order.placed.v1",
              "when": { "path": "$.state", "in": ["NEW", "PAID"] },
              "id": { "@join": ["order:", "$.no"] },
              "time": { "@path": "$.created", "@time": { "format": "dd/MM/yyyy HH:mm", "zone": "Europe/London" } },
              "sequence": "$.version",
              "data": {
                "orderId": "$.no",
                "currency": { "@path": "$$.batch.currency", "@else": "GBP" },
                "location": { "@path": "$.place", "@lookup": { "map": { "17": "store-17" } } },
                "lines": {
                  "@each": "$.items[*]",
                  "@when": { "not": { "path": "$.kind", "is": "deposit" } },
                  "@data": {
                    "sku": { "@path": "$.article", "@text": { "trim": "0", "prefix": "ART-" } },
                    "description": { "@first": ["$.text", "$.article"] },
                    "quantity": { "@path": "$.cases", "@number": { "times": 6 } },
                    "unitPrice": { "@path": "$.pence", "@number": { "times": 0.01 } }
                  }
                },
                "charges": { "shipping": { "@path": "$.post", "@number": { "decimal": "," } } }
              }
            },
            {
              "type": "stockgate.order.cancelled.v1",
              "when": { "path": "$.state", "is": "VOID" },
              "id": { "@join": ["order:", "$.no", ":void"] },
              "time": { "@path": "$.changed", "@time": { "format": "unix" } },
              "data": { "orderId": "$.no", "reason": "voided at the till" }
            }
          ]
        }
        """;

    private const string Batch = """
        {"batch":{"currency":"EUR","orders":[
          {"no":4711,"state":"PAID","created":"28/02/2026 09:15","version":3,"place":17,"post":"1.234,50",
           "items":[{"article":"000042","text":"Mug","cases":"2","pence":995},{"article":"9","kind":"deposit","cases":1,"pence":25}]},
          {"no":4712,"state":"VOID","changed":1772272800},
          {"no":4713,"state":"DRAFT"}]}}
        """;

    [Fact]
    public void A_system_of_nobodys_needs_no_code()
    {
        var records = Mapped.Records(Orders, Batch);
        Assert.All(records, static r => Assert.Null(r.Translation.Rejection));
        var placed = Assert.IsType<OrderPlaced>(Assert.Single(records[0].Translation.Events).Data);
        Assert.Equal(("4711", "EUR", "store-17"), (placed.OrderId.Value, placed.Currency.Code, placed.Location?.Value));
        var line = Assert.Single(placed.Lines);
        Assert.Equal(("ART-42", "Mug", 12m, 9.95m), (line.Sku.Value, line.Description, line.Quantity.Value, line.UnitPrice));
        Assert.Equal(1234.50m, placed.Charges?.Shipping);
    }

    [Fact]
    public void The_event_is_known_by_its_id_time_and_sequence()
    {
        var header = Mapped.Records(Orders, Batch)[0].Translation.Events[0].Header;
        Assert.Equal(
            ("order:4711", "mapping/web", 3L, new DateTimeOffset(2026, 2, 28, 9, 15, 0, TimeSpan.Zero)),
            (header.Id, header.Source, header.Sequence, header.OccurredAt)
        );
    }

    [Fact]
    public void The_rule_that_fits_the_record_is_taken()
    {
        Assert.IsType<OrderCancelled>(Mapped.Records(Orders, Batch)[1].Translation.Events[0].Data);
        Assert.Contains("no rule", Mapped.Records(Orders, Batch)[2].Translation.IgnoredBecause, StringComparison.Ordinal);
    }

    [Fact]
    public void A_word_that_is_not_in_the_map_is_named()
    {
        var rejected = Mapped.Rejected(
            Orders,
            """{"batch":{"orders":[{"no":1,"state":"NEW","created":"28/02/2026 09:15","place":99,"items":[]}]}}"""
        );
        Assert.Equal("events[0].data.location.@lookup", rejected.Field);
        Assert.Contains("'99'", rejected.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_record_that_is_refused_is_known_by_its_id_and_type()
    {
        var record = Mapped
            .Records(Orders, """{"batch":{"orders":[{"no":7,"state":"NEW","created":"28/02/2026 09:15","place":99,"items":[]}]}}""")
            .Single();
        Assert.Equal(("order:7", "stockgate.order.placed.v1"), (record.Id, record.Type));
    }

    [Fact]
    public void One_item_of_a_list_may_be_an_event_of_its_own()
    {
        var mapping =
            """{"events":[{"type":"stockgate.stock.counted.v1","each":"$.levels[*]","id":{"@join":["$$.run",":","$.sku"]},"time":"$$.at","data":{"sku":"$.sku","location":"$$.store","quantity":"$.n"}}]}""";
        var records = Mapped.Records(
            mapping,
            """{"run":"r1","at":"2026-02-28T10:00:00Z","store":"L1","levels":[{"sku":"A","n":1},{"sku":"B","n":2}]}"""
        );
        Assert.Equal(["r1:A", "r1:B"], Assert.Single(records).Translation.Events.Select(static e => e.Header.Id));
    }

    [Fact]
    public void A_list_is_its_records() =>
        Assert.Equal(2, Mapped.Records(Mapped.Counting("quantity", "\"$.n\""), """[{"id":1,"n":1},{"id":2,"n":2}]""").Count);

    [Fact]
    public void The_canonical_rules_hold() =>
        Assert.Equal("data.quantity", Mapped.Rejected(Mapped.Counting("quantity", "\"$.n\""), """{"id":1,"n":1e12}""").Field);

    [Theory]
    [InlineData("""{"id":1,"sku":null}"""), InlineData("""{"id":1}"""), InlineData("""{"id":1,"sku":{"a":1}}""")]
    public void A_required_field_that_is_not_there_rejects_the_record(string body) =>
        Assert.NotNull(Mapped.Records(Mapped.Counting("sku", "\"$.sku\""), body).Single().Translation.Rejection);

    [Fact]
    public void Damaged_deliveries_end_in_events_that_obey_their_rules_or_in_a_reason()
    {
        for (var seed = 0; seed < 10_000; seed++)
            foreach (var record in Mapped.Records(Orders, MutatedJson.Of(Batch, seed)))
            {
                var made = record.Translation;
                Assert.True(made.Events.Count > 0 || made.Rejection is not null || made.IgnoredBecause is not null, $"seed {seed}");
                Assert.All(made.Events, e => Assert.True(e.Data.Check() is null, $"seed {seed}"));
            }
    }
}
