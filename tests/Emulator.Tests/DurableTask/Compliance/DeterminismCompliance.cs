using System.Collections.Concurrent;
using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>What is the same in every replay, and what becomes of code that is not.</summary>
public abstract partial class DeterminismCompliance : DurableTaskCompliance
{
    [Fact]
    public async Task Lines_of_a_replay_safe_logger_come_once()
    {
        var log = new LineLog("Orders");
        var tasks = Orchestrate(async c =>
        {
            var logger = c.CreateReplaySafeLogger("Orders");
            logger.LogInformation("begun");
            await c.CallActivityAsync("Act");
            logger.LogInformation("acted");
            await c.WaitForExternalEvent<string>("go");
            logger.LogInformation("gone");
            await c.CreateTimer(TimeSpan.Zero, default);
            logger.LogInformation("done");
        }).AddActivityFunc("Act", _ => { });
        await using var first = await StartAsync(tasks, new TestHubSettings { Logs = log });
        var id = await BeginAsync(first);
        await first.SettleAsync();
        await using var hub = await first.RestartAsync(tasks);
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        Output<object>(await EndAsync(hub, id));
        Same(["begun", "acted", "gone", "done"], log.Lines);
    }

    [Fact]
    public async Task Each_place_is_passed_once_as_new_and_otherwise_as_replay()
    {
        var passes = new ConcurrentQueue<(int Place, bool IsReplay)>();
        Output<object>(await RunAsync(Orchestrate(async c =>
        {
            for (var place = 0; place < 5; place++)
            {
                passes.Enqueue((place, c.IsReplaying));
                await c.CallActivityAsync("Act");
            }
        }).AddActivityFunc("Act", _ => { })));
        Same([0, 1, 2, 3, 4], passes.Where(pass => !pass.IsReplay).Select(pass => pass.Place));
        foreach (var place in passes.GroupBy(pass => pass.Place)) Assert.False(place.First().IsReplay);
    }

    [Fact]
    public async Task Ids_and_times_are_the_same_in_every_replay_and_ids_are_unique()
    {
        var (ids, times) = (new ConcurrentDictionary<int, ConcurrentBag<Guid>>(), new ConcurrentDictionary<int, ConcurrentBag<DateTime>>());
        var tasks = Orchestrate(async c =>
        {
            for (var place = 0; place < 6; place++)
            {
                ids.GetOrAdd(place, _ => []).Add(c.NewGuid());
                ids.GetOrAdd(100 + place, _ => []).Add(c.NewGuid());
                times.GetOrAdd(place, _ => []).Add(c.CurrentUtcDateTime);
                await c.CreateTimer(Minute, default);
            }
        });
        await using var hub = await StartAsync(tasks);
        var begun = hub.Now;
        var id = await BeginAsync(hub);
        var current = hub;
        for (var place = 0; place < 6; place++)
        {
            await current.SettleAsync();
            if (place == 3) current = await current.RestartAsync(tasks);
            await current.AdvanceAsync(Minute);
        }
        await using var last = current;
        Output<object>(await EndAsync(last, id));
        Assert.Equal(12, ids.Values.Select(same => Assert.Single(same.Distinct())).Distinct().Count());
        for (var place = 0; place < 6; place++) Same([(begun + place * Minute).UtcDateTime], times[place].Distinct());
        Assert.All(times.Values.SelectMany(time => time), time => Assert.Equal(DateTimeKind.Utc, time.Kind));
    }

    [Fact]
    public async Task Ids_of_two_instances_and_of_two_generations_differ()
    {
        await using var hub = await StartAsync(new DurableTaskRegistry().AddOrchestratorFunc<Guid[], Guid[]>(Name, (c, ids) =>
        {
            ids = [.. ids, c.NewGuid()];
            if (ids.Length < 5) c.ContinueAsNew(ids);
            return Task.FromResult(ids);
        }));
        var (a, b) = (Output<Guid[]>(await RunAsync(hub, Array.Empty<Guid>()))!, Output<Guid[]>(await RunAsync(hub, Array.Empty<Guid>()))!);
        Assert.Equal(10, a.Concat(b).Distinct().Count());
    }

    [Fact]
    public async Task The_time_does_not_move_within_a_turn()
    {
        await using var hub = await StartAsync(Orchestrate(async c =>
        {
            var before = c.CurrentUtcDateTime;
            var first = c.WaitForExternalEvent<string>("go");
            return (await first, c.CurrentUtcDateTime - before).Item2;
        }));
        var id = await BeginAsync(hub);
        await hub.SettleAsync();
        await hub.AdvanceAsync(Hour);
        await hub.Client.RaiseEventAsync(id, "go", "", Bound);
        Assert.Equal(Hour, Output<TimeSpan>(await EndAsync(hub, id)));
    }

    [Theory]
    [InlineData("2", "1", 1)]
    [InlineData("1.10.0", "1.9.9", 1)]
    [InlineData("1.2", "1.2", 0)]
    [InlineData("", "1", -1)]
    [InlineData("beta", "ALPHA", 1)]
    public async Task Versions_are_compared_by_their_numbers_or_as_text(string own, string other, int expected)
    {
        await using var hub = await StartAsync(Orchestrate(c => Task.FromResult(Math.Sign(c.CompareVersionTo(other)))));
        var id = await hub.Client.ScheduleNewOrchestrationInstanceAsync(Name, new StartOrchestrationOptions { Version = own }, Bound);
        Assert.Equal(expected, Output<int>(await EndAsync(hub, id)));
    }
}
