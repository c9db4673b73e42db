using System.Diagnostics.CodeAnalysis;

namespace Microsoft.DurableTask;

/// <summary>
/// The orchestrators and the activities of an app, by name and version, both compared ignoring case. A class takes its name and its version from
/// <see cref="DurableTaskAttribute"/>, or else its own name and no version.
/// </summary>
public sealed partial class DurableTaskRegistry
{
    private readonly Registrations<ITaskOrchestrator> _orchestrators = new("orchestrator");
    private readonly Registrations<ITaskActivity> _activities = new("activity");

    /// <summary>An empty registry.</summary>
    public DurableTaskRegistry()
    {
    }

    /// <summary>The names of the orchestrators, each once.</summary>
    internal IEnumerable<string> OrchestratorNames => _orchestrators.Names;

    /// <summary>The names of the activities, each once.</summary>
    internal IEnumerable<string> ActivityNames => _activities.Names;

    /// <summary>Every orchestrator with what makes it; a name with several versions comes several times.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskOrchestrator>>> GetOrchestrators() => _orchestrators.All;

    /// <summary>Every activity with what makes it; a name with several versions comes several times.</summary>
    public IEnumerable<KeyValuePair<TaskName, Func<IServiceProvider, ITaskActivity>>> GetActivities() => _activities.All;

    /// <summary>What makes the orchestrator of exactly this version, or else the one without a version.</summary>
    internal bool TryFindOrchestrator(TaskName name, string? version, [NotNullWhen(true)] out Func<IServiceProvider, ITaskOrchestrator>? factory) =>
        _orchestrators.TryFind(name, version, out factory);

    /// <summary>What makes the activity of exactly this version, or else the one without a version.</summary>
    internal bool TryFindActivity(TaskName name, string? version, [NotNullWhen(true)] out Func<IServiceProvider, ITaskActivity>? factory) =>
        _activities.TryFind(name, version, out factory);
}
