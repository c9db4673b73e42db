using Stockgate.Domain.Forecasting.Files;

namespace Stockgate.Domain.Tests.Forecasting.Files;

public class CalendarFileTests
{
    private const string Header = "date,events,tags,closed_locations\n";

    [Theory]
    [InlineData("2026-12-25,Christmas,,*\n2026-12-25,Boxing,,\n", "line 3: 2026-12-25 is a duplicate date")]
    [InlineData("25/12/2026,Christmas,,*\n", "line 2: date is '25/12/2026'")]
    [InlineData("2026-12-25,Christmas,*\n", "line 2: has 3 fields where the first line has 4")]
    public void A_mistake_is_named_with_its_line(string rows, string words) =>
        Assert.Contains(
            words,
            Assert.Throws<HistoryFileException>(() => CalendarFile.Read(Header + rows)).Message,
            StringComparison.Ordinal
        );

    [Fact]
    public void A_name_is_bounded() =>
        Assert.Throws<HistoryFileException>(() => CalendarFile.Read($"{Header}2026-12-25,{new string('x', 65)},,\n"));

    [Fact]
    public void A_file_from_a_spreadsheet_with_a_mark_and_carriage_returns_is_read() =>
        Assert.True(
            CalendarFile
                .Read("\uFEFFdate,events,tags,closed_locations\r\n2026-12-25,Christmas,,*\r\n")[new(2026, 12, 25)]
                .IsClosed(new("S1"))
        );
}
