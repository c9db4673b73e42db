namespace Microsoft.DurableTask.Client;

/// <summary>Where an orchestration stands.</summary>
public enum OrchestrationRuntimeStatus
{
    /// <summary>It has begun and has not finished.</summary>
    Running = 0,

    /// <summary>It has returned.</summary>
    Completed = 1,

    /// <summary>It is starting over; clients see <see cref="Running"/> instead.</summary>
    ContinuedAsNew = 2,

    /// <summary>It has ended with an exception.</summary>
    Failed = 3,

    /// <summary>It was cancelled.</summary>
    Canceled = 4,

    /// <summary>A client has ended it.</summary>
    Terminated = 5,

    /// <summary>It was scheduled and has not begun.</summary>
    Pending = 6,

    /// <summary>A client has paused it.</summary>
    Suspended = 7,
}
