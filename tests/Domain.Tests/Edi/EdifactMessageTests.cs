using Stockgate.Domain.Ingest;

namespace Stockgate.Domain.Tests.Edi;

public class EdifactMessageTests
{
    private const string Response = """
        BGM+231+RSP-9+4
        DTM+137:20260301:102
        DTM+2:20260310:102
        RFF+ON:PO-4711
        NAD+SU+4012345500004::9
        NAD+DP+5412345000020::9
        LIN+1+3+4000862141404:EN
        PIA+1+SKU-1:IN
        QTY+21:48
        QTY+113:40
        DTM+67:20260312:102
        """;

    [Fact]
    public void A_changed_line_of_a_response_is_a_confirmation_of_what_comes_and_when() =>
        Assert.Equal(
            """{"sku":"SKU-1","supplier":"acme","location":"warehouse","purchaseOrder":"PO-4711","quantity":40,"dueAt":"2026-03-12T00:00:00.0000000\u002B00:00","answer":"Changed"}""",
            Interchange.DataOf(Interchange.Edifact("ORDRSP", Response))
        );

    [Fact]
    public void A_line_has_the_same_id_in_whichever_interchange_it_comes()
    {
        var text = Interchange.Edifact("ORDRSP", Response);
        var first = Interchange.EventOf(Interchange.Read(text)[0]);
        var again = Interchange.EventOf(Interchange.Read(text.Replace("+77'", "+78'", StringComparison.Ordinal))[0]);
        Assert.Equal("ORDRSP/RSP-9/20260301000000/1", first.GetProperty("id").GetString());
        Assert.Equal(first.GetProperty("id").GetString(), again.GetProperty("id").GetString());
        Assert.Equal(
            ("edi/4012345500004", 77, 78),
            (first.GetProperty("source").GetString(), first.GetProperty("sequence").GetInt32(), again.GetProperty("sequence").GetInt32())
        );
    }

    [Theory]
    [InlineData("5", "4", "Accepted", 48)]
    [InlineData("6", "4", "Changed", 48)]
    [InlineData("7", "4", "Rejected", 0)]
    [InlineData("2", "4", "Rejected", 0)]
    [InlineData("", "29", "Accepted", 48)]
    [InlineData("", "27", "Rejected", 0)]
    [InlineData("", "4", "Accepted", 48)]
    public void The_line_says_whether_it_is_delivered_else_the_message(string line, string message, string answer, int units)
    {
        var data = Interchange.DataOf(
            Interchange.Edifact(
                "ORDRSP",
                $"""
                BGM+231+RSP-9+{message}
                DTM+137:20260301:102
                DTM+2:20260310:102
                RFF+ON:PO-1
                NAD+DP+north
                LIN+1+{line}+SKU-1:IN
                QTY+21:48
                """
            )
        );
        Assert.Contains($"\"answer\":\"{answer}\"", data, StringComparison.Ordinal);
        Assert.Contains($"\"quantity\":{units},", data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_despatch_advice_is_what_is_on_its_way() =>
        Assert.Equal(
            """{"sku":"SKU-1","supplier":"acme","location":"warehouse","purchaseOrder":"PO-2","quantity":12,"dueAt":"2026-03-04T08:00:00.0000000\u002B00:00","shipment":"DES-5","shippedAt":"2026-03-02T00:00:00.0000000\u002B00:00"}""",
            Interchange.DataOf(
                Interchange.Edifact(
                    "DESADV",
                    """
                    BGM+351+DES-5+9
                    DTM+137:20260301:102
                    DTM+11:20260302:102
                    DTM+17:202603040800:203
                    NAD+DP+5412345000020::9
                    CPS+1
                    LIN+1++4000862141404:EN
                    PIA+1+SKU-1:IN
                    QTY+12:12:PCE
                    RFF+ON:PO-2
                    CNT+2:1
                    """
                )
            )
        );

    [Fact]
    public void A_despatch_advice_that_is_called_off_is_of_nothing()
    {
        const string body =
            "BGM+351+DES-5+9\nDTM+137:20260301:102\nDTM+17:20260304:102\nRFF+ON:PO-2\nNAD+DP+north\nLIN+1++SKU-1:IN\nQTY+12:12";
        var sent = Interchange.EventOf(Interchange.Read(Interchange.Edifact("DESADV", body))[0]);
        var calledOff = Interchange.Edifact("DESADV", body.Replace("DES-5+9", "DES-5+1", StringComparison.Ordinal));
        var off = Interchange.EventOf(Interchange.Read(calledOff)[0]);
        Assert.Equal((12, 0), (Units(sent), Units(off)));
        Assert.NotEqual(sent.GetProperty("id").GetString(), off.GetProperty("id").GetString());

        static int Units(System.Text.Json.JsonElement said) => said.GetProperty("data").GetProperty("quantity").GetInt32();
    }

    [Fact]
    public void A_test_interchange_changes_nothing()
    {
        var text = Interchange.Edifact("ORDRSP", Response).Replace(":1005+77'", ":1005+77++++++1'", StringComparison.Ordinal);
        Assert.Equal("is of a test interchange", Assert.Single(Interchange.Read(text)).IgnoredBecause);
    }

    [Fact]
    public void An_inventory_report_is_a_count_at_the_place_that_it_names() =>
        Assert.Equal(
            """{"sku":"4000862141404","location":"warehouse","quantity":7.5,"basis":"OnHand"}""",
            Interchange.DataOf(
                Interchange.Edifact(
                    "INVRPT",
                    """
                    BGM+35+INV-1+9
                    DTM+137:20260301:102
                    LIN+1++4000862141404:EN
                    QTY+145:7,5:KGM
                    LOC+14+5412345000020::9
                    """
                )
            )
        );

    [Fact]
    public void A_price_catalogue_is_what_a_unit_costs_and_from_when()
    {
        var records = Interchange.Read(
            Interchange.Edifact(
                "PRICAT",
                """
                BGM+9+PC-1+9
                DTM+137:20260301:102
                DTM+194:20260401:102
                CUX+2:GBP:8
                PGI+2
                LIN+1+3+4000862141404:EN
                PRI+AAA:480:CA::10
                LIN+2+2+4000862141405:EN
                LIN+3++4000862141406:EN
                PRI+AAB:9.99
                """
            )
        );
        Assert.Equal(
            """{"sku":"4000862141404","supplier":"acme","unitCost":48,"currency":"GBP","from":"2026-04-01T00:00:00.0000000\u002B00:00"}""",
            Interchange.EventOf(records[0]).GetProperty("data").GetRawText()
        );
        Assert.Equal(
            [null, "deletes the item from the catalogue", "has no net price (PRI AAA)"],
            records.Select(static r => r.IgnoredBecause)
        );
    }

    [Fact]
    public void Packs_are_not_taken_for_units()
    {
        var record = Assert.Single(
            Interchange.Read(Interchange.Edifact("ORDRSP", Response.Replace("113:40", "113:4:CT", StringComparison.Ordinal)))
        );
        Assert.Equal("is in CT, and how many units one holds is not said; have the supplier send units", record.Broken?.Reason);
    }

    [Fact]
    public void What_a_line_lacks_is_found_by_the_rules_of_the_event()
    {
        var text = Interchange.Edifact("ORDRSP", Response.Replace("RFF+ON:PO-4711\n", "", StringComparison.Ordinal));
        var read = CloudEventReader.Read(
            Assert.Single(Interchange.Read(text)).Content.Span,
            new ChannelId("acme"),
            new DateTimeOffset(2026, 3, 2, 0, 0, 0, TimeSpan.Zero)
        );
        Assert.Contains("purchaseOrder", read.Rejection?.Reason, StringComparison.Ordinal);
    }

    [Fact]
    public void A_message_of_another_type_and_one_without_lines_are_ignored()
    {
        Assert.Contains(
            "INVOIC",
            Assert.Single(Interchange.Read(Interchange.Edifact("INVOIC", "BGM+380+1"))).IgnoredBecause,
            StringComparison.Ordinal
        );
        Assert.Equal(
            "has no lines (ORDRSP)",
            Assert.Single(Interchange.Read(Interchange.Edifact("ORDRSP", "BGM+231+1+29"))).IgnoredBecause
        );
    }
}
