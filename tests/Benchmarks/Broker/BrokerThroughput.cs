using System.Diagnostics;
using Azure.Messaging.ServiceBus;

namespace Stockgate.Benchmarks.Broker;

/// <summary>
/// What a webhook endpoint and its projection ask of a Service Bus namespace, through the real client: batches and single sends into
/// sessions, then receive and complete by session. The queue must have sessions; what is in it is taken.
/// </summary>
public static class BrokerThroughput
{
    private const int Sessions = 64;
    private const int BatchSize = 100;
    private const int SingleSenders = 64;
    private const int Receivers = 8;

    private static readonly TimeSpan Wait = TimeSpan.FromMilliseconds(500);

    /// <summary>Prints one line per figure.</summary>
    /// <param name="queue">A queue with sessions; duplicate detection as it will be used.</param>
    /// <param name="count">Messages per measurement.</param>
    public static async Task Run(string connectionString, string queue, int count = 100_000, int bodyBytes = 600)
    {
        var body = new byte[bodyBytes];
        new Random(1).NextBytes(body);
        await using var client = new ServiceBusClient(connectionString);
        await SendBatches(client, queue, 2_000, 4, body);
        await Drain(client, queue, 2_000);

        foreach (var senders in (int[])[1, 4])
        {
            await Measure(
                $"sent in batches of {BatchSize}, {senders} sender(s)",
                count,
                () => SendBatches(client, queue, count, senders, body)
            );
            await Measure($"received and completed, {Receivers} session receivers", count, () => Drain(client, queue, count));
        }
        await Measure($"sent singly, {SingleSenders} callers", count / 4, () => SendSingly(client, queue, count / 4, body));
        await Drain(client, queue, count / 4);
        await Latency(client, queue, body);
    }

    private static async Task Measure(string what, int count, Func<Task> act)
    {
        var watch = Stopwatch.StartNew();
        await act();
        Console.WriteLine($"{count / watch.Elapsed.TotalSeconds, 10:N0}/s  {what}");
    }

    private static Task SendBatches(ServiceBusClient client, string queue, int count, int senders, byte[] body)
    {
        var batches = count / BatchSize;
        var next = -1;
        return Task.WhenAll(
            Enumerable
                .Range(0, senders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        await using var sender = client.CreateSender(queue);
                        for (var i = Interlocked.Increment(ref next); i < batches; i = Interlocked.Increment(ref next))
                            await sender.SendMessagesAsync(Enumerable.Range(0, BatchSize).Select(at => Message(i * BatchSize + at, body)));
                    })
                )
        );
    }

    private static async Task SendSingly(ServiceBusClient client, string queue, int count, byte[] body)
    {
        await using var sender = client.CreateSender(queue);
        var next = -1;
        await Task.WhenAll(
            Enumerable
                .Range(0, SingleSenders)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        for (var i = Interlocked.Increment(ref next); i < count; i = Interlocked.Increment(ref next))
                            await sender.SendMessageAsync(Message(i, body));
                    })
                )
        );
    }

    private static ServiceBusMessage Message(int i, byte[] body) =>
        new(body)
        {
            MessageId = Guid.NewGuid().ToString("N"),
            SessionId = $"{i % Sessions}",
            Subject = "stock-changed",
            ApplicationProperties = { ["source"] = "benchmark" },
        };

    private static Task Drain(ServiceBusClient client, string queue, int count)
    {
        var done = 0;
        return Task.WhenAll(
            Enumerable
                .Range(0, Receivers)
                .Select(_ =>
                    Task.Run(async () =>
                    {
                        while (Volatile.Read(ref done) < count)
                        {
                            using var end = new CancellationTokenSource(TimeSpan.FromSeconds(2));
                            try
                            {
                                await using var session = await client.AcceptNextSessionAsync(queue, cancellationToken: end.Token);
                                var taken = BatchSize;
                                while (taken == BatchSize)
                                    Interlocked.Add(ref done, taken = await TakeSome(session));
                            }
                            catch (OperationCanceledException)
                            {
                                // No session had messages: others have the last ones.
                            }
                        }
                    })
                )
        );
    }

    private static async Task<int> TakeSome(ServiceBusSessionReceiver session)
    {
        var messages = await session.ReceiveMessagesAsync(BatchSize, Wait);
        await Task.WhenAll(messages.Select(message => session.CompleteMessageAsync(message)));
        return messages.Count;
    }

    private static async Task Latency(ServiceBusClient client, string queue, byte[] body)
    {
        await using var sender = client.CreateSender(queue);
        await using var session = await client.AcceptSessionAsync(queue, "latency");
        var times = new List<double>();
        for (var i = 0; i < 300; i++)
        {
            var received = session.ReceiveMessageAsync();
            var watch = Stopwatch.StartNew();
            await sender.SendMessageAsync(new ServiceBusMessage(body) { SessionId = "latency" });
            var message = await received;
            times.Add(watch.Elapsed.TotalMilliseconds);
            await session.CompleteMessageAsync(message);
        }
        times.Sort();
        Console.WriteLine(
            $"{times[times.Count / 2], 10:N1} ms p50, {times[times.Count * 99 / 100]:N1} ms p99 from an idle send to its receiver"
        );
    }
}
