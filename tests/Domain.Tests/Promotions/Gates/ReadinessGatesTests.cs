using Stockgate.Domain.Promotions.Gates;

namespace Stockgate.Domain.Tests.Promotions.Gates;

public class ReadinessGatesTests
{
    private static StoreTask Task(string store, double dueInHours, bool done = false) =>
        new(new LocationId(store), "signage", Judged.Now.AddHours(dueInHours), done ? Judged.Now : null);

    private static GateVerdict Stores(params StoreTask[] tasks) =>
        StoresGate.Judge(new StoresInput(Judged.Now, tasks, Judged.Now.AddMinutes(-10), "store portal"));

    [Fact]
    public void Stores_are_green_done_amber_within_their_due_time_and_red_past_it()
    {
        Stores(Task("S1", -1, done: true), Task("S2", 1, done: true)).Is(GateState.Green, "All 2 tasks of 2 stores");
        Stores(Task("S1", 1, done: true), Task("S2", 1)).Is(GateState.Amber, "1 task open", "1 of 2 stores are ready");
        Stores(Task("S1", 1), Task("S2", -1)).Is(GateState.Red, "1 task past due in 1 store: S2 (1 task)");
    }

    [Fact]
    public void A_task_at_its_due_time_is_within_it()
    {
        Stores(Task("S1", 0)).Is(GateState.Amber);
        Stores(Task("S1", 0) with { DueAt = Judged.Now.AddTicks(-1) }).Is(GateState.Red);
    }

    [Fact]
    public void The_stores_with_most_tasks_past_due_are_named_first_and_the_rest_counted() =>
        Stores([.. Enumerable.Range(0, 8).Select(i => Task($"S{i}", -1)), Task("S7", -2)])
            .Is(GateState.Red, "9 tasks past due in 8 stores: S7 (2 tasks), S0 (1 task), S1 (1 task), S2 (1 task), S3 (1 task) and 3 more");

    [Fact]
    public void No_tasks_are_green() => Stores().Is(GateState.Green, "No store");

    private static readonly ChannelReadiness Wms = new(
        new SalesChannelId("wms"),
        "waves and labour planned",
        ChannelAnswer.Ready,
        Judged.Now.AddHours(-24),
        TimeSpan.FromHours(24),
        "wms"
    );

    private static GateVerdict Channels(params ChannelReadiness[] channels) => ChannelsGate.Judge(new ChannelsInput(Judged.Now, channels));

    [Fact]
    public void A_channels_word_is_good_up_to_its_limit()
    {
        Channels(Wms).Is(GateState.Green);
        Channels(Wms with { SaidAt = Judged.Now.AddHours(-24).AddTicks(-1) })
            .Is(GateState.Amber, "24 h ago; a confirmation is valid for 24 h");
    }

    [Fact]
    public void A_channel_at_work_is_amber_and_one_that_refused_or_never_answered_is_red()
    {
        Channels(Wms with { Answer = ChannelAnswer.Preparing }).Is(GateState.Amber, "still preparing");
        Channels(Wms with { Answer = ChannelAnswer.Refused, Detail = "no labour on Monday" }).Is(GateState.Red, "no labour on Monday");
        Channels(Wms with { SaidAt = null }).Is(GateState.Red, "never confirmed");
        Channels(Wms with { Answer = ChannelAnswer.None }).Is(GateState.Red, "never confirmed");
        Channels().Is(GateState.Red, "no channel");
    }
}
