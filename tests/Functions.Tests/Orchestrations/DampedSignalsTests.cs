using Microsoft.DurableTask.Client;
using Microsoft.Extensions.Logging.Abstractions;
using Moq;
using Stockgate.Functions.Orchestrations;

namespace Stockgate.Functions.Tests.Orchestrations;

public class DampedSignalsTests
{
    private readonly FakeTime time = new();
    private readonly Mock<DurableTaskClient> client = new("tests");
    private readonly DampedSignals signals;
    private readonly List<(string Instance, DateTimeOffset At)> sent = [];

    public DampedSignalsTests()
    {
        signals = new DampedSignals(time, NullLogger<DampedSignals>.Instance);
        client
            .Setup(static c =>
                c.RaiseEventAsync(It.IsAny<string>(), It.IsAny<string>(), It.IsAny<object?>(), It.IsAny<CancellationToken>())
            )
            .Callback(
                (string instance, string _, object? _, CancellationToken _) =>
                {
                    lock (sent)
                        sent.Add((instance, time.GetUtcNow()));
                }
            )
            .Returns(Task.CompletedTask);
    }

    [Fact]
    public async Task A_thousand_events_of_one_moment_are_two_signals_and_the_last_comes_after_them_all()
    {
        for (var i = 0; i < 1_000; i++)
            await RaiseAsync("a");
        Assert.Single(sent);
        var lastEvent = time.GetUtcNow();
        await AdvanceAsync(TimeSpan.FromSeconds(3), wanted: 2);
        Assert.Equal(2, sent.Count);
        Assert.True(sent[^1].At > lastEvent);
    }

    [Fact]
    public async Task One_at_a_time_goes_out_at_once()
    {
        await RaiseAsync("a");
        await RaiseAsync("b");
        await AdvanceAsync(TimeSpan.FromSeconds(2), wanted: 2);
        await RaiseAsync("a");
        Assert.Equal(["a", "b", "a"], sent.Select(static s => s.Instance));
    }

    [Fact]
    public async Task A_minute_of_steady_events_is_at_most_a_signal_a_second()
    {
        for (var i = 0; i < 600; i++)
        {
            await RaiseAsync("a");
            time.Advance(TimeSpan.FromMilliseconds(100));
        }
        await AdvanceAsync(TimeSpan.FromSeconds(2), wanted: 30);
        Assert.InRange(sent.Count, 30, 62);
    }

    private Task RaiseAsync(string instance) => signals.RaiseAsync(client.Object, instance, CancellationToken.None);

    // What is sent later is sent on another thread than the clock's.
    private async Task AdvanceAsync(TimeSpan by, int wanted)
    {
        time.Advance(by);
        for (var tries = 0; sent.Count < wanted && tries < 500; tries++)
            await Task.Delay(10);
    }
}
