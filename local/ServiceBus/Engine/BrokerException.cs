namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>The reason of a broker error.</summary>
internal enum BrokerFailure
{
    EntityNotFound,
    MessageLockLost,
    MessageNotFound,
    MessageSizeExceeded,
    Timeout,
    Stopped,
    SessionCannotBeLocked,
    SessionLockLost,
}

/// <summary>A broker error; <see cref="Failure"/> is the reason.</summary>
internal sealed class BrokerException(string message, BrokerFailure failure, Exception? inner = null) : Exception(message, inner)
{
    public BrokerFailure Failure => failure;
}
