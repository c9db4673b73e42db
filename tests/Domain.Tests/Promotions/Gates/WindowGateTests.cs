using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class WindowGateTests
{
    private static readonly WindowInput Input = new(
        Judged.Now,
        Judged.Start,
        Judged.End,
        [new ChannelLead(Judged.Web, TimeSpan.FromHours(48))],
        [],
        TimeSpan.FromHours(4)
    );

    private static GateVerdict Judge(TimeSpan left, DateTimeOffset? given = null) =>
        WindowGate.Judge(Input with { Now = Judged.Start - left, Channels = [new ChannelLead(Judged.Web, TimeSpan.FromHours(48), given)] });

    [Fact]
    public void Enough_lead_time_is_green() => WindowGate.Judge(Input).Is(GateState.Green, "1 channel");

    [Fact]
    public void Too_little_lead_time_is_red_and_says_what_can_be_done()
    {
        var verdict = Judge(TimeSpan.FromHours(20));
        verdict.Is(GateState.Red, "web needs 48 h and has 20 h left");
        Assert.Equal("Start at 2026-03-09 13:30 UTC or later, or remove web.", verdict.TurnsGreen);
    }

    [Fact]
    public void Lead_time_to_the_tick_is_enough_and_one_tick_less_is_not()
    {
        Judge(TimeSpan.FromHours(48)).Is(GateState.Amber);
        Judge(TimeSpan.FromHours(48) - TimeSpan.FromTicks(1)).Is(GateState.Red);
        Judge(TimeSpan.FromHours(52)).Is(GateState.Green);
    }

    [Fact]
    public void Time_that_gets_short_is_amber() => Judge(TimeSpan.FromHours(50)).Is(GateState.Amber, "web (2 h beyond its lead time)");

    [Fact]
    public void A_channel_that_was_given_it_in_time_stays_green_until_the_start_and_after()
    {
        Judge(TimeSpan.FromHours(1), Judged.Start.AddHours(-48)).Is(GateState.Green);
        Judge(TimeSpan.FromHours(-1), Judged.Start.AddHours(-48)).Is(GateState.Green);
        Judge(TimeSpan.FromHours(1), Judged.Start.AddHours(-47)).Is(GateState.Red);
    }

    [Fact]
    public void A_blackout_that_overlaps_is_red_and_one_that_touches_is_not()
    {
        GateVerdict With(DateTimeOffset from, DateTimeOffset to) =>
            WindowGate.Judge(Input with { Blackouts = [new Blackout("stocktaking", from, to, "calendar")] });
        With(Judged.Start.AddDays(1), Judged.Start.AddDays(2)).Is(GateState.Red, "stocktaking");
        With(Judged.Start.AddDays(-9), Judged.End.AddDays(9)).Is(GateState.Red);
        With(Judged.Start.AddDays(-1), Judged.Start).Is(GateState.Green);
        With(Judged.End, Judged.End.AddDays(1)).Is(GateState.Green);
        With(Judged.Start.AddDays(-1), Judged.Start.AddTicks(1)).Is(GateState.Red);
    }

    [Fact]
    public void A_window_that_is_over_is_red_from_its_end_on()
    {
        var channels = new[] { new ChannelLead(Judged.Web, TimeSpan.Zero, Judged.Now) };
        WindowGate.Judge(Input with { Now = Judged.End, Channels = channels }).Is(GateState.Red, "The window ended");
        WindowGate.Judge(Input with { Now = Judged.End.AddTicks(-1), Channels = channels }).Is(GateState.Green);
    }

    [Fact]
    public void A_window_that_ends_before_it_starts_is_red() =>
        WindowGate.Judge(Input with { End = Judged.Start }).Is(GateState.Red, "not after its start");
}
