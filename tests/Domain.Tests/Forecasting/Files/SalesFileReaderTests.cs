using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;

namespace Stockgate.Domain.Tests.Forecasting.Files;

public class SalesFileReaderTests
{
    private const string Header = "day,sku,location,sold,cancelled,returned,net,currency,price,stockout\n",
        File = "sales/2026-03.csv.gz";

    private static readonly DateOnly First = new(2026, 3, 1);

    private static readonly HistoryContext Nothing = new(
        new Dictionary<Sku, ProductLine>(),
        [],
        new Dictionary<SeriesKey, StockLine>(),
        new Dictionary<DateOnly, PlannedDay>(),
        new Dictionary<LocationId, string>()
    );

    private static SalesFileReader Reader(string rows, string header = Header)
    {
        var reader = new SalesFileReader(First, 10);
        reader.Read(File, 202603, header + rows);
        return reader;
    }

    private static AssembledHistory History(string rows, HistoryContext? context = null, int horizon = 2) =>
        HistoryAssembly.Build(Reader(rows), context ?? Nothing, horizon);

    private static string Refused(string rows, string header = Header) =>
        Assert.Throws<HistoryFileException>(() => Reader(rows, header)).Message;

    [Fact]
    public void A_day_without_a_row_is_one_without_a_sale_once_the_series_has_begun_and_unknown_where_the_whole_location_is_silent()
    {
        var history = History(
            "2026-03-02,A,S1,4,0,0,8,GBP,2,0\n2026-03-03,B,S1,1,0,0,3,GBP,3,0\n2026-03-05,A,S1,6,0,0,12,GBP,2,0\n"
        ).History;
        Assert.Equal(["A at S1", "B at S1"], history.Series.Select(static s => s.Key.ToString()));
        Assert.Equal([float.NaN, 4, 0, float.NaN, 6, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN], history.Series[0].Units);
        Assert.Equal(
            [float.NaN, float.NaN, 1, float.NaN, 0, float.NaN, float.NaN, float.NaN, float.NaN, float.NaN],
            history.Series[1].Units
        );
    }

    [Fact]
    public void What_is_called_off_later_is_taken_off_the_days_before_and_no_day_is_below_zero()
    {
        var built = History(
            "2026-03-01,A,S1,5,0,0,10,GBP,2,0\n2026-03-02,A,S1,3,0,0,6,GBP,2,0\n2026-03-03,A,S1,1,5,0,-8,GBP,2,0\n2026-03-04,A,S1,2,0,7,4,GBP,2,0\n"
        );
        Assert.Equal([4, 0, 0, 2], built.History.Series[0].Units.Take(4));
        Assert.Contains(built.Remarks, static r => r.Contains("cancellations exceed sales", StringComparison.Ordinal));
    }

    [Fact]
    public void What_was_ordered_before_the_first_day_is_left_out_and_said() =>
        Assert.Contains(
            "4 cancelled units were ordered before the first day of the history; they were ignored.",
            History("2026-03-01,A,S1,1,5,0,0,GBP,2,0\n").Remarks
        );

    [Fact]
    public void A_row_that_stands_twice_counts_once_and_one_that_contradicts_is_refused_by_line()
    {
        const string row = "2026-03-01,A,S1,5,0,0,10,GBP,2,0\n";
        var built = History(row + row);
        Assert.Equal(5, built.History.Series[0].Units[0]);
        Assert.Contains("1 identical row is in the files twice; each was counted once.", built.Remarks);
        Assert.Equal(
            $"{File}, line 3: A at S1 has 2026-03-01 twice, with different figures.",
            Refused(row + row.Replace(",5,", ",6,", StringComparison.Ordinal))
        );
    }

    [Fact]
    public void A_figure_that_is_not_known_stays_so()
    {
        var built = History("2026-03-01,A,S1,NaN,0,0,0,,,0\n2026-03-02,A,S1,3,0,0,6,GBP,2,0\n2026-03-03,A,S1,nan,0,0,0,,,0\n");
        Assert.Equal([float.NaN, 3, float.NaN], built.History.Series[0].Units.Take(3));
        Assert.Contains("2 figures are written as NaN and treated as unknown.", built.Remarks);
    }

    [Theory]
    [InlineData("2026-03-01,A,S1,-1,0,0,0,GBP,2,0\n", "sold is '-1'; it must be a number of 0 or more")]
    [InlineData("2026-03-01,A,S1,Infinity,0,0,0,GBP,2,0\n", "sold is 'Infinity'; it must be a number with a point")]
    [InlineData("2026-03-01,A,S1,\"1,5\",0,0,0,GBP,2,0\n", "sold is '1,5'; it must be a number with a point")]
    [InlineData("01.03.2026,A,S1,1,0,0,0,GBP,2,0\n", "day is '01.03.2026'; it must be a day such as 2026-11-20")]
    [InlineData("2026-04-01,A,S1,1,0,0,0,GBP,2,0\n", "2026-04-01 is not in the month of this file")]
    [InlineData("2026-03-01,A,S1,1,0,0,0,XXX,2,0\n", "currency 'XXX' is not known")]
    [InlineData("2026-03-01,A,S1,1,0,0,0,GBP,2,yes\n", "stockout is 'yes'; it must be 0 or 1")]
    [InlineData("2026-03-01,,S1,1,0,0,0,GBP,2,0\n", "sku is empty")]
    [InlineData("2026-03-01,A,S1,1\n", "has 4 fields where the first line has 10")]
    [InlineData("2026-03-01,\"A,S1,1,0,0,0,GBP,2,0\n", "has a quote that is not closed")]
    public void What_can_not_be_is_refused_with_file_and_line(string row, string words) =>
        Assert.StartsWith($"{File}, line 2: {words}", Refused(row), StringComparison.Ordinal);

    [Fact]
    public void Missing_columns_are_named_with_those_that_are_there() =>
        Assert.Equal(
            $"{File}, line 1: lacks the columns sold, cancelled, returned, net, currency, price, stockout; it has day, sku, location, units.",
            Refused(string.Empty, "day,sku,location,units\n")
        );

    [Fact]
    public void Columns_may_stand_in_another_order_and_others_between_them() =>
        Assert.Equal(
            7,
            HistoryAssembly
                .Build(
                    Reader(
                        "x,0,2,GBP,14,0,0,7,S1,A,2026-03-01\n",
                        "note,stockout,price,currency,net,returned,cancelled,sold,location,sku,day\n"
                    ),
                    Nothing,
                    1
                )
                .History.Series[0]
                .Units[0]
        );

    [Fact]
    public void Nothing_sold_at_all_is_no_history() =>
        Assert.Contains(
            "has no sale",
            Assert.Throws<HistoryFileException>(() => History("2026-03-01,A,S1,0,0,0,0,,,1\n2026-03-02,A,S1,0,0,2,0,,,0\n")).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void One_sale_is_a_history()
    {
        var built = History("2026-03-10,A,S1,2,0,0,4,GBP,2,0\n");
        Assert.Equal(2, built.History.Series[0].Units[9]);
        Assert.Contains("1 series has sold on one day only.", built.Remarks);
    }

    [Fact]
    public void What_never_sold_has_no_forecast_and_days_outside_are_passed_over()
    {
        var built = History("2026-03-01,A,S1,2,0,0,4,GBP,2,0\n2026-03-01,B,S1,0,0,1,0,,,0\n2026-03-11,A,S1,9,0,0,18,GBP,2,0\n");
        Assert.Equal("A", Assert.Single(built.History.Series).Key.Sku.Value);
        Assert.Contains("1 series has rows but no sale, and therefore no forecast.", built.Remarks);
        Assert.Equal(10, built.History.Days);
    }

    [Fact]
    public void Prices_offers_closures_and_the_catalog_stand_beside_the_units()
    {
        var (a, s1) = (new Sku("A"), new LocationId("S1"));
        var context = new HistoryContext(
            new Dictionary<Sku, ProductLine> { [a] = new(a, "Mug", "mugs", Currency.Parse("GBP"), 3) },
            [
                new(new PromotionId("p1"), a, s1, new(2026, 3, 2), new(2026, 3, 3), 2, false),
                new(new PromotionId("p2"), a, s1, new(2026, 3, 12), new(2026, 3, 20), 2.5m, true),
            ],
            new Dictionary<SeriesKey, StockLine> { [new(a, s1)] = new(a, s1, 7, 6, new(2026, 3, 9)) },
            CalendarFile.Read("date,events,tags,closed_locations\n2026-03-04,Founders day,payday;benefits,S1\n2026-03-11,,,*\n"),
            new Dictionary<LocationId, string> { [s1] = "north" }
        );
        var built = History("2026-03-01,A,S1,2,0,0,6,GBP,3.5,0\n2026-03-02,A,S1,5,0,0,10,GBP,2.1,1\n", context, horizon: 3);
        var series = built.History.Series[0];
        Assert.Equal(("mugs", "north", "Mug", 6m), (series.Category, series.Region, built.Facts[0].Title, built.Facts[0].Stock!.Available));
        Assert.Equal([3.5f, 2.1f, 2f, 2.1f], series.Prices.Take(4));
        Assert.Equal([3f, 2.5f, 2.5f], series.Prices.Skip(10));
        Assert.Equal([DayMarks.None, DayMarks.Promotion | DayMarks.Stockout, DayMarks.Promotion, DayMarks.Closed], series.Marks.Take(4));
        Assert.Equal([DayMarks.Closed, DayMarks.Promotion, DayMarks.Promotion], series.Marks.Skip(10));
        Assert.Equal(0, series.Units[3]);
        Assert.Equal(["Founders day"], built.History.Calendar[3].Events);
        Assert.Equal(["payday", "benefits"], built.History.Calendar[3].Tags);
    }

    [Fact]
    public void What_is_written_is_read_again()
    {
        var row = new SalesRow(new(2026, 3, 4), new("A, \"B\""), new("S;1"), 2.5m, 0, 1, 7.125m, Currency.Parse("EUR"), 2.85m, true);
        var text = new StringWriter();
        SalesFile.Write(text, [row]);
        var reader = new SalesFileReader(First, 10);
        reader.Read(SalesFile.NameOf(202603), 202603, text.ToString());
        var history = HistoryAssembly.Build(reader, Nothing, 1).History;
        Assert.Equal(new SeriesKey(row.Sku, row.Location), history.Series[0].Key);
        Assert.Equal(
            (2.5f, 2.85f, DayMarks.Stockout),
            (history.Series[0].Units[3], history.Series[0].Prices[3], history.Series[0].Marks[3])
        );
    }
}
