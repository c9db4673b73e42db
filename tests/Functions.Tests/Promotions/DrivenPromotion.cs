using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Domain;
using Stockgate.Domain.Promotions;
using Stockgate.Domain.Promotions.Launch;
using Stockgate.Emulator.DurableTask.Testing;
using Stockgate.Emulator.Tests;
using Stockgate.Functions.Promotions;
using Stockgate.Platform.Promotions;

namespace Stockgate.Functions.Tests.Promotions;

/// <summary>The orchestration of one promotion on a hub of its own, with a clock that moves when told and activities that keep their state in memory.</summary>
internal sealed class DrivenPromotion : IAsyncDisposable
{
    public static readonly string[] Channels = ["erp", "pos", "web"];

    private static readonly TimeSpan Step = TimeSpan.FromMilliseconds(500), Patience = TimeSpan.FromSeconds(60);

    private readonly FakeTime time = new();
    private readonly ServiceProvider services;
    private readonly LocalTaskHub hub;
    private readonly ConcurrentDictionary<StepOfChannel, int> asked = new();
    private readonly ConcurrentQueue<(DateTimeOffset At, string What)> log = new();
    private PromotionRecord record;
    private string? id;

    public DrivenPromotion(bool replayEveryTurn, PromotionState state = PromotionState.Scheduled)
    {
        record = new PromotionRecord { Id = new("p"), Name = "P", RequestedBy = "mia", CreatedAt = Now, Start = Now.AddMinutes(2), End = Now.AddHours(1), State = state, Sold = state is PromotionState.Live or PromotionState.Paused or PromotionState.Ended };
        services = new ServiceCollection().AddSingleton<TimeProvider>(time).BuildServiceProvider();
        hub = LocalTaskHub.Start(Tasks(), services, replayEveryTurn: replayEveryTurn);
    }

    public DateTimeOffset Now => time.GetUtcNow();

    public PromotionRecord Record => Volatile.Read(ref record);

    /// <summary>What was done, in its order: <c>Prepare pos 1</c>, <c>move ChannelsReady</c>, <c>raise promotion-rolled-back</c>.</summary>
    public IReadOnlyList<string> Done => [.. log.Select(static l => l.What)];

    public int Looks => Done.Count(static what => what == "look");

    /// <summary>What a channel answers, by how often it was asked before.</summary>
    public Func<StepOfChannel, int, StepProgress> Answer { get; set; } = static (_, asked) => asked == 0 ? StepProgress.Sent : StepProgress.Confirmed;

    /// <summary>What the last checks say, one after the other; then that all is well.</summary>
    public ConcurrentQueue<LaunchCheck> Checks { get; } = new();

    public bool ToResume { get; set; }

    /// <summary>Why it is settled.</summary>
    public string? Settled { get; set; }

    public DateTimeOffset When(string what) => log.First(l => l.What == what).At;

    public int IndexOf(string what) => Done.ToList().IndexOf(what);

    public async Task StartAsync() => id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(nameof(RunPromotion), "p", new StartOrchestrationOptions("promotion-p"));

    public Task SignalAsync() => hub.Client.RaiseEventAsync(id!, "Changed", "p");

    /// <summary>Changes the state as a command does.</summary>
    public void Happened(PromotionEvent happened) => record = record.Apply(happened, "because", "mia", Now).Record;

    /// <summary>Moves the clock, a half second at a time with a pause for the orchestration, until it is so.</summary>
    public async Task UntilAsync(Func<bool> isSo, TimeSpan? atMost = null)
    {
        for (var (until, started) = (Now + (atMost ?? TimeSpan.FromMinutes(30)), TimeProvider.System.GetTimestamp()); !isSo();)
        {
            if (Now >= until || TimeProvider.System.GetElapsedTime(started) > Patience) Assert.Fail($"It is not so at {Now:HH:mm:ss}; it is {Record.State}, and this was done: {string.Join("; ", log.Select(static l => $"{l.At:HH:mm:ss} {l.What}"))}");
            await IdleAsync();
            if (!isSo()) time.Advance(Step);
        }
    }

    public Task UntilAsync(PromotionState state) => UntilAsync(() => Record.State == state);

    public async ValueTask DisposeAsync()
    {
        await hub.DisposeAsync();
        await services.DisposeAsync();
    }

    // Nothing new for a few milliseconds: the orchestration waits for the clock.
    private async Task IdleAsync()
    {
        for (var (seen, still) = (log.Count, 0); still < 3; still = log.Count == seen ? still + 1 : 0)
        {
            seen = log.Count;
            await Task.Delay(1);
        }
    }

    private T Did<T>(string what, T result)
    {
        log.Enqueue((Now, what));
        return result;
    }

    private PlannedLaunch Plan(bool next)
    {
        if (next) record = record with { Plan = record.Plan + 1 };
        var activateAt = record.State != PromotionState.Paused && record.Start > Now ? record.Start : Now;
        var prepareBy = activateAt > Now ? activateAt : Now.AddSeconds(30);
        return new PlannedLaunch(record.Plan, [.. Channels.Select(static c => new SalesChannelId(c))], prepareBy, activateAt.AddSeconds(-10), activateAt, prepareBy.AddSeconds(30), Now.AddSeconds(20), TimeSpan.FromSeconds(2));
    }

    private ChannelStep Drive(StepOfChannel step)
    {
        var times = asked.AddOrUpdate(step, 0, static (_, before) => before + 1);
        var progress = Answer(step, times);
        return Did($"{step.Step} {step.Channel} {step.Revision}{(progress == StepProgress.Confirmed ? " confirmed" : "")}", new ChannelStep(new(step.Channel), step.Revision, step.Step, progress, times, Now, null, progress == StepProgress.Refused ? "no" : null));
    }

    private PromotionState Move(PromotionMove move)
    {
        record = record.Apply(move.Happened, move.Reason, "promotion orchestration", Now).Record;
        return Did($"move {move.Happened}", record.State);
    }

    private bool Restored()
    {
        record = record with { RestoredAt = Now };
        return Did("restored", true);
    }

    private bool Resume()
    {
        ToResume = false;
        record = record.Apply(PromotionEvent.Resumed, "because", "mia", Now).Record;
        return Did("resumed", true);
    }

    private DurableTaskRegistry Tasks() => new DurableTaskRegistry()
        .AddOrchestratorFunc(nameof(RunPromotion), RunPromotion.RunAsync)
        .AddActivityFunc<string, PromotionLook>(nameof(PromotionActivities.LookAtPromotion), (_, _) => Did("look", new PromotionLook(record.State, record.Start.AddMinutes(-1), record.State == PromotionState.Scheduled ? record.Start.AddMinutes(-1) : Now.AddMinutes(5), [])))
        .AddActivityFunc<PromotionMove, PromotionState>(nameof(PromotionActivities.MovePromotion), (_, move) => Move(move))
        .AddActivityFunc<string, PlannedLaunch>(nameof(PromotionActivities.PlanPromotionLaunch), (_, _) => Did("plan", Plan(next: true)))
        .AddActivityFunc<string, PlannedLaunch?>(nameof(PromotionActivities.PlanPromotionRestore), (_, _) => Did("plan restore", record.Plan == 0 ? null : Plan(next: false)))
        .AddActivityFunc<PlanOfPromotion, LaunchCheck>(nameof(PromotionActivities.CheckPromotionLaunch), (_, _) => Did("check", Checks.TryDequeue(out var check) ? check : new LaunchCheck(true, null)))
        .AddActivityFunc<StepOfChannel, ChannelStep>(nameof(PromotionActivities.DrivePromotionChannel), (_, step) => Drive(step))
        .AddActivityFunc<string, LiveLook>(nameof(PromotionActivities.WatchPromotion), (_, _) => Did("watch", new LiveLook(record.State, record.RestoredAt is not null, ToResume && record.State == PromotionState.Paused, false, Now.AddMinutes(5))))
        .AddActivityFunc<string, bool>(nameof(PromotionActivities.ResumePromotion), (_, _) => Resume())
        .AddActivityFunc<string, bool>(nameof(PromotionActivities.NotePromotionRestored), (_, _) => Restored())
        .AddActivityFunc<RaisedTrouble, bool>(nameof(PromotionActivities.RaisePromotionException), (_, raised) => Did($"raise {raised.Trouble.Type}", true))
        .AddActivityFunc<string, SettlementLook>(nameof(PromotionActivities.SettlePromotion), (_, _) => Did("settle", new SettlementLook(record.RestoredAt is not null, record.RestoredAt is null ? null : Settled, Now.AddMinutes(5))));
}
