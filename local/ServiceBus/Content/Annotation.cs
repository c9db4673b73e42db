namespace Stockgate.Local.ServiceBus.Content;

/// <summary>Service Bus's message annotations.</summary>
internal static class Annotation
{
    public const string SequenceNumber = "x-opt-sequence-number";
    public const string EnqueueSequenceNumber = "x-opt-enqueue-sequence-number";
    public const string EnqueuedTime = "x-opt-enqueued-time";
    public const string LockedUntil = "x-opt-locked-until";
    public const string MessageState = "x-opt-message-state";
    public const string DeadLetterSource = "x-opt-deadletter-source";
    public const string ScheduledEnqueueTime = "x-opt-scheduled-enqueue-time";

    /// <summary>Annotations of the broker; a sender's values are dropped.</summary>
    public static bool IsBrokers(string? name) =>
        name is SequenceNumber or EnqueueSequenceNumber or EnqueuedTime or LockedUntil or MessageState or DeadLetterSource;
}
