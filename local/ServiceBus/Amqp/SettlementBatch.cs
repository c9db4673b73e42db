using System.Collections.Concurrent;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>
/// The dispositions of a link. A client sends one frame per message; those that come while the broker commits are settled together by the
/// next operation, and answered together.
/// </summary>
internal sealed class SettlementBatch(AmqpLink link, Broker broker, Lane lane, SessionLock? session) : IThreadPoolWorkItem
{
    private readonly ConcurrentQueue<Delivery> _disposed = [];
    private readonly AnswerBatch _answers = new(link);
    private int _running;

    public void Add(Delivery delivery)
    {
        _disposed.Enqueue(delivery);
        if (Interlocked.Exchange(ref _running, 1) == 0)
            ThreadPool.UnsafeQueueUserWorkItem(this, preferLocal: false);
    }

    public void Execute() => _ = Run();

    private async Task Run()
    {
        do
        {
            while (!_disposed.IsEmpty)
                await SettleWaiting();
            Volatile.Write(ref _running, 0);
        } while (!_disposed.IsEmpty && Interlocked.Exchange(ref _running, 1) == 0);
    }

    private async Task SettleWaiting()
    {
        var deliveries = new List<Delivery>();
        while (_disposed.TryDequeue(out var delivery))
            deliveries.Add(delivery);
        List<Settling>? settlings = null;
        try
        {
            settlings = [.. deliveries.Select(delivery => Read(new Guid(delivery.DeliveryTag), delivery.State))];
            await broker.Writer.Run(new SettleOperation(lane, session, settlings));
            for (var i = 0; i < deliveries.Count; i++)
                if (!deliveries[i].Settled)
                    _answers.Add(deliveries[i], AnswerTo(settlings[i]));
        }
        catch (Exception e)
        {
            link.SafeClose(Errors.Thrown(e));
        }
    }

    // Accepted whatever the verdict was: a rejection that is echoed is an error to the client.
    private static DeliveryState AnswerTo(Settling settling) =>
        settling.Refusal is { } refusal ? new Rejected { Error = Errors.Of(refusal) } : AmqpConstants.AcceptedOutcome;

    private static Settling Read(Guid token, DeliveryState? state) =>
        state switch
        {
            Accepted => new Settling(token, Verdict.Complete),
            Modified { UndeliverableHere: true } defer => new Settling(token, Verdict.Defer, ChangesOf(defer.MessageAnnotations)),
            Modified abandon => new Settling(token, Verdict.Abandon, ChangesOf(abandon.MessageAnnotations)),
            Rejected reject => new Settling(token, Verdict.DeadLetter, ChangesOf(reject.Error?.Info)),
            Released => new Settling(token, Verdict.GiveBack),
            _ => throw new InvalidOperationException(
                $"A message cannot be settled by {state?.GetType().Name ?? "nothing"} here; transactions are not supported."
            ),
        };

    private static byte[]? ChangesOf(Fields? fields) =>
        fields is null
            ? null
            : PropertyChanges.Of(fields.Select(field => KeyValuePair.Create(field.Key.Key.ToString()!, (object?)field.Value)));
}
