using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.Worker;

/// <summary>Keeps what is logged.</summary>
internal sealed class Log : ILoggerProvider, ILogger
{
    public ConcurrentQueue<(LogLevel Level, string Text, Exception? Fault)> Lines { get; } = new();

    public ILogger CreateLogger(string categoryName) => this;

    void ILogger.Log<TState>(LogLevel level, EventId id, TState state, Exception? fault, Func<TState, Exception?, string> text) => Lines.Enqueue((level, text(state, fault), fault));

    public bool IsEnabled(LogLevel level) => true;

    public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

    public void Dispose()
    {
    }
}
