using Microsoft.Azure.Amqp;
using Microsoft.Azure.Amqp.Encoding;
using Microsoft.Azure.Amqp.Framing;
using Stockgate.Local.ServiceBus.Engine;

namespace Stockgate.Local.ServiceBus.Amqp;

/// <summary>Maps the broker's errors to AMQP: conditions that the client makes its exceptions from.</summary>
internal static class Errors
{
    public static readonly AmqpSymbol MessageLockLost = "com.microsoft:message-lock-lost";
    public static readonly AmqpSymbol SessionLockLost = "com.microsoft:session-lock-lost";

    private static readonly AmqpSymbol MessageNotFound = "com.microsoft:message-not-found";
    private static readonly AmqpSymbol SessionCannotBeLocked = "com.microsoft:session-cannot-be-locked";
    private static readonly AmqpSymbol Timeout = "com.microsoft:timeout";

    public static Error Of(Exception e) => new() { Condition = ConditionOf(e), Description = e.Message };

    public static AmqpException Thrown(Exception e) => e as AmqpException ?? new AmqpException(Of(e));

    /// <summary>The status of a reply that carries this error.</summary>
    public static int StatusOf(Exception e) =>
        e switch
        {
            BrokerException { Failure: BrokerFailure.EntityNotFound or BrokerFailure.MessageNotFound } => 404,
            BrokerException { Failure: BrokerFailure.Timeout } => 408,
            BrokerException { Failure: BrokerFailure.MessageSizeExceeded } => 403,
            BrokerException { Failure: BrokerFailure.Stopped } => 500,
            BrokerException => 410,
            InvalidOperationException => 400,
            NotImplementedException => 501,
            _ => 500,
        };

    private static AmqpSymbol ConditionOf(Exception e) =>
        e switch
        {
            BrokerException broker => ConditionOf(broker.Failure),
            AmqpException { Error: { } error } => error.Condition,
            InvalidOperationException => AmqpErrorCode.NotAllowed,
            NotImplementedException => AmqpErrorCode.NotImplemented,
            _ => AmqpErrorCode.InternalError,
        };

    private static AmqpSymbol ConditionOf(BrokerFailure failure) =>
        failure switch
        {
            BrokerFailure.EntityNotFound => AmqpErrorCode.NotFound,
            BrokerFailure.MessageLockLost => MessageLockLost,
            BrokerFailure.MessageNotFound => MessageNotFound,
            BrokerFailure.MessageSizeExceeded => AmqpErrorCode.MessageSizeExceeded,
            BrokerFailure.Timeout => Timeout,
            BrokerFailure.SessionCannotBeLocked => SessionCannotBeLocked,
            BrokerFailure.SessionLockLost => SessionLockLost,
            // Not "server busy", which would hold up every later send of the same client.
            _ => AmqpErrorCode.ConnectionForced,
        };
}
