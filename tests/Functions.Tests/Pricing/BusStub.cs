using System.Text.Json;
using Azure.Messaging.ServiceBus;
using Stockgate.Platform.Pricing;
using Stockgate.Platform.Pricing.Signals;
using Stockgate.Platform.Pricing.Writing;

namespace Stockgate.Functions.Tests.Pricing;

/// <summary>Keeps what is sent to the writers of prices until a test hands it over.</summary>
internal sealed class BusStub : ServiceBusClient
{
    private readonly Lock gate = new();
    private readonly List<(ServiceBusMessage Message, long Sequence, DateTimeOffset At)> waiting = [];
    private long sequence;

    public override ServiceBusSender CreateSender(string queueOrTopicName) => new Sender(this, queueOrTopicName);

    public int Waiting
    {
        get
        {
            lock (gate)
                return waiting.Count;
        }
    }

    /// <summary>What is due, session by session, in order.</summary>
    public IReadOnlyList<IReadOnlyList<QueuedPriceWork>> Take(DateTimeOffset now)
    {
        lock (gate)
        {
            var due = waiting.Where(w => w.At <= now).ToList();
            waiting.RemoveAll(w => w.At <= now);
            return
            [
                .. due.GroupBy(static w => w.Message.SessionId)
                    .Select(static g =>
                        (IReadOnlyList<QueuedPriceWork>)
                            [
                                .. g.Select(static w => new QueuedPriceWork(
                                    JsonSerializer.Deserialize(w.Message.Body.ToMemory().Span, PricingJson.Default.PriceWork)!,
                                    w.Sequence
                                )),
                            ]
                    ),
            ];
        }
    }

    private void Add(string queue, ServiceBusMessage message, DateTimeOffset at)
    {
        Assert.Equal(PriceQueue.Name, queue);
        lock (gate)
            waiting.Add((message, ++sequence, at));
    }

    private sealed class Sender(BusStub bus, string queue) : ServiceBusSender
    {
        public override Task SendMessageAsync(ServiceBusMessage message, CancellationToken cancellationToken = default)
        {
            bus.Add(queue, message, DateTimeOffset.MinValue);
            return Task.CompletedTask;
        }

        public override Task<long> ScheduleMessageAsync(
            ServiceBusMessage message,
            DateTimeOffset scheduledEnqueueTime,
            CancellationToken cancellationToken = default
        )
        {
            bus.Add(queue, message, scheduledEnqueueTime);
            return Task.FromResult(1L);
        }
    }
}
