using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Stockgate.Local.ServiceBus.Content;
using Stockgate.Local.ServiceBus.Engine;
using Stockgate.Local.ServiceBus.Storage;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>The <c>$management</c> node of an entity.</summary>
internal sealed class Management(Broker broker, string entity)
{
    private const int MostPeeked = 1_000;
    private const uint ReceiveAndDelete = 0;

    public Task<AmqpMessage> Answer(AmqpMessage message, LinkNames names)
    {
        var request = new ManagementRequest(message, names);
        return request.Operation switch
        {
            "com.microsoft:schedule-message" => Schedule(request),
            "com.microsoft:cancel-scheduled-message" => CancelScheduled(request),
            "com.microsoft:peek-message" => Peek(request),
            "com.microsoft:receive-by-sequence-number" => ReceiveDeferred(request),
            "com.microsoft:update-disposition" => UpdateDisposition(request),
            "com.microsoft:renew-lock" => RenewMessages(request),
            "com.microsoft:renew-session-lock" => RenewSession(request),
            "com.microsoft:get-session-state" => GetState(request),
            "com.microsoft:set-session-state" => SetState(request),
            _ => throw new NotImplementedException($"The local Service Bus has no operation '{request.Operation}'."),
        };
    }

    private async Task<AmqpMessage> Schedule(ManagementRequest request)
    {
        var messages = request
            .Required<IEnumerable<object>>("messages")
            .Cast<AmqpMap>()
            .Select(map => BrokerMessage.From(((ArraySegment<byte>)map[new MapKey("message")]).ToArray()))
            .ToList();
        if (messages.Sum(message => message.Content.Length) is var size and > BrokerMessage.MaxSizeInBytes)
            throw new BrokerException(
                $"The messages are {size} bytes; the limit is {BrokerMessage.MaxSizeInBytes} bytes.",
                BrokerFailure.MessageSizeExceeded
            );
        var sequences = await broker.Writer.Run(new SendOperation(broker.Catalog.Address(entity), messages));
        return ManagementRequest.Done(("sequence-numbers", sequences));
    }

    private async Task<AmqpMessage> CancelScheduled(ManagementRequest request)
    {
        var sequences = request.Required<long[]>("sequence-numbers");
        await broker.Writer.Run(new CancelScheduledOperation(broker.Catalog.Address(entity), sequences));
        return ManagementRequest.Done();
    }

    private async Task<AmqpMessage> Peek(ManagementRequest request)
    {
        var count = Math.Min(request.Required<int>("message-count"), MostPeeked);
        var operation = new PeekOperation(Queue, request.SessionId, request.Required<long>("from-sequence-number"), count);
        var found = await broker.Writer.Run(operation);
        return found.Count == 0
            ? ManagementRequest.NoContent()
            : ManagementRequest.Done(("messages", found.ConvertAll(delivery => MapOf(delivery, counted: false))));
    }

    private async Task<AmqpMessage> ReceiveDeferred(ManagementRequest request)
    {
        var queue = Queue;
        var mode = request.Required<uint>("receiver-settle-mode") == ReceiveAndDelete ? ReceiveMode.ReceiveAndDelete : ReceiveMode.PeekLock;
        var sequences = request.Required<long[]>("sequence-numbers").Distinct().ToArray();
        var taken = await broker.Writer.Run(new ReceiveDeferredOperation(queue, request.Session(queue), sequences, mode));
        return ManagementRequest.Done(
            (
                "messages",
                taken.ConvertAll(delivery =>
                {
                    var map = MapOf(delivery, counted: true);
                    if (mode == ReceiveMode.PeekLock)
                        map[new MapKey("lock-token")] = delivery.LockToken;
                    return map;
                })
            )
        );
    }

    private async Task<AmqpMessage> UpdateDisposition(ManagementRequest request)
    {
        var queue = Queue;
        var session = request.Session(queue);
        var verdict = request.Required<string>("disposition-status").ToLowerInvariant() switch
        {
            "completed" => Verdict.Complete,
            "abandoned" => Verdict.Abandon,
            "defered" => Verdict.Defer,
            "suspended" => Verdict.DeadLetter,
            var other => throw new InvalidOperationException($"'{other}' is not a disposition status."),
        };
        var changes = ChangesOf(request);
        var settlings = request.Required<Guid[]>("lock-tokens").Select(token => new Settling(token, verdict, changes)).ToList();
        await broker.Writer.Run(new SettleOperation(session?.Lane ?? queue.Whole, session, settlings));
        if (settlings.Find(settling => settling.Refusal is not null)?.Refusal is { } refusal)
            throw refusal;
        return ManagementRequest.Done();
    }

    private async Task<AmqpMessage> RenewMessages(ManagementRequest request)
    {
        var operation = new RenewMessagesOperation(Queue.Whole, request.Required<Guid[]>("lock-tokens"));
        return ManagementRequest.Done(("expirations", await broker.Writer.Run(operation)));
    }

    private async Task<AmqpMessage> RenewSession(ManagementRequest request)
    {
        var until = await broker.Writer.Run(new RenewSessionOperation(RequiredSession(request)));
        return ManagementRequest.Done(("expiration", until.UtcDateTime));
    }

    private async Task<AmqpMessage> GetState(ManagementRequest request)
    {
        var state = await broker.Writer.Run(new GetSessionStateOperation(RequiredSession(request)));
        return ManagementRequest.Done(("session-state", state is null ? null : (object)new ArraySegment<byte>(state)));
    }

    private async Task<AmqpMessage> SetState(ManagementRequest request)
    {
        var state = request.State("session-state");
        await broker.Writer.Run(new SetSessionStateOperation(RequiredSession(request), state));
        return ManagementRequest.Done();
    }

    private BrokerQueue Queue => broker.Catalog.Queue(entity);

    private SessionLock RequiredSession(ManagementRequest request) =>
        request.Session(Queue) ?? throw new InvalidOperationException($"'{entity}' has no sessions.");

    private static byte[]? ChangesOf(ManagementRequest request)
    {
        var changes = request.Properties("properties-to-modify");
        if (request.Optional<string>("deadletter-reason") is { } reason)
            changes = changes.Append(KeyValuePair.Create<string, object?>(PropertyChanges.DeadLetterReason, reason));
        if (request.Optional<string>("deadletter-description") is { } description)
            changes = changes.Append(KeyValuePair.Create<string, object?>(PropertyChanges.DeadLetterErrorDescription, description));
        return PropertyChanges.Of(changes);
    }

    private static AmqpMap MapOf(StoredDelivery delivery, bool counted) =>
        new() { [new MapKey("message")] = Payload.Join(DeliveredMessage.Encode(delivery, counted)) };
}
