using Stockgate.Domain;
using Stockgate.Platform.Outbound;

namespace Stockgate.Functions.Tests.Outbound;

public class ChannelStateTests
{
    private static readonly DateTimeOffset Noon = new(2026, 3, 2, 12, 0, 0, TimeSpan.Zero);
    private static readonly ChannelState New = ChannelState.New(new SalesChannelId("pos"), Noon);

    private static DateTimeOffset At(int seconds) => Noon.AddSeconds(seconds);

    [Fact]
    public void One_failure_is_a_blip_and_two_are_an_outage_that_began_with_the_first()
    {
        var once = New.Answered(At(0), "fine").Failed(At(20), "gone");
        Assert.Equal((ChannelCondition.Up, 1, At(0)), (once.Condition, once.Failures, once.Since));
        var twice = once.Failed(At(40), "still gone");
        Assert.Equal(
            (ChannelCondition.Down, 2, At(20), (DateTimeOffset?)At(0), "still gone"),
            (twice.Condition, twice.Failures, twice.Since, twice.LastOkAt, twice.Detail)
        );
        Assert.Equal(
            (ChannelCondition.Down, 3, At(20)),
            (twice.Failed(At(60), "gone").Condition, twice.Failed(At(60), "gone").Failures, twice.Failed(At(60), "gone").Since)
        );
    }

    [Fact]
    public void An_answer_ends_an_outage()
    {
        var back = New.Failed(At(0), "gone").Failed(At(20), "gone").Answered(At(40), "fine");
        Assert.Equal(
            (ChannelCondition.Up, 0, At(40), (DateTimeOffset?)At(40), null),
            (back.Condition, back.Failures, back.Since, back.LastOkAt, back.LastFailureAt)
        );
    }

    [Fact]
    public void A_channel_that_was_never_heard_is_unknown_until_it_fails_twice()
    {
        Assert.Equal(ChannelCondition.Unknown, New.Failed(At(0), "gone").Condition);
        Assert.Equal(ChannelCondition.Down, New.Failed(At(0), "gone").Failed(At(20), "gone").Condition);
    }

    [Fact]
    public void Failures_of_the_same_moment_are_one()
    {
        var once = New.Failed(At(0), "gone");
        Assert.Same(once, once.Failed(At(4), "gone"));
        Assert.Equal(2, once.Failed(At(5), "gone").Failures);
    }

    [Fact]
    public void A_failure_that_is_older_than_the_last_answer_says_nothing()
    {
        var up = New.Answered(At(30), "fine");
        Assert.Same(up, up.Failed(At(20), "gone"));
    }

    [Fact]
    public void An_answer_without_news_is_no_news_until_it_is_old()
    {
        var up = New.Answered(At(0), "fine");
        Assert.Same(up, up.Answered(At(14), "fine"));
        Assert.Equal((At(0), (DateTimeOffset?)At(15)), (up.Answered(At(15), "fine").Since, up.Answered(At(15), "fine").LastOkAt));
        Assert.NotSame(up, up.Failed(At(1), "gone").Answered(At(2), "fine"));
    }
}
