namespace Stockgate.Domain.Tests.Ingest.Mapping;

public class MappingValueTests
{
    [Theory]
    [InlineData("""{"@path":"$.n","@number":{}}""", "\"7\"", 7)]
    [InlineData("""{"@path":"$.n","@number":{"times":12}}""", "2.5", 30)]
    [InlineData("""{"@path":"$.n","@number":{"decimal":","}}""", "\"1.000,5\"", 1000.5)]
    [InlineData("""{"@path":"$.n","@number":{"abs":true}}""", "-3", 3)]
    [InlineData("""{"@path":"$.missing","@number":{},"@else":9}""", "1", 9)]
    [InlineData("""{"@first":["$.missing","$.n"]}""", "4", 4)]
    [InlineData("""{"@sum":"$.list[*].n"}""", "1", 5)]
    [InlineData("""{"@path":"$.n","@when":{"path":"$.n","above":10},"@else":0}""", "4", 0)]
    [InlineData("""{"@path":"$.n","@when":{"all":[{"path":"$.n","above":1},{"path":"$.n","below":9}]},"@else":0}""", "4", 4)]
    public void A_number_is_made_of_the_source(string value, string given, decimal expected) =>
        Assert.Equal(
            expected,
            Mapped.Counted(Mapped.Counting("quantity", value), $$"""{"id":1,"n":{{given}},"list":[{"n":2},{"n":"3"},{}]}""").Quantity?.Value
        );

    [Theory]
    [InlineData(".", "1,5"), InlineData(".", "12,34.5"), InlineData(",", "1.5,0"), InlineData(".", "1.000,50"), InlineData(".", ",500")]
    public void A_separator_in_the_wrong_place_is_no_number(string separator, string given) =>
        Assert.Equal(
            "events[0].data.quantity",
            Mapped
                .Rejected(
                    Mapped.Counting("quantity", $$$"""{"@path":"$.n","@number":{"decimal":"{{{separator}}}"}}"""),
                    $$"""{"id":1,"n":"{{given}}"}"""
                )
                .Field
        );

    [Theory]
    [InlineData("\"$.a.b\"", "deep")]
    [InlineData("\"$.list[1]\"", "second")]
    [InlineData("\"$['odd.name']\"", "odd")]
    [InlineData("\"plain\"", "plain")]
    [InlineData("""{"@const":"$5"}""", "$5")]
    [InlineData("""{"@join":["x-","$.a.b"]}""", "x-deep")]
    [InlineData("""{"@path":"$.a.b","@text":{"case":"upper","length":2}}""", "DE")]
    [InlineData("""{"@path":"$.a.b","@lookup":{"map":{"deep":"ours"}}}""", "ours")]
    [InlineData("""{"@path":"$.a.b","@lookup":{"map":{"x":"y"},"else":"$"}}""", "deep")]
    public void A_text_is_made_of_the_source(string value, string expected) =>
        Assert.Equal(
            expected,
            Mapped
                .Counted(Mapped.Counting("location", value), """{"id":1,"a":{"b":"deep"},"list":["first","second"],"odd.name":"odd"}""")
                .Location.Value
        );

    [Theory]
    [InlineData("iso", "UTC", "\"2026-02-28T10:00:00+02:00\"", "2026-02-28T08:00:00Z")]
    [InlineData("iso", "Europe/Berlin", "\"2026-02-28 10:00:00\"", "2026-02-28T09:00:00Z")]
    [InlineData("unix", "UTC", "1772272800", "2026-02-28T10:00:00Z")]
    [InlineData("unix-ms", "UTC", "\"1772272800500\"", "2026-02-28T10:00:00.5Z")]
    [InlineData("dd.MM.yy HH:mm", "Europe/Berlin", "\"28.02.26 11:00\"", "2026-02-28T10:00:00Z")]
    // The hour that autumn has twice is the later one.
    [InlineData("yyyy-MM-dd HH:mm", "Europe/London", "\"2025-10-26 01:30\"", "2025-10-26T01:30:00Z")]
    public void A_time_is_made_of_the_source(string format, string zone, string given, string expected)
    {
        var mapping =
            $$$"""{"events":[{"type":"stockgate.stock.counted.v1","id":"$.id","time":{"@path":"$.t","@time":{"format":"{{{format}}}","zone":"{{{zone}}}"}},"data":{"sku":"A","location":"L","quantity":1}}]}""";
        var made = Assert.Single(Mapped.Records(mapping, $$"""{"id":"1","t":{{given}}}""")).Translation;
        Assert.Equal(DateTimeOffset.Parse(expected, null), Assert.Single(made.Events).Header.OccurredAt);
    }

    [Theory]
    [InlineData("yyyy-MM-dd HH:mm", "\"2026-03-29 01:30\"")]
    [InlineData("unix", "\"soon\"")]
    [InlineData("unix", "1e30")]
    [InlineData("iso", "\"10:00\"")]
    public void What_is_no_time_is_named(string format, string given)
    {
        var mapping =
            $$$"""{"events":[{"type":"stockgate.stock.counted.v1","id":"$.id","time":{"@path":"$.t","@time":{"format":"{{{format}}}","zone":"Europe/London"}},"data":{"sku":"A","location":"L","quantity":1}}]}""";
        Assert.Equal("events[0].time", Mapped.Rejected(mapping, $$"""{"id":"1","t":{{given}}}""").Field);
    }
}
