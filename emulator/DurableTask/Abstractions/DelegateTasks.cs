namespace Microsoft.DurableTask;

/// <summary>An orchestrator from a function.</summary>
internal sealed class DelegateOrchestrator<TInput, TOutput>(TaskName name, Func<TaskOrchestrationContext, TInput, Task<TOutput>> run) : ITaskOrchestrator
{
    public Type InputType => typeof(TInput);

    public Type OutputType => typeof(TOutput);

    public async Task<object?> RunAsync(TaskOrchestrationContext context, object? input) =>
        await run(context, TaskInput.As<TInput>(input, $"The orchestrator '{name}'")!);
}

/// <summary>An activity from a function.</summary>
internal sealed class DelegateActivity<TInput, TOutput>(TaskName name, Func<TaskActivityContext, TInput, Task<TOutput>> run) : ITaskActivity
{
    public Type InputType => typeof(TInput);

    public Type OutputType => typeof(TOutput);

    public async Task<object?> RunAsync(TaskActivityContext context, object? input) =>
        await run(context, TaskInput.As<TInput>(input, $"The activity '{name}'")!);
}
