using Microsoft.Extensions.Logging;

namespace Microsoft.DurableTask;

/// <summary>Makes loggers that are silent while the orchestration replays.</summary>
internal sealed class ReplaySafeLoggerFactory(TaskOrchestrationContext context, Func<ILoggerFactory> inner) : ILoggerFactory
{
    public ILogger CreateLogger(string categoryName) => new ReplaySafeLogger(context, inner().CreateLogger(categoryName));

    public void AddProvider(ILoggerProvider provider) => inner().AddProvider(provider);

    // The factory behind belongs to the host and outlives the orchestration.
    public void Dispose()
    {
    }
}

/// <summary>Passes on what is logged for the first time. Scopes are always opened, so that one that a replay opens is still there when it ends.</summary>
internal sealed class ReplaySafeLogger(TaskOrchestrationContext context, ILogger inner) : ILogger
{
    public IDisposable? BeginScope<TState>(TState state)
        where TState : notnull => inner.BeginScope(state);

    public bool IsEnabled(LogLevel logLevel) => !context.IsReplaying && inner.IsEnabled(logLevel);

    public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter)
    {
        if (!context.IsReplaying) inner.Log(logLevel, eventId, state, exception, formatter);
    }
}
