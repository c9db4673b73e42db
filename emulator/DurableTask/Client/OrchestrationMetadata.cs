namespace Microsoft.DurableTask.Client;

/// <summary>What is known about an orchestration.</summary>
/// <param name="name">The name of its orchestrator.</param>
/// <param name="instanceId">The id of the instance.</param>
public sealed class OrchestrationMetadata(string name, string instanceId)
{
    /// <summary>The name of its orchestrator.</summary>
    public string Name { get; } = name ?? throw new ArgumentNullException(nameof(name));

    /// <summary>The id of the instance.</summary>
    public string InstanceId { get; } = !string.IsNullOrEmpty(instanceId) ? instanceId : throw new ArgumentException("The instance id must not be empty.", nameof(instanceId));

    /// <summary>Reads the serialized values; JSON by default.</summary>
    public DataConverter? DataConverter { get; init; } = JsonDataConverter.Default;

    /// <summary>Where it stands.</summary>
    public OrchestrationRuntimeStatus RuntimeStatus { get; init; }

    /// <summary>When it was scheduled.</summary>
    public DateTimeOffset CreatedAt { get; init; }

    /// <summary>When something last happened to it.</summary>
    public DateTimeOffset LastUpdatedAt { get; init; }

    /// <summary>The input as text; null when there is none or it was not asked for.</summary>
    public string? SerializedInput { get; init; }

    /// <summary>The output as text; null when there is none or it was not asked for.</summary>
    public string? SerializedOutput { get; init; }

    /// <summary>The custom status as text; null when there is none or it was not asked for.</summary>
    public string? SerializedCustomStatus { get; init; }

    /// <summary>The words that were recorded with the instance. Empty by default.</summary>
    public IReadOnlyDictionary<string, string> Tags { get; init; } = System.Collections.ObjectModel.ReadOnlyDictionary<string, string>.Empty;

    /// <summary>How it failed; null unless it did.</summary>
    public TaskFailureDetails? FailureDetails { get; init; }

    /// <summary>True in the status <see cref="OrchestrationRuntimeStatus.Running"/>.</summary>
    public bool IsRunning => RuntimeStatus == OrchestrationRuntimeStatus.Running;

    /// <summary>True once it has ended, in whatever way.</summary>
    public bool IsCompleted => RuntimeStatus is OrchestrationRuntimeStatus.Completed or OrchestrationRuntimeStatus.Failed
        or OrchestrationRuntimeStatus.Terminated or OrchestrationRuntimeStatus.Canceled;

    /// <summary>Whether the serialized values were asked for, so that null means that there is none.</summary>
    internal bool RequestedInputsAndOutputs { get; init; }

    /// <summary>The input; <c>default</c> when there is none.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadInputAs<T>() => Read<T>(SerializedInput, "input");

    /// <summary>The output; <c>default</c> when there is none.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadOutputAs<T>() => Read<T>(SerializedOutput, "output");

    /// <summary>The custom status; <c>default</c> when there is none.</summary>
    /// <exception cref="InvalidOperationException">It was not asked for.</exception>
    public T? ReadCustomStatusAs<T>() => Read<T>(SerializedCustomStatus, "custom status");

    /// <summary>The name, the id, the status and the failure, in one line.</summary>
    public override string ToString() => FailureDetails is null ? $"{Name} '{InstanceId}': {RuntimeStatus}" : $"{Name} '{InstanceId}': {RuntimeStatus} ({FailureDetails})";

    private T? Read<T>(string? data, string what)
    {
        if (data is not null) return (DataConverter ?? JsonDataConverter.Default).Deserialize<T>(data);
        return RequestedInputsAndOutputs ? default : throw new InvalidOperationException(
            $"The {what} of the orchestration '{InstanceId}' was not fetched. Pass getInputsAndOutputs: true to the client (FetchInputsAndOutputs: true in an OrchestrationQuery).");
    }
}
