namespace Microsoft.DurableTask;

/// <summary>What an activity knows about the call.</summary>
public abstract class TaskActivityContext
{
    /// <summary>A context.</summary>
    protected TaskActivityContext()
    {
    }

    /// <summary>The name it was called by.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the orchestration that called.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The version it was called with; empty when there is none.</summary>
    public virtual string Version => "";
}
