using Azure.Messaging.ServiceBus;
using Stockgate.Local.ServiceBus;

namespace Stockgate.Local.Tests.ServiceBus;

/// <summary>The broker is killed in the middle of its work, again and again, on the same file.</summary>
public sealed class KillTests : IDisposable
{
    private readonly TemporaryFolder _folder = new(
        TemporaryFolder.Entities.Replace("\"MaxDeliveryCount\": 3", "\"MaxDeliveryCount\": 2000")
    );
    private readonly int _port = FreePort.Find();
    private readonly Random _random = new(20260301);
    private readonly KillLog _log = new();

    public void Dispose() => _folder.Dispose();

    [Fact]
    public Task After_kill_9_nothing_acknowledged_is_missing_and_nothing_settled_returns() => Run(kills: 4);

    [LongFact]
    public Task After_fifty_kills_nothing_acknowledged_is_missing_and_nothing_settled_returns() => Run(kills: 50);

    private async Task Run(int kills)
    {
        for (var kill = 0; kill < kills; kill++)
            await WorkAndKill(kill);
        Assert.True(_log.Sent > 100 * kills && _log.Settled > 20 * kills, $"only {_log.Sent} sent and {_log.Settled} settled");

        using var broker = await BrokerProcess.Start(_folder, _port);
        await using var client = TestClient.To(ProcessTests.ConnectionTo(_port));
        await new KillWork(client, _log, "rest").ReadTheRest();
        Assert.Empty(_log.Mistakes());
    }

    private async Task WorkAndKill(int round)
    {
        using var broker = await BrokerProcess.Start(_folder, _port);
        await using var client = TestClient.To(ProcessTests.ConnectionTo(_port));
        using var end = new CancellationTokenSource();
        var before = _log.Sent;
        var work = new KillWork(client, _log, $"{round}").Run(end.Token);
        // A number of messages, not a time: at a random point of its work, not of its start.
        var count = _random.Next(200, 1_500);
        while (_log.Sent - before < count && !work.IsCompleted)
            await Task.Delay(5);
        await broker.Kill();
        await end.CancelAsync();
        await work;
    }
}
