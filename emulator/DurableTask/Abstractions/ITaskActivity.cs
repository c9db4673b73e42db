namespace Microsoft.DurableTask;

/// <summary>An activity as the engine runs it. Derive from <see cref="TaskActivity{TInput, TOutput}"/> instead of implementing this.</summary>
public interface ITaskActivity
{
    /// <summary>The type that the input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the activity. It is run again when its process ends before the result is recorded.</summary>
    /// <param name="context">What is known about the call.</param>
    /// <param name="input">The input, of <see cref="InputType"/>; null when there is none.</param>
    Task<object?> RunAsync(TaskActivityContext context, object? input);
}
