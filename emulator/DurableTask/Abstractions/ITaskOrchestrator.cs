namespace Microsoft.DurableTask;

/// <summary>An orchestrator as the engine runs it. Derive from <see cref="TaskOrchestrator{TInput, TOutput}"/> instead of implementing this.</summary>
public interface ITaskOrchestrator
{
    /// <summary>The type that the input is read as.</summary>
    Type InputType { get; }

    /// <summary>The type of the output.</summary>
    Type OutputType { get; }

    /// <summary>Runs the orchestrator from its beginning, as every replay does.</summary>
    /// <param name="context">The orchestration. Only tasks that it gives may be awaited.</param>
    /// <param name="input">The input, of <see cref="InputType"/>; null when there is none.</param>
    Task<object?> RunAsync(TaskOrchestrationContext context, object? input);
}
