using Azure.Messaging.ServiceBus;
using Google.Protobuf;
using Google.Protobuf.WellKnownTypes;
using Grpc.Core;
using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Stockgate.Local.Host.Protocol;

namespace Stockgate.Local.Host.ServiceBus;

/// <summary>Settlement by the worker. What is not held any more is a failed precondition.</summary>
internal sealed class SettlementService(HeldMessages held) : Settlement.SettlementBase
{
    private static readonly Empty Done = new();

    public override Task<Empty> Complete(CompleteRequest request, ServerCallContext context) =>
        SettleAsync(request.Locktoken, (settler, message) => settler.CompleteAsync(message, context.CancellationToken));

    public override Task<Empty> Abandon(AbandonRequest request, ServerCallContext context) =>
        SettleAsync(
            request.Locktoken,
            (settler, message) => settler.AbandonAsync(message, Properties(request.PropertiesToModify), context.CancellationToken)
        );

    public override Task<Empty> Defer(DeferRequest request, ServerCallContext context) =>
        SettleAsync(
            request.Locktoken,
            (settler, message) => settler.DeferAsync(message, Properties(request.PropertiesToModify), context.CancellationToken)
        );

    public override Task<Empty> Deadletter(DeadletterRequest request, ServerCallContext context) =>
        SettleAsync(
            request.Locktoken,
            (settler, message) =>
                settler.DeadLetterAsync(
                    message,
                    Properties(request.PropertiesToModify),
                    request.DeadletterReason,
                    request.DeadletterErrorDescription,
                    context.CancellationToken
                )
        );

    public override Task<Empty> RenewMessageLock(RenewMessageLockRequest request, ServerCallContext context) =>
        GuardAsync(async () =>
        {
            await Message(request.Locktoken).RenewAsync(context.CancellationToken);
            return Done;
        });

    public override Task<GetSessionStateResponse> GetSessionState(GetSessionStateRequest request, ServerCallContext context) =>
        GuardAsync(async () =>
        {
            var state = await Session(request.SessionId).State(context.CancellationToken);
            return new GetSessionStateResponse
            {
                SessionState = state is null ? ByteString.Empty : ByteString.CopyFrom(state.ToMemory().Span),
            };
        });

    public override Task<Empty> SetSessionState(SetSessionStateRequest request, ServerCallContext context) =>
        GuardAsync(async () =>
        {
            await Session(request.SessionId).SetState(BinaryData.FromBytes(request.SessionState.Memory), context.CancellationToken);
            return Done;
        });

    public override Task<Empty> ReleaseSession(ReleaseSessionRequest request, ServerCallContext context)
    {
        Session(request.SessionId).Release();
        return Task.FromResult(Done);
    }

    public override Task<RenewSessionLockResponse> RenewSessionLock(RenewSessionLockRequest request, ServerCallContext context) =>
        GuardAsync(async () =>
        {
            var until = await Session(request.SessionId).Renew(context.CancellationToken);
            return new RenewSessionLockResponse { LockedUntil = Timestamp.FromDateTimeOffset(until) };
        });

    private Task<Empty> SettleAsync(string lockToken, Func<Settler, ServiceBusReceivedMessage, Task> how) =>
        GuardAsync(async () =>
        {
            await Message(lockToken).SettleAsync(how);
            return Done;
        });

    private HeldMessage Message(string lockToken) =>
        held.Find(lockToken) ?? throw Lost($"No running function holds a message with the lock token {lockToken}.");

    private HeldSession Session(string id) => held.FindSession(id) ?? throw Lost($"No running function holds the session {id}.");

    private static async Task<T> GuardAsync<T>(Func<Task<T>> action)
    {
        try
        {
            return await action();
        }
        catch (ServiceBusException fault)
        {
            throw Lost($"{fault.Reason}: {fault.Message}");
        }
        catch (Exception fault) when (fault is ObjectDisposedException or InvalidOperationException)
        {
            // A lost link shows as a disposed receiver.
            throw Lost(fault.Message);
        }
    }

    private static Grpc.Core.RpcException Lost(string detail) => new(new Status(StatusCode.FailedPrecondition, detail));

    private static Dictionary<string, object>? Properties(ByteString encoded)
    {
        if (encoded.IsEmpty)
            return null;
        using var buffer = new ByteBuffer(encoded.ToByteArray(), autoGrow: false);
        buffer.AdjustPosition(0, encoded.Length);
        var map = AmqpCodec.DecodeMap(buffer);
        return map.ToDictionary(pair => pair.Key.ToString()!, pair => pair.Value);
    }
}
