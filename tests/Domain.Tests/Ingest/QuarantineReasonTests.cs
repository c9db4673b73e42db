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
    [InlineData("inventory_item_id", "is not known yet; post the product first", QuarantineReason.Unknown)]
    [InlineData("", "has 9000000 bytes; a record may have at most 8388608", QuarantineReason.TooLarge)]
    [InlineData("$$", "has more than 500 records; send fewer at once", QuarantineReason.TooLarge)]
    [InlineData("data.quantity", "is 2000000000; the maximum is 1000000000", QuarantineReason.Invalid)]
    [InlineData("data.lines[0].discount", "is 9, more than the line comes to", QuarantineReason.Invalid)]
    public void A_rejection_is_of_one_kind(string field, string reason, QuarantineReason code) =>
        Assert.Equal(code, QuarantineReasons.Of(new Rejection(field, reason)));

    [Fact]
    public void A_wrong_clock_is_a_kind_of_its_own() =>
        Assert.Equal(QuarantineReason.Clock, QuarantineReasons.Of(new Rejection("time", "is missing by a day") { OfClock = true }));
}
