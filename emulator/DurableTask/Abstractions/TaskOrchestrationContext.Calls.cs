namespace Microsoft.DurableTask;

public abstract partial class TaskOrchestrationContext
{
    /// <summary>Calls an activity that returns nothing.</summary>
    /// <exception cref="TaskFailedException">The activity has failed, after the retries that the options allow.</exception>
    public virtual Task CallActivityAsync(TaskName name, object? input = null, TaskOptions? options = null) => CallActivityAsync<object>(name, input, options);

    /// <summary>Calls an activity that takes and returns nothing.</summary>
    /// <exception cref="TaskFailedException">The activity has failed, after the retries that the options allow.</exception>
    public virtual Task CallActivityAsync(TaskName name, TaskOptions options) => CallActivityAsync(name, null, options);

    /// <summary>Calls an activity that takes nothing.</summary>
    /// <exception cref="TaskFailedException">The activity has failed, after the retries that the options allow.</exception>
    public virtual Task<TResult> CallActivityAsync<TResult>(TaskName name, TaskOptions options) => CallActivityAsync<TResult>(name, null, options);

    /// <summary>Calls an activity.</summary>
    /// <exception cref="TaskFailedException">The activity has failed, after the retries that the options allow.</exception>
    public abstract Task<TResult> CallActivityAsync<TResult>(TaskName name, object? input = null, TaskOptions? options = null);

    /// <summary>Starts another orchestration and waits for its end.</summary>
    /// <exception cref="TaskFailedException">The orchestration has failed, after the retries that the options allow.</exception>
    public abstract Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, object? input = null, TaskOptions? options = null);

    /// <summary>Starts another orchestration without an input and waits for its end.</summary>
    /// <exception cref="TaskFailedException">The orchestration has failed, after the retries that the options allow.</exception>
    public virtual Task<TResult> CallSubOrchestratorAsync<TResult>(TaskName orchestratorName, TaskOptions options) =>
        CallSubOrchestratorAsync<TResult>(orchestratorName, null, options);

    /// <summary>Starts another orchestration without input or output and waits for its end.</summary>
    /// <exception cref="TaskFailedException">The orchestration has failed, after the retries that the options allow.</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, TaskOptions options) => CallSubOrchestratorAsync(orchestratorName, null, options);

    /// <summary>Starts another orchestration that returns nothing and waits for its end.</summary>
    /// <exception cref="TaskFailedException">The orchestration has failed, after the retries that the options allow.</exception>
    public virtual Task CallSubOrchestratorAsync(TaskName orchestratorName, object? input = null, TaskOptions? options = null) =>
        CallSubOrchestratorAsync<object>(orchestratorName, input, options);
}
