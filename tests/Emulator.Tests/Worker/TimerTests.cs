using Microsoft.Azure.Functions.Worker;
using Microsoft.Azure.Functions.Worker.Builder;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging;
using Stockgate.Emulator.Tests.ServiceBus;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>The clock starts at 08:00:00 UTC.</summary>
public sealed class TimerTests
{
    private static readonly DateTime Start = new(2026, 3, 1, 8, 0, 0, DateTimeKind.Utc);
    private readonly WatchedTime _time = new();

    private sealed class EveryTenMinutes(Probe probe)
    {
        [Function("Tick")]
        public void Tick([TimerTrigger("0 */10 * * * *")] TimerInfo timer, FunctionContext context, CancellationToken cancellation) => probe.Saw(timer);
    }

    private sealed class AtStart(Probe probe)
    {
        [Function("Tick")]
        public void Tick([TimerTrigger("%Schedules:Tick%", RunOnStartup = true)] TimerInfo timer) => probe.Saw(timer);
    }

    private sealed class Unwatched(Probe probe)
    {
        [Function("Tick")]
        public void Tick([TimerTrigger("00:10:00", UseMonitor = false)] TimerInfo timer) => probe.Saw(timer);
    }

    private sealed class Failing(Probe probe)
    {
        [Function("Tick")]
        public void Tick([TimerTrigger("0 */10 * * * *")] TimerInfo timer)
        {
            probe.Saw(timer);
            throw new InvalidOperationException("no");
        }
    }

    private Task<WorkerHost> StartAsync(Type functions, TemporaryFolder? folder = null, params string[] args) => WorkerHost.StartAsync([functions], Clock, folder, args);

    private void Clock(FunctionsApplicationBuilder builder) => builder.Services.AddSingleton<TimeProvider>(_time);

    [Fact]
    public async Task Timer_runs_when_due_and_knows_its_last_and_next_run()
    {
        await using var host = await StartAsync(typeof(EveryTenMinutes));
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        var first = await host.Probe.NextAsync<TimerInfo>();
        Assert.Equal((false, default, Start.AddMinutes(20)), (first.IsPastDue, first.ScheduleStatus!.Last, first.ScheduleStatus.Next));
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        var second = await host.Probe.NextAsync<TimerInfo>();
        Assert.Equal((false, Start.AddMinutes(10), Start.AddMinutes(30)), (second.IsPastDue, second.ScheduleStatus!.Last, second.ScheduleStatus.Next));
    }

    [Fact]
    public async Task Nothing_runs_before_it_is_due()
    {
        await using var host = await StartAsync(typeof(EveryTenMinutes));
        await _time.ArmedAsync(TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromSeconds(599));
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Run_on_startup_runs_at_once_and_then_on_schedule()
    {
        await using var host = await StartAsync(typeof(AtStart), null, "--Schedules:Tick=0 */10 * * * *");
        var atStart = await host.Probe.NextAsync<TimerInfo>();
        Assert.Equal((false, Start.AddMinutes(10)), (atStart.IsPastDue, atStart.ScheduleStatus!.Next));
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        Assert.Equal(Start.AddMinutes(20), (await host.Probe.NextAsync<TimerInfo>()).ScheduleStatus!.Next);
    }

    [Fact]
    public async Task Runs_missed_while_the_app_was_down_happen_once_at_start_past_due()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await StartAsync(typeof(EveryTenMinutes), folder))
        {
            await _time.PassAsync(TimeSpan.FromMinutes(10));
            await before.Probe.NextAsync();
        }
        _time.Advance(TimeSpan.FromMinutes(45));
        await using var host = await StartAsync(typeof(EveryTenMinutes), folder);
        var missed = await host.Probe.NextAsync<TimerInfo>();
        Assert.Equal((true, Start.AddMinutes(10), Start.AddMinutes(60)), (missed.IsPastDue, missed.ScheduleStatus!.Last, missed.ScheduleStatus.Next));
        await _time.PassAsync(TimeSpan.FromMinutes(5));
        Assert.False((await host.Probe.NextAsync<TimerInfo>()).IsPastDue);
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Very_first_run_can_be_missed_too()
    {
        using var folder = new TemporaryFolder();
        await using (await StartAsync(typeof(EveryTenMinutes), folder)) await _time.ArmedAsync(TimeSpan.FromMinutes(10));
        _time.Advance(TimeSpan.FromMinutes(12));
        await using var host = await StartAsync(typeof(EveryTenMinutes), folder);
        Assert.True((await host.Probe.NextAsync<TimerInfo>()).IsPastDue);
    }

    [Fact]
    public async Task Without_monitor_nothing_is_remembered()
    {
        using var folder = new TemporaryFolder();
        await using (var before = await StartAsync(typeof(Unwatched), folder))
        {
            await _time.PassAsync(TimeSpan.FromMinutes(10));
            await before.Probe.NextAsync();
            await _time.ArmedAsync(TimeSpan.FromMinutes(10));
        }
        _time.Advance(TimeSpan.FromMinutes(45));
        await using var host = await StartAsync(typeof(Unwatched), folder);
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        Assert.False((await host.Probe.NextAsync<TimerInfo>()).IsPastDue);
        Assert.True(host.Probe.IsQuiet);
    }

    [Fact]
    public async Task Failed_run_is_logged_and_the_next_one_comes()
    {
        await using var host = await StartAsync(typeof(Failing));
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        await host.Probe.NextAsync();
        await _time.PassAsync(TimeSpan.FromMinutes(10));
        await host.Probe.NextAsync();
        Assert.Contains(host.Log.Lines, line => line.Level == LogLevel.Error && line.Text.Contains("Tick") && line.Text.Contains("08:20:00"));
    }
}
