using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.TestSupport;

namespace Stockgate.Functions.Tests.Ingest;

public class OldDatesTests(AzuriteFixture fixture) : IngestOnAzurite(fixture)
{
    private static readonly DateTimeOffset Noon = new(2026, 11, 1, 12, 0, 0, TimeSpan.Zero);

    private static StockCounted Counted(string sku, decimal units) =>
        new()
        {
            Sku = new(sku),
            Location = new("store"),
            Quantity = new(units),
        };

    private static StockMoved Moved(string sku, decimal units) =>
        new()
        {
            Sku = new(sku),
            Location = new("store"),
            Quantity = new(units),
            Kind = MovementKind.Adjustment,
            Reason = "found",
        };

    private async Task<int> RequestsOfAsync(Func<Task> work)
    {
        var before = Requests;
        await work();
        return Requests - before;
    }

    [Fact]
    public async Task Old_counts_ask_for_their_range_and_not_for_every_month()
    {
        await SayAsync(
            ("m-new", Noon, Moved("AGE-1", 1)),
            ("m-old", Noon.AddYears(-10), Moved("AGE-1", 100)),
            ("m-older", Noon.AddYears(-18), Moved("AGE-1", 1000))
        );
        await ProjectAsync();
        var counts = Enumerable
            .Range(0, 200)
            .Select(static i => ($"c{i}", Noon.AddYears(-20).AddMonths(i), (ChannelEvent)Counted("AGE-1", i)));
        await SayAsync([.. counts]);
        var asked = await RequestsOfAsync(ProjectAsync);
        // The position, one range, one write.
        Assert.InRange(asked, 1, 6);
        Assert.Equal(new Quantity(199 + 1), (await StockAsync("AGE-1"))!.AvailableToPromise);
    }

    [Fact]
    public async Task An_old_count_keeps_what_moved_in_every_month_since()
    {
        await SayAsync(Enumerable.Range(0, 30).Select(static i => ($"mm{i}", Noon.AddMonths(-5 * i), (ChannelEvent)Moved("AGE-2", 1))));
        await ProjectAsync();
        await SayAsync(("cc", Noon.AddMonths(-50).AddDays(1), Counted("AGE-2", 500)));
        await ProjectAsync();
        Assert.Equal(new Quantity(510), (await StockAsync("AGE-2"))!.AvailableToPromise);
    }

    [Fact]
    public async Task A_count_of_now_costs_what_it_did()
    {
        await SayAsync(("n1", Noon, Moved("AGE-3", 1)), ("n2", Noon, Moved("AGE-4", 1)));
        await ProjectAsync();
        await SayAsync(("n3", Noon.AddHours(1), Counted("AGE-3", 7)), ("n4", Noon.AddHours(1), Counted("AGE-4", 8)));
        // Both positions and pages are still held by their writer: one write.
        Assert.Equal(1, await RequestsOfAsync(ProjectAsync));
    }

    [Fact]
    public async Task A_channel_with_a_broken_clock_is_told_once_with_the_number_of_its_records()
    {
        await ShopAsync("products/update", Product(8_800, "2026-10-01T10:00:00Z", (8_801, "AGE-5", 8_802, "5.00")));
        foreach (var second in Enumerable.Range(0, 5))
            Assert.Equal(1, (await ShopAsync("inventory_levels/update", Level(8_802, "5", $"1970-01-01T00:00:0{second}Z"))).Quarantined);
        var told = Assert.Single(await ExceptionsAsync(ChannelClock.ExceptionType));
        Assert.Equal(("channel shop", 5), (told.Subject, told.Count));
        Assert.Contains("25 years", told.RecommendedAction, StringComparison.Ordinal);
    }
}
