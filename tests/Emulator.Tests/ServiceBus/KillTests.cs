using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.ServiceBus;

/// <summary>A process that sends and settles is killed in the middle of it, again and again, on the same file.</summary>
public sealed class KillTests : IDisposable
{
    private const int Kills = 20;

    private readonly TemporaryFolder _folder = new();
    private readonly Random _random = new(20260301);
    private readonly HashSet<string> _sent = [];
    private readonly HashSet<string> _settling = [];
    private readonly HashSet<string> _settled = [];

    public void Dispose() => _folder.Dispose();

    [Fact]
    public async Task After_kill_9_nothing_acknowledged_is_missing_and_nothing_settled_returns()
    {
        for (var kill = 0; kill < Kills; kill++) await RunAndKill();
        Assert.True(_sent.Count > 1_000 && _settled.Count > 100, $"only {_sent.Count} sent and {_settled.Count} settled");

        var left = await ReadAll();
        Assert.Equal(left.Count, left.Distinct().Count());
        Assert.Empty(left.Intersect(_settled));
        // What was being settled at the kill may be there or not; all else that was acknowledged must be.
        Assert.Empty(_sent.Except(left).Except(_settling));
    }

    private async Task RunAndKill()
    {
        using var child = Child.Start(Child.Broker, "work", _folder.Path);
        // Killed after a number of lines: at a random point of its work, not of its start.
        var lines = _random.Next(50, 2_000);
        while (await child.StandardOutput.ReadLineAsync() is { } line)
        {
            Note(line);
            if (--lines == 0) child.Kill();
        }
        await child.WaitForExitAsync();
    }

    private void Note(string line)
    {
        // The last line may be cut off by the kill.
        if (line.Split(' ') is not [var what, var id]) return;
        if (what == "sent") _sent.Add(id);
        else if (what == "settling") _settling.Add(id);
        else if (what == "settled") _settled.Add(id);
    }

    private async Task<List<string>> ReadAll()
    {
        await using var client = new ServiceBusClient(_folder.ConnectionString);
        var ids = new List<string>();
        // Queues before their dead letters: a message handed out for the last time at a kill moves there when its turn comes.
        foreach (var id in new[] { "0", "1", "2" })
        {
            var mode = new ServiceBusSessionReceiverOptions { ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete };
            await using var session = await client.AcceptSessionAsync("sessions", id, mode);
            while (await session.PeekMessageAsync(0) is not null)
                ids.AddRange((await session.ReceiveMessagesAsync(1_000)).Select(message => message.MessageId));
        }
        foreach (var (queue, part) in new[] { ("plain", SubQueue.None), ("plain", SubQueue.DeadLetter), ("sessions", SubQueue.DeadLetter) })
        {
            var receiver = client.CreateReceiver(queue, new ServiceBusReceiverOptions { SubQueue = part, ReceiveMode = ServiceBusReceiveMode.ReceiveAndDelete });
            while (await receiver.PeekMessageAsync(0) is not null)
                ids.AddRange((await receiver.ReceiveMessagesAsync(1_000)).Select(message => message.MessageId));
        }
        return ids;
    }
}
