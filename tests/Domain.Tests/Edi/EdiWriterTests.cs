using FsCheck;
using FsCheck.Fluent;
using Stockgate.Domain.Edi;

namespace Stockgate.Domain.Tests.Edi;

public class EdiWriterTests
{
    private static readonly EdiAddress Address = new(
        "5412345000013",
        "14",
        "4012345500004",
        "14",
        42,
        new DateTimeOffset(2026, 3, 1, 10, 5, 0, TimeSpan.Zero)
    );

    private static readonly PurchaseOrder Order = new(
        "PO-7",
        new DateTimeOffset(2026, 3, 1, 10, 0, 0, TimeSpan.Zero),
        "warehouse",
        new DateTimeOffset(2026, 3, 9, 0, 0, 0, TimeSpan.Zero),
        [new(new Sku("SKU-1"), new Quantity(40), 9.95m), new(new Sku("O'Neil+1:2?"), new Quantity(2.5m), null)],
        "GBP"
    );

    [Fact]
    public void An_order_in_EDIFACT_has_its_counts_and_escapes_its_values() =>
        Assert.Equal(
            """
            UNA:+.? '
            UNB+UNOC:3+5412345000013:14+4012345500004:14+260301:1005+42'
            UNH+1+ORDERS:D:96A:UN'
            BGM+220+PO-7+9'
            DTM+137:20260301:102'
            DTM+2:20260309:102'
            NAD+BY+5412345000013::9'
            NAD+SU+4012345500004::9'
            NAD+DP+warehouse::92'
            CUX+2:GBP:9'
            LIN+1'
            PIA+5+SKU-1:IN'
            QTY+21:40:PCE'
            PRI+AAA:9.95'
            LIN+2'
            PIA+5+O?'Neil?+1?:2??:IN'
            QTY+21:2.5:PCE'
            UNS+S'
            CNT+1:42.5'
            CNT+2:2'
            UNT+19+1'
            UNZ+1+42'

            """,
            PurchaseOrderMessages.Write(Order, EdiStandard.Edifact, Address)
        );

    [Fact]
    public void An_order_in_X12_has_its_counts_and_fixed_lengths() =>
        Assert.Equal(
            """
            ISA*00*          *00*          *14*5412345000013  *14*4012345500004  *260301*1005*U*00401*000000042*0*P*>~
            GS*PO*5412345000013*4012345500004*20260301*1005*42*X*004010~
            ST*850*0001~
            BEG*05*SA*PO-7**20260301~
            CUR*BY*GBP~
            DTM*002*20260309~
            N1*ST**92*warehouse~
            PO1*1*40*EA*9.95**IN*SKU-1~
            PO1*2*2.5*EA***IN*O'Neil+1:2?~
            CTT*2*42.5~
            SE*9*0001~
            GE*1*42~
            IEA*1*000000042~

            """,
            PurchaseOrderMessages.Write(Order with { Replaces = true }, EdiStandard.X12, Address)
        );

    [Fact]
    public void A_value_with_a_separator_of_X12_gets_others()
    {
        var text = X12Writer.Write(Address, "PO", "850", [EdiSegment.Of("MSG", "a*b~c")]);
        Assert.Equal("a*b~c", Assert.Single(Assert.Single(EdiInterchanges.Read(text)).Segments)[1]);
    }

    [Fact]
    public void A_value_with_every_separator_of_X12_is_refused_and_never_written_wrongly() =>
        Assert.Throws<ArgumentException>(() => X12Writer.Write(Address, "PO", "850", [EdiSegment.Of("MSG", "*|\u001D")]));

    private static readonly Gen<char> Marks = Gen.Elements(":+'?*~>^|#!;,./\\\u001C\u001D\u001E\u001F".ToCharArray());

    private static readonly Gen<string> Values = Gen.Elements("ab1 Ä€:+'?*~>^|#!;,./\\\n".ToCharArray())
        .ListOf()
        .Select(static chars => $"v{string.Concat(chars)}v");

    private static readonly Gen<EdiSegment> Segments =
        from tag in Gen.Elements("FTX", "NAD", "RFF")
        from elements in Values.NonEmptyListOf().Select(static e => (IReadOnlyList<string>)[.. e]).NonEmptyListOf()
        select EdiSegment.Composed(tag, elements);

    [Fact]
    public void What_is_written_in_EDIFACT_is_read_with_any_separators() =>
        Prop.ForAll(
                (
                    from marks in Marks.ListOf(4).Where(static m => m.Distinct().Count() == 4)
                    from segments in Segments.NonEmptyListOf()
                    select (Syntax: new EdiSyntax(marks[0], marks[1], marks[2], marks[3]), Segments: segments.ToList())
                ).ToArbitrary(),
                static written =>
                {
                    var text = EdifactWriter.Write(Address, ["TEST", "D"], written.Segments, written.Syntax);
                    Assert.Equal(Shown(written.Segments), Shown(Assert.Single(EdiInterchanges.Read(text)).Segments));
                }
            )
            .QuickCheckThrowOnFailure();

    [Fact]
    public void What_is_written_in_X12_is_read_or_refused_before_it_is_written() =>
        Prop.ForAll(
                (
                    from marks in Marks.ListOf(3).Where(static m => m.Distinct().Count() == 3)
                    from segments in Segments.NonEmptyListOf()
                    select (Syntax: new EdiSyntax(marks[0], marks[1], marks[2], null), Segments: segments.ToList())
                ).ToArbitrary(),
                static written =>
                {
                    var all = string.Concat(written.Segments.SelectMany(static s => s.Elements).SelectMany(static e => e));
                    char[] marks = [written.Syntax.Component, written.Syntax.Element, written.Syntax.Segment];
                    if (marks.Any(all.Contains))
                    {
                        Assert.Throws<ArgumentException>(() => X12Writer.Write(Address, "PO", "850", written.Segments, written.Syntax));
                        return;
                    }
                    var text = X12Writer.Write(Address, "PO", "850", written.Segments, written.Syntax);
                    Assert.Equal(Shown(written.Segments), Shown(Assert.Single(EdiInterchanges.Read(text)).Segments));
                }
            )
            .QuickCheckThrowOnFailure();

    private static string Shown(IEnumerable<EdiSegment> segments) =>
        string.Join('\n', segments.Select(static s => $"{s.Tag}|{string.Join('|', s.Elements.Select(static e => string.Join('&', e)))}"));
}
