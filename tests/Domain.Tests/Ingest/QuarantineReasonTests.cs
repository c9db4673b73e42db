using System.Text;
using System.Text.Json;

namespace Stockgate.Domain.Tests.Ingest;

public class QuarantineReasonTests
{
    [Theory]
    [InlineData("", "is not JSON: cut off", QuarantineReason.Unreadable)]
    [InlineData("", "must be an object", QuarantineReason.Unreadable)]
    [InlineData("data.sku", "is missing", QuarantineReason.Missing)]
    [InlineData("data", "is null", QuarantineReason.Missing)]
    [InlineData("line_items", "has no line", QuarantineReason.Missing)]
    [InlineData("type", "'stockgate.weather.v1' is not known; the types are …", QuarantineReason.Unknown)]
    [InlineData(
        "",
        "inventory_item_id 7 is unknown: send products/update for its product, then replay this record",
        QuarantineReason.Unknown
    )]
    [InlineData(
        "sku",
        "is missing, and the entry is unknown: post its InventoryEntryCreated, then replay this record",
        QuarantineReason.Unknown
    )]
    [InlineData("quantity", "is missing: how much of the class it is, is not known", QuarantineReason.Missing)]
    [InlineData("", "translates to an event of more than 8388608 bytes", QuarantineReason.TooLarge)]
    [InlineData("", "has 9000000 bytes; a record may have at most 8388608", QuarantineReason.TooLarge)]
    [InlineData("$$", "has more than 500 records; send fewer at once", QuarantineReason.TooLarge)]
    [InlineData("data.quantity", "is 2000000000; the maximum is 1000000000", QuarantineReason.Invalid)]
    [InlineData("data.lines[0].discount", "is 9, more than the line comes to", QuarantineReason.Invalid)]
    public void A_rejection_is_of_one_kind(string field, string reason, QuarantineReason code) =>
        Assert.Equal(code, QuarantineReasons.Of(new Rejection(field, reason)));

    [Theory]
    [InlineData("[", "{},", "{}]", 500)]
    [InlineData("[", "[", "]", 200)]
    public void A_body_of_too_many_records_or_too_deep_is_too_large_and_not_unreadable(string first, string more, string last, int times)
    {
        var body = Encoding.UTF8.GetBytes(first + string.Concat(Enumerable.Repeat(more, times)) + last);
        var broken = Assert.ThrowsAny<JsonException>(() => JsonRecords.Split(body));
        Assert.Equal(QuarantineReason.TooLarge, QuarantineReasons.Of(new Rejection("", $"is not JSON: {broken.Message}")));
    }

    [Fact]
    public void A_wrong_clock_is_a_kind_of_its_own() =>
        Assert.Equal(QuarantineReason.Clock, QuarantineReasons.Of(new Rejection("time", "is missing by a day") { OfClock = true }));
}
