using System.Collections.Concurrent;
using Microsoft.Extensions.Logging;

namespace Stockgate.Emulator.Tests.DurableTask.Compliance;

/// <summary>Keeps the lines of one category.</summary>
internal sealed class LineLog(string category) : ILoggerFactory
{
    private readonly ConcurrentQueue<string> lines = [];

    public string[] Lines => [.. lines];

    public ILogger CreateLogger(string categoryName) => new Logger(categoryName == category ? lines.Enqueue : _ => { });

    public void AddProvider(ILoggerProvider provider) => throw new NotSupportedException();

    public void Dispose()
    {
    }

    private sealed class Logger(Action<string> write) : ILogger
    {
        public IDisposable? BeginScope<TState>(TState state) where TState : notnull => null;

        public bool IsEnabled(LogLevel logLevel) => true;

        public void Log<TState>(LogLevel logLevel, EventId eventId, TState state, Exception? exception, Func<TState, Exception?, string> formatter) => write(formatter(state, exception));
    }
}
