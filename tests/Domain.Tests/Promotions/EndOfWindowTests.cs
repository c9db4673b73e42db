using System.Text.Json;
using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class EndOfWindowTests
{
    private static PromotionWindow Read(string end) =>
        JsonSerializer.Deserialize<PromotionWindow>(
            $$"""{"start":"2027-02-01T00:00:00","end":"{{end}}","timeZone":"Europe/London"}""",
            new JsonSerializerOptions(JsonSerializerDefaults.Web)
        )!;

    [Theory]
    [InlineData("2027-02-02", "2027-02-03T00:00:00")]
    [InlineData("2028-02-29", "2028-03-01T00:00:00")]
    [InlineData("2027-12-31", "2028-01-01T00:00:00")]
    [InlineData("2027-02-02T00:00:00", "2027-02-02T00:00:00")]
    [InlineData("2027-02-02T18:30:00", "2027-02-02T18:30:00")]
    public void An_end_without_a_time_is_the_end_of_that_day(string written, string meant) =>
        Assert.Equal(meant, Read(written).End.ToString("s"));

    [Fact]
    public void What_was_meant_is_what_is_shown_and_read_again()
    {
        var json = JsonSerializer.Serialize(Read("2027-02-02"), new JsonSerializerOptions(JsonSerializerDefaults.Web));
        Assert.Contains("\"end\":\"2027-02-03T00:00:00\"", json, StringComparison.Ordinal);
        Assert.Equal(
            Read("2027-02-02"),
            JsonSerializer.Deserialize<PromotionWindow>(json, new JsonSerializerOptions(JsonSerializerDefaults.Web))
        );
    }

    [Theory]
    [InlineData("2027-02-30"), InlineData("2027-02-02T24:00:00"), InlineData("tomorrow")]
    public void What_is_no_moment_is_refused(string written) => Assert.Throws<JsonException>(() => Read(written));
}
