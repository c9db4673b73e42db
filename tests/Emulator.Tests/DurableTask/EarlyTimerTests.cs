using Microsoft.DurableTask;
using Microsoft.DurableTask.Client;
using Microsoft.Extensions.DependencyInjection;
using Stockgate.Emulator.DurableTask.Testing;

namespace Stockgate.Emulator.Tests.DurableTask;

/// <summary>Operating systems' timers ring up to a millisecond early, measured by the clock of the day; here it is twenty.</summary>
public class EarlyTimerTests
{
    [Fact]
    public async Task A_timer_that_rings_early_is_set_again()
    {
        await using var services = new ServiceCollection().AddSingleton<TimeProvider>(new EarlyTime()).BuildServiceProvider();
        await using var hub = LocalTaskHub.Start(new DurableTaskRegistry().AddOrchestratorFunc<string, string>("Wait", static async (context, _) =>
        {
            for (var i = 0; i < 3; i++) await context.CreateTimer(TimeSpan.FromMilliseconds(100), CancellationToken.None);
            return "done";
        }), services);
        var instance = await hub.Client.ScheduleNewOrchestrationInstanceAsync("Wait", "");
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        Assert.Equal(OrchestrationRuntimeStatus.Completed, (await hub.Client.WaitForInstanceCompletionAsync(instance, patience.Token)).RuntimeStatus);
    }

    private sealed class EarlyTime : TimeProvider
    {
        public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period) => new EarlyTimer(base.CreateTimer(callback, state, Early(dueTime), period));

        private static TimeSpan Early(TimeSpan wait) => wait > TimeSpan.FromMilliseconds(40) ? wait - TimeSpan.FromMilliseconds(20) : wait;

        private sealed class EarlyTimer(ITimer timer) : ITimer
        {
            public bool Change(TimeSpan dueTime, TimeSpan period) => timer.Change(Early(dueTime), period);

            public void Dispose() => timer.Dispose();

            public ValueTask DisposeAsync() => timer.DisposeAsync();
        }
    }
}
