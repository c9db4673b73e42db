using System.Text.Json;
using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Ingest.Epcis;
using Stockgate.TestSupport;

namespace Stockgate.Domain.Tests.Ingest.Epcis;

public class EpcisTests
{
    private static readonly DateTimeOffset Now = new(2026, 11, 30, 12, 0, 0, TimeSpan.Zero);

    // 10614141073464: indicator 1, company 0614141, item 07346, check digit 4.
    private const string Gtin = "10614141073464";

    private static readonly EpcisTranslator Translator = new(
        new ChannelId("wms"),
        new LocationId("elsewhere"),
        new Dictionary<string, string> { ["0614141008889"] = "dc-1" },
        new Dictionary<string, string> { [Gtin] = "MUG-1" }
    );

    private static IReadOnlyList<Translation> Read(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Translator.RecordsOf(document.RootElement).Select(static r => Translator.Translate(r, Found.Nothing, Now))];
    }

    private static string Event(string type, string step, string items, string more = "", string id = "\"eventID\":\"e1\",") =>
        $$"""
            {{{id}}"type":"{{type}}","action":"OBSERVE","bizStep":"{{step}}","eventTime":"2026-11-30T08:00:00Z","eventTimeZoneOffset":"+00:00",
             "readPoint":{"id":"urn:epc:id:sgln:0614141.00777.0"},"bizLocation":{"id":"urn:epc:id:sgln:0614141.00888.0"},{{items}}{{more}}}
            """;

    private const string Two = "\"epcList\":[\"urn:epc:id:sgtin:0614141.107346.2017\",\"urn:epc:id:sgtin:0614141.107346.2018\"]";

    private static StockMoved Move(string json) => Assert.IsType<StockMoved>(Assert.Single(Assert.Single(Read(json)).Events).Data);

    [Theory]
    [InlineData("urn:epc:id:sgtin:0614141.107346.2017", Gtin)]
    [InlineData("urn:epc:idpat:sgtin:4012345.098765.*", "04012345987652")]
    [InlineData("urn:epc:class:lgtin:4012345.012345.998877", "04012345123456")]
    [InlineData("https://id.gs1.org/01/10614141073464/21/2017", Gtin)]
    [InlineData("https://example.com/some/path/01/614141073467?x=1", "00614141073467")]
    [InlineData("urn:epc:id:sscc:0614141.1234567890", null)]
    [InlineData("urn:epc:id:sgtin:0614141.1073.2017", null)]
    [InlineData("nonsense", null)]
    public void The_gtin_of_an_epc_has_its_check_digit(string epc, string? gtin) => Assert.Equal(gtin, Gs1Keys.Gtin(epc));

    [Theory]
    [InlineData("receiving", 2, "Receipt", "dc-1")]
    [InlineData("urn:epcglobal:cbv:bizstep:receiving", 2, "Receipt", "dc-1")]
    [InlineData("https://ref.gs1.org/cbv/BizStep-receiving", 2, "Receipt", "dc-1")]
    [InlineData("shipping", -2, "Transfer", "0614141007776")]
    [InlineData("destroying", -2, "Adjustment", "0614141007776")]
    public void The_business_step_says_what_happens_to_the_stock(string step, int units, string kind, string place)
    {
        var move = Move(Event("ObjectEvent", step, Two));
        Assert.Equal(("MUG-1", units, kind, place), (move.Sku.Value, (int)move.Quantity.Value, move.Kind.ToString(), move.Location.Value));
    }

    [Fact]
    public void A_count_is_a_count()
    {
        var said = Assert.Single(Assert.Single(Read(Event("ObjectEvent", "cycle_counting", Two))).Events);
        Assert.Equal(2, Assert.IsType<StockCounted>(said.Data).Quantity!.Value.Value);
    }

    [Fact]
    public void A_transformation_uses_its_inputs_up()
    {
        var json = Event(
            "TransformationEvent",
            "commissioning",
            "\"inputQuantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.1\",\"quantity\":10,\"uom\":\"KGM\"}],\"outputEPCList\":[\"urn:epc:id:sgtin:0614141.107346.1\"]"
        );
        var moves = Assert.Single(Read(json)).Events.Select(static e => (StockMoved)e.Data).ToList();
        Assert.Equal([("04012345123456", -10m), ("MUG-1", 1m)], moves.Select(static m => (m.Sku.Value, m.Quantity.Value)));
    }

    [Fact]
    public void A_declared_error_takes_back_what_was_said_whether_it_had_come_or_not()
    {
        var original = Assert.Single(Assert.Single(Read(Event("ObjectEvent", "receiving", Two))).Events);
        const string error = ",\"errorDeclaration\":{\"declarationTime\":\"2026-11-30T09:00:00Z\",\"reason\":\"incorrect_data\"}";
        var events = Assert.Single(Read(Event("ObjectEvent", "receiving", Two, error))).Events;
        Assert.Equal(original.Header, events[0].Header);
        Assert.Equal(original.Data, events[0].Data);
        Assert.Equal(0, events.Sum(static e => ((StockMoved)e.Data).Quantity.Value));
        Assert.NotEqual(events[0].Header.Id, events[1].Header.Id);
    }

    [Fact]
    public void Without_an_id_an_event_is_known_by_what_it_says_error_or_not()
    {
        var plain = Assert.Single(Assert.Single(Read(Event("ObjectEvent", "receiving", Two, id: ""))).Events);
        const string error = ",\"errorDeclaration\":{\"declarationTime\":\"2026-11-30T09:00:00Z\"}";
        Assert.Equal(plain.Header.Id, Assert.Single(Read(Event("ObjectEvent", "receiving", Two, error, id: ""))).Events[0].Header.Id);
    }

    [Theory]
    [InlineData("packing")]
    [InlineData("retail_selling")]
    public void A_step_that_changes_no_figure_is_ignored_by_its_name(string step) =>
        Assert.Contains(step, Assert.Single(Read(Event("ObjectEvent", step, Two))).IgnoredBecause, StringComparison.Ordinal);

    [Fact]
    public void A_quantity_that_is_missing_is_no_quantity() =>
        Assert.Equal(
            "quantityList[0].quantity",
            Assert
                .Single(
                    Read(Event("ObjectEvent", "receiving", "\"quantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.1\"}]"))
                )
                .Rejection!.Field
        );

    [SharedDataTheory("epcis/Example_9.6.1-ObjectEvent.jsonld")]
    [InlineData("Example_9.6.1-ObjectEvent.jsonld", 2, -1)]
    [InlineData("Example_9.6.3-AggregationEvent.jsonld", 3, 212.5)]
    [InlineData("WithErrorDeclaration__Example_9.6.1-ObjectEvent-with-error-declaration.jsonld", 3, 1)]
    [InlineData("Example-TransactionEvents-2020_07_03y.jsonld", 0, 0)]
    [InlineData("AssociationEvent__AssociationEvent-a.jsonld", 0, 0)]
    public void The_examples_of_gs1_come_to_their_units(string file, int events, double units)
    {
        var all = Read(File.ReadAllText(SharedData.Find($"epcis/{file}")!));
        Assert.All(all, static t => Assert.Null(t.Rejection));
        var moves = all.SelectMany(static t => t.Events).Select(static e => (StockMoved)e.Data).ToList();
        Assert.Equal((events, (decimal)units), (moves.Count, moves.Sum(static m => m.Quantity.Value)));
    }

    [Fact]
    public void No_damage_ends_in_a_fault_or_in_an_event_that_breaks_a_rule()
    {
        string[] whole =
        [
            Event("ObjectEvent", "receiving", Two, ",\"errorDeclaration\":{\"declarationTime\":\"2026-11-30T09:00:00Z\"}"),
            Event(
                "AggregationEvent",
                "shipping",
                "\"childQuantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.1\",\"quantity\":10}]"
            ),
            Event(
                "TransformationEvent",
                "commissioning",
                "\"inputQuantityList\":[{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.1\",\"quantity\":1.5,\"uom\":\"KGM\"}],\"outputEPCList\":[\"urn:epc:id:sgtin:0614141.107346.1\"]"
            ),
            Event("ObjectEvent", "cycle_counting", Two),
        ];
        for (var seed = 0; seed < 10_000; seed++)
        {
            var mutated = MutatedJson.Of(whole[seed % whole.Length], seed);
            foreach (var translation in Read(mutated))
            {
                Assert.True(
                    translation.Events.Count > 0 || translation.Rejection is not null || translation.IgnoredBecause is not null,
                    $"seed {seed}: nothing is said of {mutated}"
                );
                Assert.All(translation.Events, made => Assert.True(made.Data.Check() is null, $"seed {seed}: {made.Data.Check()}"));
            }
        }
    }

    [Fact]
    public void Moves_and_their_reversals_come_to_nothing() =>
        Prop.ForAll<PositiveInt, PositiveInt>(
                (first, second) =>
                {
                    var items =
                        $"\"quantityList\":[{{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.1\",\"quantity\":{first.Get}}},{{\"epcClass\":\"urn:epc:class:lgtin:4012345.012345.2\",\"quantity\":{second.Get}}}]";
                    var events = Assert.Single(Read(Event("ObjectEvent", "shipping", items, ",\"errorDeclaration\":{}"))).Events;
                    Assert.Equal(0, events.Sum(static e => ((StockMoved)e.Data).Quantity.Value));
                    Assert.Equal(-(first.Get + second.Get), ((StockMoved)events[0].Data).Quantity.Value);
                }
            )
            .QuickCheckThrowOnFailure();
}
