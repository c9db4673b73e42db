namespace Microsoft.DurableTask;

public sealed partial class DurableTaskRegistry
{
    /// <summary>Adds an orchestrator that a function makes for every run.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Func<ITaskOrchestrator> factory) => AddOrchestrator(name, TaskVersion.Unversioned, factory);

    /// <summary>Adds a version of an orchestrator that a function makes for every run.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, TaskVersion version, Func<ITaskOrchestrator> factory)
    {
        ArgumentNullException.ThrowIfNull(factory);
        _orchestrators.Add(name, version, _ => factory());
        return this;
    }

    /// <summary>Adds an orchestrator that is made from the services of its run, for every run.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    internal void AddOrchestratorOfServices(TaskName name, Func<IServiceProvider, ITaskOrchestrator> factory) => _orchestrators.Add(name, TaskVersion.Unversioned, factory);

    /// <summary>Adds a class under a name; its attribute says the version.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no orchestrator, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, Type type)
    {
        _orchestrators.Add(name, type);
        return this;
    }

    /// <summary>Adds a class under its own name.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no orchestrator, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(Type type)
    {
        _orchestrators.Add(null, type);
        return this;
    }

    /// <summary>Adds a class under a name; its attribute says the version.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no orchestrator, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator<TOrchestrator>(TaskName name)
        where TOrchestrator : class, ITaskOrchestrator => AddOrchestrator(name, typeof(TOrchestrator));

    /// <summary>Adds a class under its own name.</summary>
    /// <exception cref="ArgumentException">The type is abstract or no orchestrator, or the name is empty or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator<TOrchestrator>()
        where TOrchestrator : class, ITaskOrchestrator => AddOrchestrator(typeof(TOrchestrator));

    /// <summary>Adds one object that serves all calls, under a name; the attribute of its class says the version.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(TaskName name, ITaskOrchestrator orchestrator)
    {
        _orchestrators.Add(name, orchestrator, nameof(orchestrator));
        return this;
    }

    /// <summary>Adds one object that serves all calls, under the name of its class.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public DurableTaskRegistry AddOrchestrator(ITaskOrchestrator orchestrator)
    {
        _orchestrators.Add(null, orchestrator, nameof(orchestrator));
        return this;
    }
}
