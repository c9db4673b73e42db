using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Ingest;
using Stockgate.Domain.Inventory;
using Stockgate.Platform.Ingest.Accepting;
using Stockgate.Platform.Messaging;

namespace Stockgate.Functions.Tests.Ingest;

public class RecentEventsTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 1, 12, 0, 0, TimeSpan.Zero);

    private readonly RecentEvents recent = new();

    private static QueuedEvent Counted(string id, decimal units, int minutes = 0, long sequence = 0, string channel = "erp")
    {
        var header = new EventHeader(new ChannelId(channel), "erp", id, Noon.AddMinutes(minutes), sequence);
        var said = new StockCounted
        {
            Sku = new("A"),
            Location = new("L1"),
            Quantity = new(units),
        };
        return new QueuedEvent(header, said, said.BucketIn(1), CloudEventWriter.Write(header, said));
    }

    private List<QueuedEvent> ConflictsOf(params IEnumerable<QueuedEvent> events) =>
        [.. recent.Screen([.. events]).Where(static s => s.Conflicts).Select(static s => s.Event)];

    private void Accept(params IEnumerable<QueuedEvent> events) => recent.Remember(recent.Screen([.. events]));

    [Fact]
    public void An_id_with_other_units_or_another_time_is_a_conflict_and_the_same_again_is_none()
    {
        Accept(Counted("1", 5));
        Assert.Empty(ConflictsOf(Counted("1", 5), Counted("1", 5, sequence: 7), Counted("2", 6), Counted("1", 6, channel: "pos")));
        Assert.Equal(2, ConflictsOf(Counted("1", 6), Counted("1", 5, minutes: 1)).Count);
    }

    [Fact]
    public void Within_a_delivery_the_first_one_stands()
    {
        QueuedEvent[] delivery = [Counted("1", 5), Counted("1", 6), Counted("1", 5)];
        Assert.Same(delivery[1], Assert.Single(ConflictsOf(delivery)));
    }

    [Fact]
    public void What_was_not_accepted_may_come_again_with_another_content()
    {
        Assert.Empty(ConflictsOf(Counted("1", 5)));
        Assert.Empty(ConflictsOf(Counted("1", 6)));
    }

    [Fact]
    public void The_last_fifty_thousand_are_known_and_no_more_than_a_hundred_thousand_are_kept()
    {
        for (var i = 0; i < 160; i++)
            Accept(Enumerable.Range(i * 1_000, 1_000).Select(static n => Counted($"{n}", 5)));
        Assert.Equal(50_000, ConflictsOf(Enumerable.Range(110_000, 50_000).Select(static n => Counted($"{n}", 6))).Count);
        Assert.Empty(ConflictsOf(Enumerable.Range(0, 50_000).Select(static n => Counted($"{n}", 6))));
    }
}
