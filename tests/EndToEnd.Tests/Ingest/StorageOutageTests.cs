using System.Diagnostics;
using System.Globalization;

namespace Stockgate.EndToEnd.Tests.Ingest;

public sealed class StorageOutageTests : IAsyncLifetime
{
    // Longer than any one call to a healthy Azurite takes, shorter than the client's patience with it.
    private static readonly TimeSpan Outage = TimeSpan.FromSeconds(4);

    private RunningApp running = null!;

    public async Task InitializeAsync() => running = await RunningApp.StartAsync();

    public async Task DisposeAsync() => await running.DisposeAsync();

    [Fact]
    public async Task Events_are_accepted_while_storage_is_away_and_projected_when_it_is_back()
    {
        const int orders = 200;
        await running.Partner.AcceptedAsync(Events.Counted("outage", 1_000));
        await running.ProjectedAsync();
        await SignalAsync("STOP");
        try
        {
            var began = Stopwatch.GetTimestamp();
            await running.Partner.AcceptedAsync(Enumerable.Range(0, orders).Select(i => Events.Placed($"outage-{i}", "outage", 1, Events.Noon.AddMinutes(i + 1))));
            Assert.True((await running.App.BacklogAsync()).Waiting >= orders);
            await Task.Delay(Outage);
            Assert.True((await running.App.BacklogAsync()).Waiting >= orders, "Nothing can have been projected yet.");
            Assert.True(Stopwatch.GetElapsedTime(began) >= Outage);
        }
        finally
        {
            await SignalAsync("CONT");
        }
        await running.ProjectedAsync();
        Assert.Equal(0, (await running.App.BacklogAsync()).DeadLettered);
        Assert.Equal(1_000 - orders, (await running.ReadAsync("inventory/outage")).GetProperty("availableToPromise").GetDecimal());
        Assert.Equal(orders, (await running.Books.ReadAsync(default)).Orders);
    }

    private async Task SignalAsync(string signal)
    {
        using var kill = Process.Start("kill", [$"-{signal}", running.Azurite.ProcessId.ToString(CultureInfo.InvariantCulture)]);
        await kill.WaitForExitAsync();
        Assert.Equal(0, kill.ExitCode);
    }
}
