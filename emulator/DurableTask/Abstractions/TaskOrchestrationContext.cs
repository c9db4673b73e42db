using System.Collections.ObjectModel;
using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>
/// An orchestration, seen from its orchestrator. Everything that is not the same in every replay comes from here: the time, ids, and the tasks to await.
/// </summary>
public abstract partial class TaskOrchestrationContext
{
    private ILoggerFactory? _replaySafeLoggerFactory;

    /// <summary>A context.</summary>
    protected TaskOrchestrationContext()
    {
    }

    /// <summary>The name of the orchestrator.</summary>
    public abstract TaskName Name { get; }

    /// <summary>The id of the instance.</summary>
    public abstract string InstanceId { get; }

    /// <summary>The orchestration that started this one; null when a client did.</summary>
    public abstract ParentOrchestrationInstance? Parent { get; }

    /// <summary>The time in UTC, the same in every replay. It moves only when something awaited completes.</summary>
    public abstract DateTime CurrentUtcDateTime { get; }

    /// <summary>True while the orchestrator goes over what it has done before.</summary>
    public abstract bool IsReplaying { get; }

    /// <summary>The version of the instance; empty when there is none.</summary>
    public virtual string Version => "";

    /// <summary>Settings of the instance. Empty by default.</summary>
    public virtual IReadOnlyDictionary<string, object?> Properties => ReadOnlyDictionary<string, object?>.Empty;

    /// <summary>Makes loggers that are silent while the orchestration replays.</summary>
    public virtual ILoggerFactory ReplaySafeLoggerFactory => _replaySafeLoggerFactory ??= new ReplaySafeLoggerFactory(this, () => LoggerFactory);

    /// <summary>Makes loggers that also log during a replay.</summary>
    protected abstract ILoggerFactory LoggerFactory { get; }

    /// <summary>The input; <c>default</c> when there is none.</summary>
    public abstract T? GetInput<T>();

    /// <summary>Sends an event to an orchestration, which may be one that does not exist; then the event is dropped.</summary>
    public abstract void SendEvent(string instanceId, string eventName, object payload);

    /// <summary>Replaces what clients read as the custom status; null clears it.</summary>
    public abstract void SetCustomStatus(object? customStatus);

    /// <summary>Starts over with a new input and an empty history, once the orchestrator returns.</summary>
    /// <param name="newInput">The input of the next run.</param>
    /// <param name="preserveUnprocessedEvents">Whether events that nobody has waited for yet go over to the next run.</param>
    public abstract void ContinueAsNew(object? newInput = null, bool preserveUnprocessedEvents = true);

    /// <summary>Starts over by options.</summary>
    /// <exception cref="ArgumentNullException"><paramref name="options"/> is null.</exception>
    /// <exception cref="NotSupportedException">A new version is asked for and this context cannot change versions.</exception>
    public virtual void ContinueAsNew(ContinueAsNewOptions options)
    {
        ArgumentNullException.ThrowIfNull(options);
        if (!string.IsNullOrEmpty(options.NewVersion)) throw new NotSupportedException($"{GetType().Name} cannot continue as another version ('{options.NewVersion}').");
        ContinueAsNew(options.NewInput, options.PreserveUnprocessedEvents);
    }

    /// <summary>A new id, the same in every replay.</summary>
    public abstract Guid NewGuid();

    /// <summary>A logger that is silent while the orchestration replays.</summary>
    public virtual ILogger CreateReplaySafeLogger(string categoryName) => ReplaySafeLoggerFactory.CreateLogger(categoryName);

    /// <summary>A logger, named after a type, that is silent while the orchestration replays.</summary>
    public virtual ILogger CreateReplaySafeLogger(Type type) => ReplaySafeLoggerFactory.CreateLogger(type);

    /// <summary>A logger, named after a type, that is silent while the orchestration replays.</summary>
    public virtual ILogger CreateReplaySafeLogger<T>() => CreateReplaySafeLogger(typeof(T));

    /// <summary>
    /// Compares <see cref="Version"/> with another: negative when it is older, zero when equal, positive when newer. Two that both read as
    /// <see cref="System.Version"/> (<c>1.2</c> to <c>1.2.3.4</c>) compare by their numbers, others as text ignoring case. None at all is the oldest.
    /// </summary>
    public virtual int CompareVersionTo(string version)
    {
        var (own, other) = (Version ?? "", version ?? "");
        if (own.Length == 0 || other.Length == 0) return own.Length.CompareTo(other.Length);
        return System.Version.TryParse(own, out var a) && System.Version.TryParse(other, out var b)
            ? a.CompareTo(b)
            : string.Compare(own, other, StringComparison.OrdinalIgnoreCase);
    }
}
