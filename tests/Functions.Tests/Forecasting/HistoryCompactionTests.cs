using System.IO.Compression;
using Azure;
using Stockgate.Domain;
using Stockgate.Domain.Forecasting;
using Stockgate.Domain.Forecasting.Files;
using Stockgate.Domain.Forecasting.History;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Forecasting;

namespace Stockgate.Functions.Tests.Forecasting;

public class HistoryCompactionTests : ForecastsOnAzurite
{
    private async Task<string> TextAsync(string name)
    {
        using var reader = new StreamReader(
            new GZipStream(await Blob(HistoryCompaction.Container, name).OpenReadAsync(), CompressionMode.Decompress)
        );
        return await reader.ReadToEndAsync();
    }

    private async Task<ETag> ETagAsync(string name) => (await Blob(HistoryCompaction.Container, name).GetPropertiesAsync()).Value.ETag;

    [Fact]
    public async Task A_month_is_its_ledger_and_only_months_that_changed_are_written_again()
    {
        await LedgerAsync(
            Sale("A", "2026-09-03", 4),
            Sale("A", "2026-10-05", 2),
            Sale("A", "2026-10-06", 3, kind: EntryKind.Return),
            Sale("B, \"x\"", "2026-10-06", 1, 3.5m),
            Sale("B, \"x\"", "2026-10-07", 1, kind: EntryKind.Cancellation),
            Sale("A", "2026-11-20", 5)
        );
        var report = await Compaction.RunAsync(CancellationToken.None);
        Assert.Equal(["2026-09", "2026-10", "2026-11"], report.Rewritten);
        Assert.Equal(
            """""
            day,sku,location,sold,cancelled,returned,net,currency,price,stockout
            2026-10-05,A,S1,2,0,0,4,GBP,2,0
            2026-10-06,A,S1,0,0,3,0,GBP,,0
            2026-10-06,"B, ""x""",S1,1,0,0,3.5,GBP,3.5,0
            2026-10-07,"B, ""x""",S1,0,1,0,-2,GBP,,0

            """"".ReplaceLineEndings("\n"),
            await TextAsync("sales/2026-10.csv.gz")
        );
        var (september, october) = (await ETagAsync("sales/2026-09.csv.gz"), await ETagAsync("sales/2026-10.csv.gz"));
        await LedgerAsync(Sale("A", "2026-10-09", 7));
        // The month that is not over is written each time.
        Assert.Equal(["2026-10", "2026-11"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        Assert.Equal(september, await ETagAsync("sales/2026-09.csv.gz"));
        Assert.NotEqual(october, await ETagAsync("sales/2026-10.csv.gz"));
        Assert.Contains("2026-10-09,A,S1,7,", await TextAsync("sales/2026-10.csv.gz"), StringComparison.Ordinal);
        Clock.Now = Clock.Now.AddMonths(1);
        Assert.Equal(["2026-11", "2026-12"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        Assert.Equal(["2026-12"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
    }

    [Fact]
    public async Task A_file_that_somebody_changed_or_a_manifest_that_was_lost_is_written_anew_from_the_ledger()
    {
        await LedgerAsync(Sale("A", "2026-09-03", 4), Sale("A", "2026-10-05", 2));
        await Compaction.RunAsync(CancellationToken.None);
        await Blob(HistoryCompaction.Container, "sales/2026-09.csv.gz").UploadAsync(BinaryData.FromString("not a month"), overwrite: true);
        var fault = await Assert.ThrowsAsync<HistoryFileException>(() => Files.ReadAsync(new(2026, 11, 21), CancellationToken.None));
        Assert.StartsWith("sales/2026-09.csv.gz: can't be unpacked", fault.Message, StringComparison.Ordinal);
        Assert.Equal(["2026-09", "2026-11"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        await Blob(HistoryCompaction.Container, HistoryManifest.Name).DeleteAsync();
        Assert.Equal(["2026-09", "2026-10", "2026-11"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        Assert.Equal(4, (await Files.ReadAsync(new(2026, 11, 21), CancellationToken.None)).History.Series[0].Units[2]);
    }

    [Fact]
    public async Task Days_on_which_there_was_nothing_left_are_marked_and_a_later_count_takes_no_mark_from_a_month_that_is_over()
    {
        StockEntry[] entries =
        [
            Sale("A", "2026-10-05", 3),
            Sale("A", "2026-10-07", 2),
            Received("A", "2026-10-10", 20),
            Sale("A", "2026-11-15", 1),
        ];
        await LedgerAsync(entries);
        await CountedAsync("A", "2026-10-01", 5, entries);
        await Compaction.RunAsync(CancellationToken.None);
        var series = (await Files.ReadAsync(new(2026, 11, 21), CancellationToken.None)).History.Series[0];
        Assert.Equal([6, 7, 8, 9], Enumerable.Range(0, 51).Where(day => (series.Marks[day] & DayMarks.Stockout) != 0));
        Assert.Equal([2f, 0, 0, 0], series.Units[6..10]);
        await CountedAsync("A", "2026-11-18", 0, entries);
        Assert.Equal(["2026-11"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        series = (await Files.ReadAsync(new(2026, 11, 21), CancellationToken.None)).History.Series[0];
        Assert.Contains(48, Enumerable.Range(0, 51).Where(day => (series.Marks[day] & DayMarks.Stockout) != 0));
        // What was marked when the month was over stays: the later count knows nothing of it.
        Assert.True((series.Marks[7] & DayMarks.Stockout) != 0);
    }

    [Fact]
    public async Task A_month_that_begins_without_stock_is_marked_from_its_first_day()
    {
        StockEntry[] entries = [Sale("A", "2026-10-28", 5), Sale("A", "2026-09-28", 1), Received("A", "2026-11-04", 9)];
        await LedgerAsync(entries);
        await CountedAsync("A", "2026-10-20", 5, entries);
        await Compaction.RunAsync(CancellationToken.None);
        await LedgerAsync(Sale("A", "2026-11-19", 1));
        await CountedAsync("A", "2026-10-20", 5, [.. entries, Sale("A", "2026-11-19", 1)]);
        Assert.Equal(["2026-11"], (await Compaction.RunAsync(CancellationToken.None)).Rewritten);
        var series = (await Files.ReadAsync(new(2026, 11, 21), CancellationToken.None)).History.Series[0];
        Assert.Equal(
            ["10-28", "10-29", "10-30", "10-31", "11-01", "11-02", "11-03", "11-04"],
            Enumerable
                .Range(0, 81)
                .Where(day => (series.Marks[day] & DayMarks.Stockout) != 0)
                .Select(static day =>
                    new DateOnly(2026, 9, 1).AddDays(day).ToString("MM-dd", System.Globalization.CultureInfo.InvariantCulture)
                )
        );
    }

    [Fact]
    public async Task Catalog_region_and_calendar_stand_beside_the_sales()
    {
        await LedgerAsync(Sale("A", "2026-11-18", 4), Sale("A", "2026-11-20", 2), Sale("B", "2026-11-19", 1, location: "S2"));
        await CatalogAsync("A", "Mug", "mugs", 2.5m);
        Assert.Equal(
            1,
            await Files.PutCalendarAsync(
                "date,events,tags,closed_locations\n2026-11-19,Founders day,,S1\n"u8.ToArray(),
                CancellationToken.None
            )
        );
        await Compaction.RunAsync(CancellationToken.None);
        var built = await Files.ReadAsync(new(2026, 11, 21), CancellationToken.None);
        var (a, b) = (built.History.Series[0], built.History.Series[1]);
        Assert.Equal(("mugs", "north", "", ""), (a.Category, a.Region, b.Category, b.Region));
        Assert.Equal(("Mug", 2.5f), (built.Facts[0].Title, built.Facts[0].RegularPrice));
        Assert.Equal([4, 0, 2], a.Units[17..20]);
        Assert.Equal(DayMarks.Closed, a.Marks[18]);
        Assert.Equal([float.NaN, 1, float.NaN], b.Units[17..20]);
        Assert.Equal((20, new DateOnly(2026, 11, 1), 28), (built.History.Days, built.History.First, built.History.Horizon));
        await Assert.ThrowsAsync<HistoryFileException>(() => Files.PutCalendarAsync("date,events\n"u8.ToArray(), CancellationToken.None));
        Assert.Contains("Founders day", await Files.CalendarAsync(CancellationToken.None), StringComparison.Ordinal);
    }
}
