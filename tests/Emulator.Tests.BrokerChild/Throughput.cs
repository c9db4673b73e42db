using System.Diagnostics;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Emulator.Tests.BrokerChild;

/// <summary>What a webhook endpoint and its projection ask of the broker: single sends from 64 callers, then receive and complete by session.</summary>
internal static class Throughput
{
    private const int Senders = 64;
    private const int Sessions = 64;
    private const int Batch = 500;

    public static async Task<int> Run(string folder, int count)
    {
        Directory.CreateDirectory(folder);
        await File.WriteAllTextAsync(Path.Combine(folder, "entities.json"), """
            {"UserConfig":{"Namespaces":[{"Name":"m","Queues":[
              {"Name":"plain"},
              {"Name":"events","Properties":{"RequiresSession":true,"RequiresDuplicateDetection":true,"DefaultMessageTimeToLive":"P14D"}}]}]}}
            """);
        var client = new ServiceBusClient(Connection.To(folder));
        var body = new byte[600];
        new Random(1).NextBytes(body);
        await Send(client, 2_000, body, "warm");
        await Drain(client, 2_000);

        Report("before", folder);
        await Measure($"send {count:N0} singly, {Senders} callers, {Sessions} sessions, duplicate detection", count, () => Send(client, count, body, "m"));
        Report($"backlog of {count:N0}", folder);
        await client.DisposeAsync();
        client = new ServiceBusClient(Connection.To(folder));
        var opening = Stopwatch.StartNew();
        await client.CreateReceiver("plain").PeekMessageAsync();
        Console.WriteLine($"{opening.ElapsedMilliseconds,10:N0}ms  to open a file with that backlog");
        await Measure($"receive + complete in batches of {Batch}, 8 receivers", count, () => Drain(client, count));
        Report("after", folder);
        var both = count / 2;
        await Measure("both at once", both, () => Task.WhenAll(Send(client, both, body, "b"), Drain(client, both)));
        await client.DisposeAsync();
        return 0;
    }

    private static async Task Measure(string what, int count, Func<Task> act)
    {
        var allocated = GC.GetTotalAllocatedBytes();
        var watch = Stopwatch.StartNew();
        await act();
        var allocatedEach = (GC.GetTotalAllocatedBytes() - allocated) / count;
        Console.WriteLine($"{count / watch.Elapsed.TotalSeconds,10:N0}/s  {what}  ({allocatedEach:N0} bytes allocated each)");
    }

    private static Task Send(ServiceBusClient client, int count, byte[] body, string run)
    {
        var sender = client.CreateSender("events");
        var next = -1;
        return Task.WhenAll(Enumerable.Range(0, Senders).Select(_ => Task.Run(async () =>
        {
            for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                await sender.SendMessageAsync(new ServiceBusMessage(body)
                {
                    MessageId = $"{run}-{Guid.NewGuid()}", SessionId = $"{i % Sessions}", Subject = "stock-changed"
                });
        })));
    }

    private static Task Drain(ServiceBusClient client, int count)
    {
        var done = 0;
        return Task.WhenAll(Enumerable.Range(0, 8).Select(_ => Task.Run(async () =>
        {
            while (Volatile.Read(ref done) < count)
            {
                ServiceBusSessionReceiver session;
                try
                {
                    session = await client.AcceptNextSessionAsync("events", maxWait: TimeSpan.FromMilliseconds(100));
                }
                catch (ServiceBusException e) when (e.Reason == ServiceBusFailureReason.ServiceTimeout)
                {
                    continue;
                }
                await using var held = session;
                var messages = await session.ReceiveMessagesAsync(Batch, TimeSpan.FromMilliseconds(100));
                await session.CompleteMessagesAsync(messages);
                Interlocked.Add(ref done, messages.Count);
            }
        })));
    }

    private static void Report(string when, string folder)
    {
        var heap = GC.GetTotalMemory(forceFullCollection: true) >> 10;
        var file = new FileInfo(Path.Combine(folder, "broker.db")).Length >> 20;
        Console.WriteLine($"{"",12}{when}: heap {heap:N0} KiB, working set {Environment.WorkingSet >> 20:N0} MiB, file {file:N0} MiB");
    }
}
