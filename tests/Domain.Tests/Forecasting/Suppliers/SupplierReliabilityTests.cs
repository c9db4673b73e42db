using Stockgate.Domain.Forecasting.Suppliers;

namespace Stockgate.Domain.Tests.Forecasting.Suppliers;

public class SupplierReliabilityTests
{
    private static readonly SupplierId Dairy = new("Dairy");
    private static readonly DateOnly Day = new(2026, 3, 1);

    private static Confirmation Line(string order, int due = 5, decimal units = 10, int ordered = 0) =>
        new(order, new Sku("A"), Dairy, Day.AddDays(ordered), Day.AddDays(due), new Quantity(units));

    private static Receipt Came(string order, int day, decimal units = 10) =>
        new(order, new Sku("A"), Day.AddDays(day), new Quantity(units));

    private static SupplierReliability Of(Confirmation[] lines, Receipt[] receipts, int asOf = 30) =>
        SupplierReliability.Of(Dairy, lines, receipts, Day.AddDays(asOf));

    [Fact]
    public void On_time_in_full_is_all_of_it_by_the_day()
    {
        var r = Of(
            [Line("1"), Line("2"), Line("3"), Line("4")],
            [Came("1", 5), Came("2", 6), Came("3", 4, 6), Came("3", 5, 4), Came("4", 5, 9)]
        );
        Assert.Equal((4, 0.5), (r.Lines, r.OnTimeInFull.Share));
        Assert.Equal(39 / 40.0, r.FillRate, 9);
        // A day late, and one that still isn't whole: 25 days so far.
        Assert.Equal((0 + 1 + 0 + 25) / 4.0, r.Late, 9);
        Assert.Equal((5 + 6 + 5) / 3.0, r.LeadTime!.Value, 9);
        Assert.Equal(6, r.LeadTimeP90);
        Assert.EndsWith("Only 4 lines, so the figures are uncertain", r.Words, StringComparison.Ordinal);
    }

    [Fact]
    public void A_line_whose_day_has_not_passed_is_not_judged_unless_it_is_there()
    {
        var r = Of([Line("due", 40), Line("early", 40)], [Came("early", 10), Came("due", 10, 3)]);
        Assert.Equal((1, 1.0), (r.Lines, r.OnTimeInFull.Share));
        var none = Of([Line("due", 40)], [Came("due", 35)]);
        Assert.Equal((0, null), (none.Lines, none.LeadTime));
        Assert.Equal("No order of Dairy has been due: its reliability is unknown", none.Words);
    }

    [Fact]
    public void More_than_was_promised_does_not_make_up_for_less_elsewhere() =>
        Assert.Equal(0.5, Of([Line("1"), Line("2")], [Came("1", 5, 20)]).FillRate);

    [Fact]
    public void Other_suppliers_lines_are_not_its_own() =>
        Assert.Equal(1, Of([Line("1"), Line("2") with { Supplier = new SupplierId("x") }], []).Lines);

    [Fact]
    public void Wilsons_interval_is_that_of_the_books()
    {
        // Newcombe 1998, Statistics in Medicine 17, table I: 81 of 263 and 0 of 20.
        var share = ShareInterval.Of(81, 263);
        Assert.Equal((0.2553, 0.3662), (Math.Round(share.Low, 4), Math.Round(share.High, 4)));
        Assert.Equal((0, 0.1611), (ShareInterval.Of(0, 20).Low, Math.Round(ShareInterval.Of(0, 20).High, 4)));
        Assert.Equal(new ShareInterval(0, 0, 1), ShareInterval.Of(0, 0));
        Assert.Throws<ArgumentOutOfRangeException>(static () => ShareInterval.Of(3, 2));
    }

    [Fact]
    public void More_lines_make_it_surer_and_a_share_is_always_inside() =>
        Prop.ForAll<int>(static seed =>
            {
                var random = new Random(seed);
                var cases = random.Next(1, 200);
                var hits = random.Next(cases + 1);
                var (one, ten) = (ShareInterval.Of(hits, cases), ShareInterval.Of(10 * hits, 10 * cases));
                return one.Low <= one.Share
                    && one.Share <= one.High
                    && one.Low >= 0
                    && one.High <= 1
                    && ten.High - ten.Low < one.High - one.Low;
            })
            .Check(Config.QuickThrowOnFailure);
}
