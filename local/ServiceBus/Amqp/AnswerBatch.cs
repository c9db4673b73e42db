using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>
/// Settles deliveries of a link. Answers given during a write are sent with the next one, and adjacent deliveries with the same outcome
/// share one frame.
/// </summary>
internal sealed class AnswerBatch(AmqpLink link) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<(Delivery Delivery, DeliveryState State)> _answers = [];
    private int _scheduled;

    public void Add(Delivery delivery, DeliveryState state)
    {
        _answers.Enqueue((delivery, state));
        if (Interlocked.Exchange(ref _scheduled, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute()
    {
        Volatile.Write(ref _scheduled, 0);
        try
        {
            while (_answers.TryDequeue(out var answer))
            {
                answer.Delivery.Batchable = true;
                link.DisposeDelivery(answer.Delivery, settled: true, answer.State, noFlush: true);
            }
            if (!link.IsClosing())
                link.Session.Flush();
        }
        catch (Exception e)
        {
            // The link or its connection is closing; the client learns of it that way.
            link.SafeClose(e);
        }
    }
}
