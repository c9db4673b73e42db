using Stockgate.Demo.Replay;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>The replay of a small file, whatever happens on the way.</summary>
public class SmallReplayTests
{
    [Fact]
    public Task Every_figure_agrees() => ReplayAsync(twice: false, kills: 0);

    [Fact]
    public Task Every_figure_agrees_when_every_request_is_sent_twice() => ReplayAsync(twice: true, kills: 0);

    [Fact]
    public Task Every_figure_agrees_when_the_app_is_killed_three_times_on_the_way() => ReplayAsync(twice: false, kills: 3);

    [Fact]
    public Task Every_figure_agrees_when_the_app_is_killed_and_every_request_is_sent_twice() => ReplayAsync(twice: true, kills: 1);

    private static async Task ReplayAsync(bool twice, int kills)
    {
        await using var running = await RunningApp.StartAsync();
        var file = TransactionFile.Open(SmallTransactionFile.Write(running.Folder));
        Assert.Equal(SmallTransactionFile.Invoices, file.Totals.Invoices);
        await using var run = new ReplayRun(running, file);

        var killing = KillAsync(running, kills);
        await run.PostAsync(twice, recordsAtOnce: 20);
        await killing;
        await running.ProjectedAsync();

        var (_, quarantine, reasons) = await run.AgreesAsync();
        Assert.Equal(
            SmallTransactionFile.Undescribed + SmallTransactionFile.WithoutReason + SmallTransactionFile.NegativePrices,
            quarantine.Records
        );
        Assert.Equal(
            SmallTransactionFile.NegativePrices,
            reasons.Where(static r => r.Key.Contains("unitPrice", StringComparison.Ordinal)).Sum(static r => r.Value)
        );
    }

    // At random moments of a replay that takes about a second.
    private static async Task KillAsync(RunningApp running, int times)
    {
        var chance = new Random(3);
        for (var i = 0; i < times; i++)
        {
            await Task.Delay(chance.Next(50, 400));
            await running.App.KillAsync();
            await running.App.RestartAsync();
        }
    }
}
