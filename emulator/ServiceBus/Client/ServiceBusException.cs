namespace Azure.Messaging.ServiceBus;

/// <summary>A failure that the broker reports; <see cref="Reason"/> says which.</summary>
public class ServiceBusException : Exception
{
    /// <summary>A failure with a reason.</summary>
    public ServiceBusException(string message, ServiceBusFailureReason reason, string? entityPath = null, Exception? innerException = null)
        : this(IsTransientReason(reason), message, entityPath, reason, innerException)
    {
    }

    /// <summary>A failure that says whether trying again can help.</summary>
    public ServiceBusException(bool isTransient, string message, string? entityName = null,
        ServiceBusFailureReason reason = ServiceBusFailureReason.GeneralError, Exception? innerException = null)
        : base(message, innerException)
    {
        IsTransient = isTransient;
        EntityPath = entityName;
        Reason = reason;
    }

    /// <summary>For mocking.</summary>
    public ServiceBusException()
    {
    }

    /// <summary>True when the same call may succeed later.</summary>
    public bool IsTransient { get; }

    /// <summary>Why it failed.</summary>
    public ServiceBusFailureReason Reason { get; }

    /// <summary>The queue, topic or subscription concerned, when there is one.</summary>
    public string? EntityPath { get; }

    /// <summary>What happened, the entity and the reason.</summary>
    public override string Message =>
        EntityPath is null ? $"{base.Message} ({Reason})" : $"{base.Message} ({EntityPath} - {Reason})";

    private static bool IsTransientReason(ServiceBusFailureReason reason) => reason is ServiceBusFailureReason.ServiceBusy
        or ServiceBusFailureReason.ServiceTimeout or ServiceBusFailureReason.ServiceCommunicationProblem;
}
