using Stockgate.Demo.Replay;
using Stockgate.TestSupport;

namespace Stockgate.EndToEnd.Tests.Replay;

/// <summary>The whole of UCI Online Retail (https://archive.ics.uci.edu/dataset/352/online+retail): a year of a shop.</summary>
public class RetailFileTests
{
    private const string Data = "uci-online-retail/online-retail.csv.gz";
    private const int Records = 26_000;

    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(10);

    [LongFact(Data)]
    public Task Every_figure_agrees() => ReplayAsync(twice: false, killAt: null);

    [LongFact(Data)]
    public Task Every_figure_agrees_when_every_request_is_sent_twice() => ReplayAsync(twice: true, killAt: null);

    [LongFact(Data)]
    public Task Every_figure_agrees_when_the_app_is_killed_midway() => ReplayAsync(twice: false, killAt: Records / 2);

    private static async Task ReplayAsync(bool twice, int? killAt)
    {
        await using var running = await RunningApp.StartAsync();
        var file = TransactionFile.Open(SharedData.Find(Data)!);
        Assert.Equal(
            (541_909, 25_900, 3_836, 4_372),
            (file.Totals.Lines, file.Totals.Invoices, file.Totals.Cancellations, file.Totals.Customers)
        );
        Assert.Equal(9_747_747.934m, file.Totals.Money);
        await using var run = new ReplayRun(running, file);

        Task? restart = null;
        await run.PostAsync(
            twice,
            at: record =>
            {
                if (record == killAt)
                    restart = RestartAsync(running);
            }
        );
        Assert.Equal(killAt is null, restart is null);
        if (restart is not null)
            await restart;
        await running.ProjectedAsync(Patience);

        var (tables, quarantine, reasons) = await run.AgreesAsync();
        Assert.Equal((20_134, 3_836, 474), (tables.Orders, tables.Refunds, tables.Movements));
        Assert.Equal(1_456, quarantine.Records);
        Assert.Equal(2, reasons.Where(static r => r.Key.Contains("unitPrice", StringComparison.Ordinal)).Sum(static r => r.Value));
        Assert.True(run.PeakMemory < 400, $"The app's memory rose to {run.PeakMemory:0} MiB.");
    }

    private static async Task RestartAsync(RunningApp running)
    {
        await running.App.KillAsync();
        await running.App.RestartAsync();
    }
}
