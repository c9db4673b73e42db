namespace Microsoft.DurableTask;

/// <summary>An activity or a sub-orchestration has failed, seen from the orchestrator that awaits it.</summary>
public sealed class TaskFailedException : Exception
{
    /// <summary>A failure told by an exception.</summary>
    /// <exception cref="ArgumentException"><paramref name="taskName"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="taskName"/> or <paramref name="innerException"/> is null.</exception>
    public TaskFailedException(string taskName, int taskId, Exception innerException)
        : this(taskName, taskId, Details(innerException), innerException)
    {
    }

    /// <summary>A failure told by its details.</summary>
    /// <exception cref="ArgumentException"><paramref name="taskName"/> is empty.</exception>
    /// <exception cref="ArgumentNullException"><paramref name="taskName"/> or <paramref name="failureDetails"/> is null.</exception>
    public TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails)
        : this(taskName, taskId, failureDetails, null)
    {
    }

    private TaskFailedException(string taskName, int taskId, TaskFailureDetails failureDetails, Exception? innerException)
        : base($"Task '{taskName}' (#{taskId}) failed with an unhandled exception: {failureDetails?.ErrorMessage}", innerException)
    {
        ArgumentException.ThrowIfNullOrEmpty(taskName);
        ArgumentNullException.ThrowIfNull(failureDetails);
        TaskName = taskName;
        TaskId = taskId;
        FailureDetails = failureDetails;
    }

    /// <summary>The name of the activity or the orchestrator that failed.</summary>
    public string TaskName { get; }

    /// <summary>The number of the task within its orchestration.</summary>
    public int TaskId { get; }

    /// <summary>How the task failed.</summary>
    public TaskFailureDetails FailureDetails { get; }

    /// <summary>The same as <see cref="TaskFailureDetails.IsCausedBy{T}"/> of <see cref="FailureDetails"/>.</summary>
    public bool IsCausedByException<T>()
        where T : Exception => FailureDetails.IsCausedBy<T>();

    private static TaskFailureDetails Details(Exception innerException)
    {
        ArgumentNullException.ThrowIfNull(innerException);
        return TaskFailureDetails.FromException(innerException);
    }
}
