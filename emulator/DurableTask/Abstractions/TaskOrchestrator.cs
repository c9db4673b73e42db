namespace Microsoft.DurableTask;

/// <summary>An orchestrator as a class. Its code must take the same way in every replay and may await tasks of its context only.</summary>
/// <typeparam name="TInput">What it takes; <c>default</c> when it is started without an input.</typeparam>
/// <typeparam name="TOutput">What it returns.</typeparam>
public abstract class TaskOrchestrator<TInput, TOutput> : ITaskOrchestrator
{
    /// <summary>An orchestrator; a new one is made for every run.</summary>
    protected TaskOrchestrator()
    {
    }

    Type ITaskOrchestrator.InputType => typeof(TInput);

    Type ITaskOrchestrator.OutputType => typeof(TOutput);

    /// <summary>Runs the orchestrator.</summary>
    public abstract Task<TOutput> RunAsync(TaskOrchestrationContext context, TInput input);

    /// <exception cref="ArgumentException">The input is of another type.</exception>
    async Task<object?> ITaskOrchestrator.RunAsync(TaskOrchestrationContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.As<TInput>(input, GetType().ToString())!);
    }
}
