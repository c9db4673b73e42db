using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Engine;
using Stockgate.Local.ServiceBus.Sqlite;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>
/// Sends messages of one lane to a client within its credit, and settles them. At most one receive waits in the broker, and the next one
/// follows only after the previous messages are sent or returned, so that a session stays in order.
/// </summary>
internal sealed class DeliveryLink : AmqpLink
{
    private const int MostAtOnce = 1_000;

    private readonly Broker _broker;
    private readonly Lock _gate = new();
    private SettlementBatch? _settlement;
    private Lane? _lane;
    private ReceiveOperation? _waiting;
    private bool _open;

    public DeliveryLink(Broker broker, AmqpSession session, AmqpLinkSettings settings)
        : base("delivery", session, settings)
    {
        _broker = broker;
        // The client's first credit comes right behind its attach, so possibly before the link is open.
        Opened += (_, _) =>
        {
            _open = true;
            Pump();
        };
        Closed += (_, _) => OnClosed();
    }

    /// <summary>The session it holds; null on an entity without sessions.</summary>
    public SessionLock? SessionLock { get; private set; }

    public bool IsReceiveAndDelete => Settings.SettleType == SettleMode.SettleOnSend;

    /// <summary>What it delivers from; before it is opened.</summary>
    public void Bind(Lane lane, SessionLock? session)
    {
        _lane = lane;
        SessionLock = session;
        _settlement = new SettlementBatch(this, _broker, lane, session);
        if (session is not null)
            session.OnLost = () => ThreadPool.QueueUserWorkItem(_ => SafeClose(Errors.Thrown(Sessions.Lost(lane))));
    }

    public override bool CreateDelivery(Transfer transfer, out Delivery delivery) =>
        throw new AmqpException(AmqpErrorCode.NotAllowed, null);

    protected override void OnProcessTransfer(Delivery delivery, Transfer transfer, Frame rawFrame) =>
        throw new AmqpException(AmqpErrorCode.NotAllowed, null);

    protected override void OnCreditAvailable(int session, uint link, bool drain, ArraySegment<byte> txnId)
    {
        // Drained is reported as soon as this returns: what the broker brings afterwards finds no credit and is given back.
        if (drain)
            CallOff();
        else
            Pump();
    }

    protected override void OnDisposeDeliveryInternal(Delivery delivery)
    {
        // A pre-settled delivery gets no disposition.
        if (IsReceiveAndDelete)
            return;
        // It arrived where nobody was receiving any more. Given back before this returns, hence before the next credit is looked at:
        // a receive that came first would bring what is behind it.
        if (delivery is { Settled: true, State: Released })
            GiveBack([new Guid(delivery.DeliveryTag)]);
        else
            _settlement!.Add(delivery);
    }

    private void CallOff()
    {
        ReceiveOperation? waiting;
        lock (_gate)
            waiting = _waiting;
        if (waiting is null)
            return;
        waiting.CancelBeforeStart();
        _ = _broker
            .Writer.Run(new CancelWaitOperation<Broker>(waiting.Cancel))
            .ContinueWith(static done => done.Exception, TaskContinuationOptions.OnlyOnFaulted);
    }

    private void Pump()
    {
        lock (_gate)
        {
            if (!_open || _waiting is not null || LinkCredit == 0 || IsClosing())
                return;
            _waiting = new ReceiveOperation(_lane!, SessionLock, (int)Math.Min(LinkCredit, MostAtOnce));
        }
        _ = Receive(_waiting);
    }

    private async Task Receive(ReceiveOperation operation)
    {
        try
        {
            Send(operation, await _broker.Writer.Run(operation));
        }
        catch (OperationCanceledException) { }
        catch (Exception e)
        {
            SafeClose(Errors.Thrown(e));
        }
        lock (_gate)
            _waiting = null;
        Pump();
    }

    private void Send(ReceiveOperation operation, List<StoredDelivery> deliveries)
    {
        var sent = 0;
        try
        {
            sent = IsReceiveAndDelete ? SendAndDelete(operation, deliveries) : SendLocked(operation, deliveries);
        }
        finally
        {
            // A concurrent close of the link did not see the messages being sent.
            if (IsClosing() && !IsReceiveAndDelete)
                sent = 0;
            if (sent < deliveries.Count)
                GiveBack(deliveries.Skip(sent).Select(delivery => delivery.LockToken));
        }
    }

    private int SendLocked(ReceiveOperation operation, List<StoredDelivery> deliveries)
    {
        for (var i = 0; i < deliveries.Count; i++)
            if (!SendBeforeDrained(operation, Encode(deliveries[i])))
                return i;
        return deliveries.Count;
    }

    // Takes the credit and writes the frame under the link's lock: a drain that came in between would tell the client that no more
    // follows, and a client that then gets one more closes the link. What was fetched before a drain is not for the credit after it:
    // the client may have sent back what comes before.
    private bool SendBeforeDrained(ReceiveOperation operation, AmqpMessage message)
    {
        lock (SyncRoot)
            return !operation.IsCancelled && TrySendDelivery(message);
    }

    // Deleted before the client can see them; under the link's lock, so that no drain takes the credit in between.
    private int SendAndDelete(ReceiveOperation operation, List<StoredDelivery> deliveries)
    {
        lock (SyncRoot)
        {
            if (IsClosing() || operation.IsCancelled)
                return 0;
            var count = (int)Math.Min(LinkCredit, (uint)deliveries.Count);
            if (count == 0)
                return 0;
            Settle(deliveries.Take(count).Select(delivery => new Settling(delivery.LockToken, Verdict.Complete)));
            for (var i = 0; i < count; i++)
                TrySendDelivery(Encode(deliveries[i]));
            return count;
        }
    }

    private static AmqpMessage Encode(in StoredDelivery delivery)
    {
        var message = Payload.Message(DeliveredMessage.Encode(delivery, counted: true));
        message.DeliveryTag = new ArraySegment<byte>(delivery.LockToken.ToByteArray());
        message.Batchable = true;
        return message;
    }

    private void OnClosed()
    {
        CallOff();
        if (SessionLock is { } held)
            Forget(_broker.Writer.Run(new ReleaseSessionOperation(held)));
        else if (_lane is not null)
            GiveBack(HeldTokens());
    }

    private List<Guid> HeldTokens()
    {
        lock (SyncRoot)
            return [.. UnsettledMap.Keys.Select(tag => new Guid(tag))];
    }

    private void GiveBack(IEnumerable<Guid> tokens) => Settle(tokens.Select(token => new Settling(token, Verdict.GiveBack)));

    private void Settle(IEnumerable<Settling> settlings)
    {
        var all = settlings.ToList();
        if (all.Count > 0)
            Forget(_broker.Writer.Run(new SettleOperation(_lane!, SessionLock, all)));
    }

    // It fails only when the broker has stopped, and its locks with it.
    private static void Forget(Task task) => task.ContinueWith(static done => done.Exception, TaskContinuationOptions.OnlyOnFaulted);
}
