namespace Microsoft.DurableTask;

/// <summary>An activity as a class: the place for work that is not the same twice. It may be run more than once for one call.</summary>
/// <typeparam name="TInput">What it takes; <c>default</c> when it is called without an input.</typeparam>
/// <typeparam name="TOutput">What it returns.</typeparam>
public abstract class TaskActivity<TInput, TOutput> : ITaskActivity
{
    /// <summary>An activity; a new one is made for every call.</summary>
    protected TaskActivity()
    {
    }

    Type ITaskActivity.InputType => typeof(TInput);

    Type ITaskActivity.OutputType => typeof(TOutput);

    /// <summary>Runs the activity.</summary>
    public abstract Task<TOutput> RunAsync(TaskActivityContext context, TInput input);

    /// <exception cref="ArgumentException">The input is of another type.</exception>
    async Task<object?> ITaskActivity.RunAsync(TaskActivityContext context, object? input)
    {
        ArgumentNullException.ThrowIfNull(context);
        return await RunAsync(context, TaskInput.As<TInput>(input, GetType().ToString())!);
    }
}
