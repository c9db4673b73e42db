namespace Microsoft.DurableTask;

public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an orchestrator from a function.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(TaskName name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc(name, TaskVersion.Unversioned, orchestrator);
    }

    /// <summary>Adds an orchestrator from a function as one version of it.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(TaskName name, TaskVersion version, Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc(name, version, orchestrator);
    }

    /// <summary>Adds an orchestrator from a function that awaits nothing.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput, TOutput>(TaskName name, Func<TaskOrchestrationContext, TInput, TOutput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<TInput, TOutput>(name, TaskVersion.Unversioned, (context, input) => Task.FromResult(orchestrator(context, input)));
    }

    /// <summary>Adds an orchestrator from a function without an output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput>(TaskName name, Func<TaskOrchestrationContext, TInput, Task> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<TInput, object?>(name, TaskVersion.Unversioned, (context, input) => WithoutOutput(orchestrator(context, input)));
    }

    /// <summary>Adds an orchestrator from a function without an input.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<TaskOrchestrationContext, Task<TOutput>> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<object?, TOutput>(name, TaskVersion.Unversioned, (context, _) => orchestrator(context));
    }

    /// <summary>Adds an orchestrator from a function without input or output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc(TaskName name, Func<TaskOrchestrationContext, Task> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<object?, object?>(name, TaskVersion.Unversioned, (context, _) => WithoutOutput(orchestrator(context)));
    }

    /// <summary>Adds an orchestrator from a function that awaits nothing, without an input.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TOutput>(TaskName name, Func<TaskOrchestrationContext, TOutput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<object?, TOutput>(name, TaskVersion.Unversioned, (context, _) => Task.FromResult(orchestrator(context)));
    }

    /// <summary>Adds an orchestrator from a function that awaits nothing, without an output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc<TInput>(TaskName name, Action<TaskOrchestrationContext, TInput> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<TInput, object?>(name, TaskVersion.Unversioned, (context, input) =>
        {
            orchestrator(context, input);
            return Task.FromResult<object?>(null);
        });
    }

    /// <summary>Adds an orchestrator from a function that awaits nothing, without input or output.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestratorFunc(TaskName name, Action<TaskOrchestrationContext> orchestrator)
    {
        ArgumentNullException.ThrowIfNull(orchestrator);
        return AddFunc<object?, object?>(name, TaskVersion.Unversioned, (context, _) =>
        {
            orchestrator(context);
            return Task.FromResult<object?>(null);
        });
    }

    private DurableTaskRegistry AddFunc<TInput, TOutput>(TaskName name, TaskVersion version, Func<TaskOrchestrationContext, TInput, Task<TOutput>> orchestrator) =>
        AddOrchestrator(name, version, () => new DelegateOrchestrator<TInput, TOutput>(name, orchestrator));
}
