using Stockgate.Domain;
using Stockgate.Domain.Events;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Functions.Orchestrations;
using Stockgate.Functions.Promotions;
using Stockgate.Functions.Tests.Orchestrations;
using Stockgate.Platform.Promotions.Gating;
using Stockgate.Platform.Promotions.Launch;
using Stockgate.Platform.Promotions.Live;
using Stockgate.Platform.Promotions.Settlement;

namespace Stockgate.Functions.Tests.Promotions;

/// <summary>The orchestration of one promotion, with a clock that moves when told and activities that keep their state in memory.</summary>
internal sealed class DrivenPromotion
{
    public static readonly string[] Channels = ["erp", "pos", "web"];

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500);

    private readonly FakeTime time = new();
    private readonly DrivenOrchestration orchestration;
    private readonly Dictionary<(LaunchStep Step, int Revision, string Channel), int> asked = [];
    private readonly List<(DateTimeOffset At, string What)> log = [];

    public DrivenPromotion(PromotionState state = PromotionState.Scheduled)
    {
        Record = new PromotionRecord
        {
            Id = new("p"),
            Name = "P",
            RequestedBy = "mia",
            CreatedAt = Now,
            Start = Now.AddMinutes(2),
            End = Now.AddHours(1),
            State = state,
            Sold = state is PromotionState.Live or PromotionState.Paused or PromotionState.Ended,
        };
        orchestration = Driven();
    }

    public DateTimeOffset Now => time.GetUtcNow();

    public PromotionRecord Record { get; private set; }

    /// <summary>What was done, in its order: <c>Prepare pos 1</c>, <c>move ChannelsReady</c>, <c>raise promotion-rolled-back</c>.</summary>
    public IReadOnlyList<string> Done => [.. log.Select(static l => l.What)];

    /// <summary>How many activities were run: what a promotion costs.</summary>
    public int Activities => orchestration.Called.Count;

    public int Looks => Done.Count(static what => what == "look");

    /// <summary>What a channel answers, by how often it was asked before.</summary>
    public Func<AskedChannel, int, StepProgress> Answer { get; set; } =
        static (_, asked) => asked == 0 ? StepProgress.Sent : StepProgress.Confirmed;

    /// <summary>What the last checks say, one after the other; then that all is well.</summary>
    public Queue<LaunchCheck> Checks { get; } = new();

    public bool ToResume { get; set; }

    /// <summary>Why it is settled.</summary>
    public string? Settled { get; set; }

    public DateTimeOffset When(string what) => log.First(l => l.What == what).At;

    public int IndexOf(string what) => Done.ToList().IndexOf(what);

    public void Start() => orchestration.Start("p");

    public void Signal(string urgency = Stockgate.Functions.Orchestrations.Signal.Urgent)
    {
        orchestration.Raise(Stockgate.Functions.Orchestrations.Signal.Name, urgency);
        orchestration.Run();
    }

    /// <summary>Changes the state as a command does.</summary>
    public void Happened(PromotionEvent happened) => Record = Record.Apply(happened, "because", "mia", Now).Record;

    /// <summary>Moves the clock, a half second at a time, until it is so.</summary>
    public void Until(Func<bool> isSo, TimeSpan? atMost = null)
    {
        for (var until = Now + (atMost ?? TimeSpan.FromMinutes(30)); !isSo(); )
        {
            if (Now >= until)
                Assert.Fail(
                    $"It is not so at {Now:HH:mm:ss}; it is {Record.State}, and this was done: {string.Join("; ", log.Select(static l => $"{l.At:HH:mm:ss} {l.What}"))}"
                );
            time.Advance(Step);
            orchestration.Run();
        }
    }

    public void Until(PromotionState state) => Until(() => Record.State == state);

    private T Did<T>(string what, T result)
    {
        log.Add((Now, what));
        return result;
    }

    private PlannedLaunch Plan(bool next)
    {
        if (next)
            Record = Record with { Plan = Record.Plan + 1 };
        var activateAt = Record.State != PromotionState.Paused && Record.Start > Now ? Record.Start : Now;
        var prepareBy = activateAt > Now ? activateAt : Now.AddSeconds(30);
        return new PlannedLaunch(
            Record.Plan,
            [.. Channels.Select(static c => new SalesChannelId(c))],
            prepareBy,
            activateAt.AddSeconds(-10),
            activateAt,
            prepareBy.AddSeconds(30),
            Now.AddSeconds(20),
            TimeSpan.FromSeconds(2)
        );
    }

    private ChannelStep[] Drive(StepOfChannels steps) =>
        [
            .. steps.Channels.Select(channel =>
            {
                var times = asked[(steps.Step, steps.Revision, channel)] =
                    asked.GetValueOrDefault((steps.Step, steps.Revision, channel), -1) + 1;
                var progress = Answer(new AskedChannel(steps.Step, channel), times);
                var detail = progress == StepProgress.Refused ? "no" : null;
                return Did(
                    $"{steps.Step} {channel} {steps.Revision}{(progress == StepProgress.Confirmed ? " confirmed" : "")}",
                    new ChannelStep(new(channel), steps.Revision, steps.Step, progress, times, Now, null, detail)
                );
            }),
        ];

    private PromotionState Move(PromotionMove move)
    {
        Record = Record.Apply(move.Happened, move.Reason, "promotion orchestration", Now).Record;
        return Did($"move {move.Happened}", Record.State);
    }

    private bool Restored()
    {
        Record = Record with { RestoredAt = Now };
        return Did("restored", true);
    }

    private bool Resume()
    {
        ToResume = false;
        Record = Record.Apply(PromotionEvent.Resumed, "because", "mia", Now).Record;
        return Did("resumed", true);
    }

    private DrivenOrchestration Driven() =>
        new DrivenOrchestration(RunPromotion.RunAsync, nameof(RunPromotion), time)
            .On<string, PromotionLook>(nameof(PromotionActivities.LookAtPromotion), _ => Did("look", Look()))
            .On<PromotionMove, PromotionState>(nameof(PromotionActivities.MovePromotion), Move)
            .On<string, PlannedLaunch>(nameof(PromotionActivities.PlanPromotionLaunch), _ => Did("plan", Plan(next: true)))
            .On<string, PlannedLaunch?>(
                nameof(PromotionActivities.PlanPromotionRestore),
                _ => Did("plan restore", Record.Plan == 0 ? null : Plan(next: false))
            )
            .On<PlanOfPromotion, LaunchCheck>(
                nameof(PromotionActivities.CheckPromotionLaunch),
                _ => Did("check", Checks.TryDequeue(out var check) ? check : new LaunchCheck(true, null))
            )
            .On<StepOfChannels, ChannelStep[]>(nameof(PromotionActivities.DrivePromotionChannels), Drive)
            .On<string, LiveLook>(nameof(PromotionActivities.WatchPromotion), _ => Did("watch", Watch()))
            .On<string, bool>(nameof(PromotionActivities.ResumePromotion), _ => Resume())
            .On<string, bool>(nameof(PromotionActivities.NotePromotionRestored), _ => Restored())
            .On<RaisedTrouble, bool>(
                nameof(PromotionActivities.RaisePromotionException),
                raised => Did($"raise {raised.Trouble.Type}", true)
            )
            .On<string, SettlementLook>(nameof(PromotionActivities.SettlePromotion), _ => Did("settle", Settle()));

    private PromotionLook Look() =>
        new(
            Record.State,
            Record.Start.AddMinutes(-1),
            Record.State == PromotionState.Scheduled ? Record.Start.AddMinutes(-1) : Now.AddMinutes(5),
            []
        );

    private LiveLook Watch() =>
        new(Record.State, Record.RestoredAt is not null, ToResume && Record.State == PromotionState.Paused, false, Now.AddMinutes(5));

    private SettlementLook Settle() => new(Record.RestoredAt is not null, Record.RestoredAt is null ? null : Settled, Now.AddMinutes(5));
}

/// <summary>A channel and what it was asked.</summary>
internal sealed record AskedChannel(LaunchStep Step, string Channel);
