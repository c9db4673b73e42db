namespace Stockgate.Domain.Tests.Edi;

public class X12MessageTests
{
    private static string Acknowledgment(string type, params string[] acks) =>
        Interchange.X12(
            "855",
            $"""
            BAK*00*{type}*PO-4711*20260226****SO-1*20260301
            N1*ST**92*5412345000020
            PO1*1*48*EA*9.95**UP*400086214140*BP*SKU-1
            {string.Join('\n', acks)}
            DTM*067*20260312
            CTT*1*48
            """
        );

    [Fact]
    public void An_acknowledgment_is_a_confirmation() =>
        Assert.Equal(
            """{"sku":"SKU-1","supplier":"acme","location":"warehouse","purchaseOrder":"PO-4711","quantity":48,"dueAt":"2026-03-12T00:00:00.0000000\u002B00:00","answer":"Accepted"}""",
            Interchange.DataOf(Acknowledgment("AD"))
        );

    [Theory]
    [InlineData("AC", "ACK*IA*48*EA*068*20260311", "Accepted", 48, "03-11")]
    [InlineData("AC", "ACK*IQ*40*EA*068*20260311", "Changed", 40, "03-11")]
    [InlineData("AC", "ACK*DR*48*EA*068*20260320", "Changed", 48, "03-20")]
    [InlineData("AC", "ACK*IR*48*EA", "Rejected", 0, "03-12")]
    [InlineData("AC", "ACK*IA*30*EA*068*20260311\nACK*IB*18*EA*068*20260318", "Changed", 48, "03-18")]
    [InlineData("AC", "ACK*IA*30*EA*068*20260311\nACK*IR*18*EA", "Changed", 30, "03-11")]
    [InlineData("RD", "", "Rejected", 0, "03-12")]
    public void The_status_of_a_line_says_what_comes_and_when(string order, string acks, string answer, int units, string day)
    {
        var data = Interchange.DataOf(Acknowledgment(order, acks));
        Assert.Contains($"\"answer\":\"{answer}\"", data, StringComparison.Ordinal);
        Assert.Contains($"\"quantity\":{units},", data, StringComparison.Ordinal);
        Assert.Contains($"\"dueAt\":\"2026-{day}T", data, StringComparison.Ordinal);
    }

    [Fact]
    public void A_test_interchange_changes_nothing() =>
        Assert.Equal(
            "is of a test interchange",
            Assert.Single(Interchange.Read(Acknowledgment("AD").Replace("*0*P*>", "*0*T*>", StringComparison.Ordinal))).IgnoredBecause
        );

    [Fact]
    public void A_ship_notice_has_the_order_and_the_date_of_the_levels_above()
    {
        var records = Interchange.Read(
            Interchange.X12(
                "856",
                """
                BSN*00*SHIP-1*20260301*1200
                HL*1**S
                DTM*011*20260302
                DTM*017*20260304
                N1*ST**92*5412345000020
                HL*2*1*O
                PRF*PO-1
                HL*3*2*P
                HL*4*3*I
                LIN**BP*SKU-1
                SN1**12*EA
                HL*5*1*O
                PRF*PO-2
                HL*6*5*I
                LIN**BP*SKU-2
                SN1**5*EA
                CTT*6*17
                """
            )
        );
        Assert.Equal(
            """{"sku":"SKU-1","supplier":"acme","location":"warehouse","purchaseOrder":"PO-1","quantity":12,"dueAt":"2026-03-04T00:00:00.0000000\u002B00:00","shipment":"SHIP-1","shippedAt":"2026-03-02T00:00:00.0000000\u002B00:00"}""",
            Interchange.EventOf(records[0]).GetProperty("data").GetRawText()
        );
        Assert.Equal(
            ["PO-1", "PO-2"],
            records.Select(static r => Interchange.EventOf(r).GetProperty("data").GetProperty("purchaseOrder").GetString())
        );
    }

    [Theory]
    [InlineData("QTY*33*100*EA", "Available")]
    [InlineData("QTY*17*100*EA", "OnHand")]
    public void An_inventory_advice_is_a_count(string quantity, string basis) =>
        Assert.Equal(
            $$"""{"sku":"SKU-1","location":"acme","quantity":100,"basis":"{{basis}}"}""",
            Interchange.DataOf(
                Interchange.X12(
                    "846",
                    $"""
                    BIA*00*DD*REF-1*20260301
                    LIN*1*VN*V-1*SK*SKU-1
                    {quantity}
                    CTT*1
                    """
                )
            )
        );

    [Fact]
    public void A_price_catalog_is_what_a_unit_costs_and_not_what_customers_pay() =>
        Assert.Equal(
            """{"sku":"SKU-1","supplier":"acme","unitCost":4.75,"currency":"USD","from":"2026-04-01T00:00:00.0000000\u002B00:00"}""",
            Interchange.DataOf(
                Interchange.X12(
                    "832",
                    """
                    BCT*PC*CAT-1
                    CUR*SE*USD
                    DTM*007*20260401
                    LIN*1*BP*SKU-1
                    CTP**MSR*9.99*1*EA
                    CTP**UCP*4.75*1*EA
                    CTT*1
                    """
                )
            )
        );
}
