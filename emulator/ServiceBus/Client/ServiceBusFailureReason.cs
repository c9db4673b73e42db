namespace Azure.Messaging.ServiceBus;

/// <summary>Why an operation on a queue, topic or subscription failed.</summary>
public enum ServiceBusFailureReason
{
    /// <summary>None of the others.</summary>
    GeneralError,
    /// <summary>The queue, topic or subscription is not declared.</summary>
    MessagingEntityNotFound,
    /// <summary>The lock on the message expired or the message was settled already.</summary>
    MessageLockLost,
    /// <summary>No such message in that state.</summary>
    MessageNotFound,
    /// <summary>A message or a batch is over its size limit.</summary>
    MessageSizeExceeded,
    /// <summary>The entity is disabled.</summary>
    MessagingEntityDisabled,
    /// <summary>A quota is used up.</summary>
    QuotaExceeded,
    /// <summary>The broker is busy; try again.</summary>
    ServiceBusy,
    /// <summary>Nothing happened within the time given.</summary>
    ServiceTimeout,
    /// <summary>The broker cannot be reached or has stopped.</summary>
    ServiceCommunicationProblem,
    /// <summary>Another receiver holds the session.</summary>
    SessionCannotBeLocked,
    /// <summary>The lock on the session expired or was released.</summary>
    SessionLockLost,
    /// <summary>The entity exists already.</summary>
    MessagingEntityAlreadyExists
}
