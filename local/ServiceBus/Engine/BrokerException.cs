namespace Stockgate.Local.ServiceBus.Engine;

/// <summary>Why the broker refused something.</summary>
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

/// <summary>The broker refused something; <see cref="Failure"/> says why.</summary>
internal sealed class BrokerException(string message, BrokerFailure failure, Exception? inner = null) : Exception(message, inner)
{
    public BrokerFailure Failure => failure;
}
