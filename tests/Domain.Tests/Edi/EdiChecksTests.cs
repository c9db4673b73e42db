namespace Stockgate.Domain.Tests.Edi;

/// <summary>An interchange that is not what it says of itself is refused by the segment at fault, and nothing of it is taken.</summary>
public class EdiChecksTests
{
    private static readonly string Edifact = Interchange.Edifact(
        "DESADV",
        """
        BGM+351+DES-5+9
        LIN+1++A:EN
        QTY+12:3
        LIN+2++B:EN
        QTY+12:4
        CNT+1:7
        CNT+2:2
        """
    );

    private static readonly string X12 = Interchange.X12(
        "855",
        """
        BAK*00*AD*PO-1*20260301
        PO1*1*3*EA***BP*A
        PO1*2*4*EA***BP*B
        CTT*2*7
        """
    );

    [Fact]
    public void One_that_agrees_is_read()
    {
        Assert.Equal(2, Interchange.Read(Edifact).Count);
        Assert.Equal(2, Interchange.Read(X12).Count);
    }

    [Theory]
    [InlineData("UNT+9+1", "UNT+8+1", "UNT (segment 10) says the number of segments is '8', and it is 9")]
    [InlineData("UNT+9+1", "UNT+9+2", "UNT (segment 10) says the reference of UNH is '2', and it is '1'")]
    [InlineData("UNZ+1+77", "UNZ+2+77", "UNZ (segment 11) says the number of messages is '2', and it is 1")]
    [InlineData("UNZ+1+77", "UNZ+1+78", "UNZ (segment 11) says the control reference of UNB is '78', and it is '77'")]
    [InlineData("CNT+1:7", "CNT+1:8", "CNT (segment 8) says the sum of the quantities is '8', and it is 7")]
    [InlineData("CNT+2:2", "CNT+2:3", "CNT (segment 9) says the number of lines is '3', and it is 2")]
    [InlineData("UNT+9+1'", "", "segment 10 is UNZ where UNT is expected")]
    [InlineData("UNZ+1+77'", "", "the file ends here, before the interchange does")]
    [InlineData("UNZ+1+77'", "UNZ+1+77", "segment 11 (77) has no end")]
    [InlineData("UNH+1+", "BGM+1+", "segment 2 is BGM where UNH or UNZ is expected")]
    [InlineData("UNA:+.? '", "UNA++.? '", "UNA names separators that are the same, or letters or digits")]
    public void A_wrong_EDIFACT_is_refused(string right, string wrong, string reason)
    {
        Assert.Contains(right, Edifact, StringComparison.Ordinal);
        Assert.StartsWith(reason, Interchange.Refusal(Edifact.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("SE*6*0001", "SE*5*0001", "SE (segment 8) says the number of segments is '5', and it is 6")]
    [InlineData("SE*6*0001", "SE*6*0002", "SE (segment 8) says the control number of ST is '0002', and it is '0001'")]
    [InlineData("GE*1*77", "GE*2*77", "GE (segment 9) says the number of transaction sets is '2', and it is 1")]
    [InlineData("GE*1*77", "GE*1*78", "GE (segment 9) says the control number of GS is '78', and it is '77'")]
    [InlineData("IEA*1*000000077", "IEA*2*000000077", "IEA (segment 10) says the number of groups is '2', and it is 1")]
    [InlineData("IEA*1*000000077", "IEA*1*000000078", "IEA (segment 10) says the control number of the ISA is '000000078'")]
    [InlineData("CTT*2*7", "CTT*3*7", "CTT (segment 7) says the number of lines is '3', and it is 2")]
    [InlineData("CTT*2*7", "CTT*2*8", "CTT (segment 7) says the sum of the quantities is '8', and it is 7")]
    [InlineData("SE*6*0001~", "", "segment 8 is GE where SE is expected")]
    [InlineData("*P*>~", "*PP*>~", "the ISA has not 106 characters")]
    [InlineData("IEA*1*000000077~", "", "the file ends here, before the interchange does")]
    public void A_wrong_X12_is_refused(string right, string wrong, string reason)
    {
        Assert.Contains(right, X12, StringComparison.Ordinal);
        Assert.StartsWith(reason, Interchange.Refusal(X12.Replace(right, wrong, StringComparison.Ordinal)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_wrong_second_interchange_refuses_the_first_too() =>
        Assert.StartsWith(
            "UNZ (segment 22)",
            Interchange.Refusal(Edifact + Edifact.Replace("UNZ+1+77", "UNZ+1+78", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );

    [Theory]
    [InlineData("", "the file is empty")]
    [InlineData("sku,quantity\n", "an interchange begins with UNA, UNB or ISA")]
    public void What_is_no_interchange_is_refused(string text, string reason) =>
        Assert.StartsWith(reason, Interchange.Refusal(text), StringComparison.Ordinal);

    [Fact]
    public void Interchanges_may_stand_one_after_the_other_in_both_standards() =>
        Assert.Equal(6, Interchange.Read(Edifact + X12 + Edifact).Count);

    [Fact]
    public void Groups_are_counted_instead_of_messages()
    {
        var grouped = Edifact
            .Replace("UNH+1+", "UNG+DESADV+A+B+260301:1005+5+UN+D:96A'\nUNH+1+", StringComparison.Ordinal)
            .Replace("UNZ+", "UNE+1+5'\nUNZ+", StringComparison.Ordinal);
        Assert.Equal(2, Interchange.Read(grouped).Count);
        Assert.StartsWith(
            "UNE",
            Interchange.Refusal(grouped.Replace("UNE+1+5", "UNE+1+6", StringComparison.Ordinal)),
            StringComparison.Ordinal
        );
    }

    [Fact]
    public void Without_UNA_the_usual_separators_hold() =>
        Assert.Equal(2, Interchange.Read(Edifact.Replace("UNA:+.? '\n", "", StringComparison.Ordinal)).Count);
}
