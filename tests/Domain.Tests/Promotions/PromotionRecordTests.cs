using Stockgate.Domain.Promotions;

namespace Stockgate.Domain.Tests.Promotions;

public class PromotionRecordTests
{
    private static readonly PromotionRecord Draft = new()
    {
        Id = new("p"),
        Name = "P",
        RequestedBy = "mia",
        CreatedAt = Given.Now,
        Start = Given.Now.AddDays(1),
        End = Given.Now.AddDays(2),
    };

    private static PromotionRecord After(params PromotionEvent[] events)
    {
        var record = Draft;
        for (var i = 0; i < events.Length; i++)
        {
            var (accepted, next, reason) = record.Apply(events[i], "because", "mia", Given.Now.AddMinutes(i));
            Assert.True(accepted, reason);
            record = next;
        }
        return record;
    }

    private static DateTimeOffset? At(int minute) => minute < 0 ? null : Given.Now.AddMinutes(minute);

    public static TheoryData<PromotionState, int, int, int, PromotionEvent[]> Ways() =>
        new()
        {
            // state after, minutes of: live, ended, restored (−1: never)
            {
                PromotionState.Live,
                3,
                -1,
                -1,
                [PromotionEvent.Submitted, PromotionEvent.GatesGreen, PromotionEvent.LaunchDue, PromotionEvent.ChannelsReady]
            },
            {
                PromotionState.Ended,
                3,
                4,
                -1,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.WindowEnded,
                ]
            },
            {
                PromotionState.Ended,
                3,
                4,
                -1,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.BudgetSpent,
                ]
            },
            {
                PromotionState.Settled,
                3,
                4,
                -1,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.WindowEnded,
                    PromotionEvent.FundingSettled,
                ]
            },
            // Taken back while it was live: it was over when the taking back began.
            {
                PromotionState.Ended,
                3,
                4,
                5,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.Withdrawn,
                    PromotionEvent.PricesRestored,
                ]
            },
            {
                PromotionState.Ended,
                3,
                4,
                6,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.WindowEnded,
                    PromotionEvent.ChannelFailed,
                    PromotionEvent.PricesRestored,
                ]
            },
            // Never live: it has no end of its own.
            {
                PromotionState.Cancelled,
                -1,
                -1,
                4,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelFailed,
                    PromotionEvent.PricesRestored,
                ]
            },
            { PromotionState.Cancelled, -1, -1, -1, [PromotionEvent.Submitted, PromotionEvent.Withdrawn] },
            {
                PromotionState.Gating,
                -1,
                -1,
                -1,
                [PromotionEvent.Submitted, PromotionEvent.GatesGreen, PromotionEvent.LaunchDue, PromotionEvent.GatesToRepeat]
            },
            // Paused and resumed: live since the first time.
            {
                PromotionState.Live,
                3,
                -1,
                -1,
                [
                    PromotionEvent.Submitted,
                    PromotionEvent.GatesGreen,
                    PromotionEvent.LaunchDue,
                    PromotionEvent.ChannelsReady,
                    PromotionEvent.PausedByOperator,
                    PromotionEvent.Resumed,
                ]
            },
            { PromotionState.Refused, -1, -1, -1, [PromotionEvent.Submitted, PromotionEvent.ApprovalNeeded, PromotionEvent.Declined] },
        };

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_moments_are_those_of_the_way_that_it_went(
        PromotionState state,
        int live,
        int ended,
        int restored,
        PromotionEvent[] events
    )
    {
        var record = After(events);
        Assert.Equal((state, At(live), At(ended), At(restored)), (record.State, record.LiveAt, record.EndedAt, record.RestoredAt));
        Assert.Equal(events, record.Timeline.Select(static t => t.On));
        Assert.Equal(events.Length + 1, record.Revision);
    }

    [Fact]
    public void What_was_restored_while_paused_is_not_restored_when_it_is_live_again()
    {
        var paused = After(
            PromotionEvent.Submitted,
            PromotionEvent.GatesGreen,
            PromotionEvent.LaunchDue,
            PromotionEvent.ChannelsReady,
            PromotionEvent.PausedByOperator
        ) with
        {
            RestoredAt = At(9),
        };
        Assert.Null(paused.Apply(PromotionEvent.Resumed, "because", "mia", Given.Now).Record.RestoredAt);
        Assert.Equal(At(9), paused.Apply(PromotionEvent.WindowEnded, "because", "mia", Given.Now).Record.RestoredAt);
    }

    [Fact]
    public void Every_way_that_there_is_keeps_the_moments_in_order_and_restores_what_was_live()
    {
        // Depth first over the routes, each event from each record once; revisions bound the pauses.
        var (seen, open) = (new HashSet<(PromotionState, bool, bool, bool, bool)>(), new Stack<PromotionRecord>([Draft]));
        while (open.TryPop(out var record))
        {
            if (!seen.Add((record.State, record.Sold, record.LiveAt is null, record.EndedAt is null, record.RestoredAt is null)))
                continue;
            Assert.Equal(record.Sold, record.LiveAt is not null);
            Assert.True(
                record.EndedAt is null || record.EndedAt >= record.LiveAt,
                $"{record.State}: ended {record.EndedAt}, live {record.LiveAt}"
            );
            if (record.State is PromotionState.Live or PromotionState.Preparing)
                Assert.Null(record.RestoredAt);
            if (record.State is PromotionState.Ended or PromotionState.Settled)
                Assert.NotNull(record.EndedAt);
            foreach (var happened in Enum.GetValues<PromotionEvent>())
                if (record.Apply(happened, "because", "mia", Given.Now.AddMinutes(record.Revision)) is { Accepted: true } next)
                    open.Push(next.Record);
        }
        Assert.Superset(Enum.GetValues<PromotionState>().ToHashSet(), seen.Select(static s => s.Item1).ToHashSet());
    }

    [Fact]
    public void An_event_that_changes_nothing_leaves_the_very_record()
    {
        var (accepted, record, reason) = Draft.Apply(PromotionEvent.ChannelsReady, "because", "mia", Given.Now);
        Assert.False(accepted);
        Assert.Same(Draft, record);
        Assert.Contains("while the promotion is Draft", reason, StringComparison.Ordinal);
    }

    [Fact]
    public void The_timeline_is_bounded_and_keeps_the_latest()
    {
        var record = After(PromotionEvent.Submitted, PromotionEvent.GatesGreen, PromotionEvent.LaunchDue, PromotionEvent.ChannelsReady);
        for (var i = 0; i < 300; i++)
            record = record
                .Apply(i % 2 == 0 ? PromotionEvent.PausedByOperator : PromotionEvent.Resumed, "because", "mia", Given.Now)
                .Record;
        Assert.Equal(100, record.Timeline.Count);
        Assert.Equal((305, record.Revision), (record.Revision, record.Timeline[^1].Revision));
        Assert.Equal(Enumerable.Range(206, 100).Select(static r => (long)r), record.Timeline.Select(static t => t.Revision));
    }
}
