namespace Microsoft.DurableTask.Client;

/// <summary>Starts orchestrations, watches them and acts on them.</summary>
public abstract partial class DurableTaskClient : IAsyncDisposable
{
    /// <summary>A client with a name.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="name"/> is null.</exception>
    protected DurableTaskClient(string name)
    {
        ArgumentNullException.ThrowIfNull(name);
        Name = name;
    }

    /// <summary>The client's name; empty for the default one.</summary>
    public string Name { get; }

    /// <summary>Starts an orchestration without an input.</summary>
    /// <returns>The id of the instance.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(Given(orchestratorName), null, null, cancellation);

    /// <summary>Starts an orchestration with an input.</summary>
    /// <returns>The id of the instance.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input, CancellationToken cancellation) =>
        ScheduleNewOrchestrationInstanceAsync(Given(orchestratorName), input, null, cancellation);

    /// <summary>Starts an orchestration without an input, by options.</summary>
    /// <returns>The id of the instance.</returns>
    /// <exception cref="ArgumentException">The name is empty.</exception>
    public virtual Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, StartOrchestrationOptions? options, CancellationToken cancellation = default) =>
        ScheduleNewOrchestrationInstanceAsync(Given(orchestratorName), null, options, cancellation);

    /// <summary>Starts an orchestration. A finished instance of the same id is replaced; one that has not finished keeps its place unless the options say otherwise.</summary>
    /// <returns>The id of the instance.</returns>
    /// <exception cref="InvalidOperationException">An instance of the same id keeps its place.</exception>
    public abstract Task<string> ScheduleNewOrchestrationInstanceAsync(TaskName orchestratorName, object? input = null, StartOrchestrationOptions? options = null,
        CancellationToken cancellation = default);

    /// <summary>Sends an event without a payload.</summary>
    /// <exception cref="ArgumentException">The id or the name is empty.</exception>
    public virtual Task RaiseEventAsync(string instanceId, string eventName, CancellationToken cancellation)
    {
        ArgumentException.ThrowIfNullOrEmpty(instanceId);
        ArgumentException.ThrowIfNullOrEmpty(eventName);
        return RaiseEventAsync(instanceId, eventName, null, cancellation);
    }

    /// <summary>Sends an event; it is kept until the orchestration waits for its name. One that does not exist or has finished drops it.</summary>
    public abstract Task RaiseEventAsync(string instanceId, string eventName, object? eventPayload = null, CancellationToken cancellation = default);

    /// <summary>Gives up what the client holds.</summary>
    public abstract ValueTask DisposeAsync();

    private static TaskName Given(TaskName orchestratorName)
    {
        ArgumentException.ThrowIfNullOrEmpty(orchestratorName.Name, nameof(orchestratorName));
        return orchestratorName;
    }

    private NotSupportedException NotSupported(string what) => new($"{GetType().Name} does not support {what}.");
}
