using System.Diagnostics.CodeAnalysis;
using System.Reflection;
using Microsoft.Extensions.DependencyInjection;

namespace Microsoft.DurableTask;

/// <summary>The tasks of one kind, by name and version.</summary>
/// <param name="kind">What the tasks are called in messages.</param>
internal sealed class Registrations<TTask>(string kind)
    where TTask : class
{
    private readonly Dictionary<(TaskName Name, TaskVersion Version), Func<IServiceProvider, TTask>> _factories = [];

    /// <summary>The names, each once.</summary>
    public IEnumerable<string> Names => _factories.Keys.Select(key => key.Name).Distinct().Select(name => name.Name);

    /// <summary>Every registration; a name with several versions comes several times.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, TTask>>> All => _factories.Select(entry => KeyValuePair.Create(entry.Key.Name, entry.Value));

    /// <summary>Adds a task.</summary>
    /// <exception cref="ArgumentException">The name is empty, or taken in this version.</exception>
    public void Add(TaskName name, TaskVersion version, Func<IServiceProvider, TTask> factory, string factoryName = "factory")
    {
        if (name == default) throw new ArgumentException($"The name of an {kind} must not be empty.", nameof(name));
        ArgumentNullException.ThrowIfNull(factory, factoryName);
        if (_factories.TryAdd((name, version), factory)) return;
        throw new ArgumentException(version == TaskVersion.Unversioned
            ? $"An {kind} named '{name}' without a version is registered already."
            : $"An {kind} named '{name}' of version '{version}' is registered already.", nameof(name));
    }

    /// <summary>Adds a class, whose attribute says the version and, unless one is given, the name.</summary>
    /// <exception cref="ArgumentException">The type cannot be made or is no such task, or the name is taken.</exception>
    public void Add(TaskName? name, Type type)
    {
        ArgumentNullException.ThrowIfNull(type);
        if (!typeof(TTask).IsAssignableFrom(type)) throw new ArgumentException($"{type} is no {kind}: it does not implement {typeof(TTask)}.", nameof(type));
        if (type.IsAbstract || type.ContainsGenericParameters) throw new ArgumentException($"{type} is abstract or open; an {kind} must be a class that can be made.", nameof(type));
        Add(name ?? NameOf(type), VersionOf(type), services => (TTask)ActivatorUtilities.CreateInstance(services, type));
    }

    /// <summary>Adds one object that serves all calls; the attribute of its class says the version and, unless one is given, the name.</summary>
    /// <exception cref="ArgumentException">The name is taken.</exception>
    public void Add(TaskName? name, TTask task, string parameter)
    {
        ArgumentNullException.ThrowIfNull(task, parameter);
        Add(name ?? NameOf(task.GetType()), VersionOf(task.GetType()), _ => task);
    }

    /// <summary>The task of exactly this version, or else the one without a version.</summary>
    public bool TryFind(TaskName name, string? version, [NotNullWhen(true)] out Func<IServiceProvider, TTask>? factory) =>
        _factories.TryGetValue((name, version), out factory) || _factories.TryGetValue((name, TaskVersion.Unversioned), out factory);

    private static TaskName NameOf(Type type) => type.GetCustomAttribute<DurableTaskAttribute>()?.Name is { } name && name != default ? name : type.Name;

    private static TaskVersion VersionOf(Type type) => type.GetCustomAttribute<DurableTaskAttribute>()?.Version;
}
